"""Addresses of the working pages: data, sources, and a country's own."""

from django.urls import path, register_converter

from sdg_targets.views import data, my_cell, my_cells, my_country, my_grid, my_quick, my_steps, sources
from sdg_targets.web.codes import Iso3

register_converter(Iso3, "iso3")

app_name = "sdg_targets"
urlpatterns = [
    path("data/", data.data_list, name="data-list"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/<str:code>/", sources.source_detail, name="source-detail"),
    path("my/", my_country.mine, name="my"),
    path("my/<iso3:iso3>/", my_country.country, name="my-country"),
    path("my/<iso3:iso3>/<slug:code>/", my_grid.grid, name="my-grid"),
    path("my/<iso3:iso3>/<slug:code>/begin/", my_grid.begin, name="my-begin"),
    path("my/<iso3:iso3>/<slug:code>/cells/", my_cells.cells, name="my-cells"),
    path("my/<iso3:iso3>/<slug:code>/cell/", my_cell.cell, name="my-cell"),
    path("my/<iso3:iso3>/<slug:code>/comments/", my_cell.say, name="my-comments"),
    path("my/<iso3:iso3>/<slug:code>/steps/<str:name>/", my_steps.step, name="my-step"),
    path("my/<iso3:iso3>/<slug:code>/revise/", my_steps.revise, name="my-revise"),
    path("my/<iso3:iso3>/<slug:code>/as-last-year/", my_quick.as_last_year, name="my-as-last-year"),
    path("my/<iso3:iso3>/<slug:code>/nothing/", my_quick.nothing, name="my-nothing"),
]
