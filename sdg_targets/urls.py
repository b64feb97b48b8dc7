"""Addresses of the working pages: data, sources, rules, and the template of a round."""

from django.urls import path

from sdg_targets.views import data, evidence, proposals, round_uploads, rules, sources

app_name = "sdg_targets"
urlpatterns = [
    path("data/", data.data_list, name="data-list"),
    path("sources/", sources.source_list, name="source-list"),
    path("rules/", rules.rule_list, name="rule-list"),
    path("sources/<str:code>/", sources.source_detail, name="source-detail"),
    path("my/<str:iso3>/own-series/", proposals.own_series, name="my-own-series"),
    path("my/<str:iso3>/metadata/", proposals.own_metadata_list, name="my-own-metadata-list"),
    path("my/<str:iso3>/metadata/<str:code>/", proposals.own_metadata, name="my-own-metadata"),
    path("review/proposals/", proposals.proposal_queue, name="proposal-queue"),
    path("review/proposals/<str:kind>/<int:pk>/", proposals.proposal_decide, name="proposal-decide"),
    path("my/<str:iso3>/<slug:code>/template.xlsx", round_uploads.template_xlsx, name="my-template-xlsx"),
    path("my/<str:iso3>/<slug:code>/template.csv", round_uploads.template_csv, name="my-template-csv"),
    path("my/<str:iso3>/<slug:code>/evidence/", evidence.round_evidence, name="my-evidence"),
    path("evidence/<int:pk>/", evidence.evidence_download, name="evidence-download"),
    path("evidence/<int:pk>/remove/", evidence.evidence_remove, name="evidence-remove"),
    path("my/<str:iso3>/<slug:code>/upload/", round_uploads.upload, name="my-upload"),
    path("my/<str:iso3>/<slug:code>/upload/<int:pk>/", round_uploads.upload_preview, name="my-upload-preview"),
]
