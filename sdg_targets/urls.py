"""Addresses of the working pages: data, sources, and a country's own."""

from django.urls import path, register_converter

from sdg_targets.views import (
    data,
    evidence,
    my_cell,
    my_cells,
    my_country,
    my_findings,
    my_grid,
    my_quick,
    my_steps,
    proposals,
    round_uploads,
    rules,
    sources,
)
from sdg_targets.web.codes import Iso3

register_converter(Iso3, "iso3")

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
    # Last: the code of a round could be any word of those above.
    path("my/", my_country.mine, name="my"),
    path("my/<iso3:iso3>/", my_country.country, name="my-country"),
    path("my/<iso3:iso3>/<slug:code>/", my_grid.grid, name="my-grid"),
    path("my/<iso3:iso3>/<slug:code>/begin/", my_grid.begin, name="my-begin"),
    path("my/<iso3:iso3>/<slug:code>/cells/", my_cells.cells, name="my-cells"),
    path("my/<iso3:iso3>/<slug:code>/findings/", my_findings.findings, name="my-findings"),
    path("my/<iso3:iso3>/<slug:code>/cell/", my_cell.cell, name="my-cell"),
    path("my/<iso3:iso3>/<slug:code>/comments/", my_cell.say, name="my-comments"),
    path("my/<iso3:iso3>/<slug:code>/steps/<str:name>/", my_steps.step, name="my-step"),
    path("my/<iso3:iso3>/<slug:code>/revise/", my_steps.revise, name="my-revise"),
    path("my/<iso3:iso3>/<slug:code>/as-last-year/", my_quick.as_last_year, name="my-as-last-year"),
    path("my/<iso3:iso3>/<slug:code>/nothing/", my_quick.nothing, name="my-nothing"),
]
