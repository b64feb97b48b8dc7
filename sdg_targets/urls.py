"""Addresses of the working pages: data, sources, and questionnaires."""

from django.urls import path

from sdg_targets.views import data, questionnaires, sources

app_name = "sdg_targets"
urlpatterns = [
    path("data/", data.data_list, name="data-list"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/<str:code>/", sources.source_detail, name="source-detail"),
    path(
        "my/<str:area>/<slug:round_code>/questionnaires/",
        questionnaires.questionnaire_list,
        name="questionnaire-list",
    ),
    path(
        "my/<str:area>/<slug:round_code>/questionnaires/<str:instrument>/<str:period>/",
        questionnaires.questionnaire,
        name="questionnaire",
    ),
    path(
        "my/<str:area>/<slug:round_code>/questionnaires/<str:instrument>/<str:period>/as-before/",
        questionnaires.questionnaire_as_before,
        name="questionnaire-as-before",
    ),
]
