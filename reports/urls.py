"""Addresses of the public reading pages."""

from django.urls import path, re_path

from reports.views import about, areas, catalogue, charts, coverage, history, home, indicators, releases, search

app_name = "reports"
urlpatterns = [
    path("", home.home, name="home"),
    path("goals/", catalogue.goal_list, name="goal-list"),
    path("goals/<int:number>/", catalogue.goal_detail, name="goal-detail"),
    path("targets/<str:code>/", catalogue.target_detail, name="target-detail"),
    path("indicators/", catalogue.indicator_list, name="indicator-list"),
    path("indicators/<str:code>/", indicators.indicator_detail, name="indicator-detail"),
    re_path(
        r"^indicators/(?P<code>[^/]+)/(?P<name>map|lines|spread)\.(?P<kind>svg|png)$",
        charts.chart_image,
        name="chart-file",
    ),
    path("indicators/<str:code>/map-years.json", charts.map_years, name="map-years"),
    path("countries/", areas.country_list, name="country-list"),
    path("countries/<str:code>/", areas.country_detail, name="country-detail"),
    path("countries/<str:code>/history/", history.area_history, name="area-history"),
    path("areas/<str:code>/", areas.area_detail, name="area-detail"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("releases/", releases.release_list, name="release-list"),
    path("releases/<str:name>/", releases.release_detail, name="release-detail"),
    path("search/", search.search_page, name="search"),
    path("about/", about.about, name="about"),
]
