"""Addresses of the working pages: data, sources, the template of a round, and questionnaires."""

from django.urls import path

from sdg_targets.views import data, evidence, questionnaires, round_uploads, sources

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
    path("my/<str:iso3>/<slug:code>/template.xlsx", round_uploads.template_xlsx, name="my-template-xlsx"),
    path("my/<str:iso3>/<slug:code>/template.csv", round_uploads.template_csv, name="my-template-csv"),
    path("my/<str:iso3>/<slug:code>/evidence/", evidence.round_evidence, name="my-evidence"),
    path("evidence/<int:pk>/", evidence.evidence_download, name="evidence-download"),
    path("evidence/<int:pk>/remove/", evidence.evidence_remove, name="evidence-remove"),
    path("my/<str:iso3>/<slug:code>/upload/", round_uploads.upload, name="my-upload"),
    path("my/<str:iso3>/<slug:code>/upload/<int:pk>/", round_uploads.upload_preview, name="my-upload-preview"),
]
