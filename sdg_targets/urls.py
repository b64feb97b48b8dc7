"""Addresses of the working pages: data, sources, rules, a country's own, and the reviewers'."""

from django.urls import path, register_converter

from sdg_targets.views import (
    country_comments,
    data,
    deciding,
    early_access,
    evidence,
    my_cell,
    my_cells,
    my_country,
    my_grid,
    my_quick,
    my_steps,
    proposals,
    questionnaires,
    release_calendar,
    review,
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
    path("my/<iso3:iso3>/own-series/", proposals.own_series, name="my-own-series"),
    path("my/<iso3:iso3>/metadata/", proposals.own_metadata_list, name="my-own-metadata-list"),
    path("my/<iso3:iso3>/metadata/<str:code>/", proposals.own_metadata, name="my-own-metadata"),
    path("review/proposals/", proposals.proposal_queue, name="proposal-queue"),
    path("review/proposals/<str:kind>/<int:pk>/", proposals.proposal_decide, name="proposal-decide"),
    path("my/<iso3:iso3>/<slug:code>/template.xlsx", round_uploads.template_xlsx, name="my-template-xlsx"),
    path("my/<iso3:iso3>/<slug:code>/template.csv", round_uploads.template_csv, name="my-template-csv"),
    path("my/<iso3:iso3>/<slug:code>/evidence/", evidence.round_evidence, name="my-evidence"),
    path("review/", review.review_list, name="review-list"),
    path("review/comments/", country_comments.desk_list, name="review-comments"),
    path("review/<int:pk>/", review.review_detail, name="review-detail"),
    path("review/<int:pk>/marks/", deciding.review_marks, name="review-marks"),
    path("review/<int:pk>/decide/", deciding.review_decide, name="review-decide"),
    path("review/<int:pk>/early-access/", early_access.early_access, name="review-early"),
    path("comments/", country_comments.public_list, name="comment-list"),
    path("comments/<int:pk>/step/", country_comments.comment_step, name="comment-step"),
    path("comments/<str:code>/", country_comments.team_list, name="comment-team"),
    path("early/", early_access.early_list, name="early-list"),
    path("early/<int:pk>/", early_access.early_detail, name="early-detail"),
    path("calendar/", release_calendar.calendar, name="calendar"),
    path("calendar.ics", release_calendar.calendar_file, name="calendar-file"),
    path("evidence/<int:pk>/", evidence.evidence_download, name="evidence-download"),
    path("evidence/<int:pk>/remove/", evidence.evidence_remove, name="evidence-remove"),
    path("my/<iso3:iso3>/<slug:code>/upload/", round_uploads.upload, name="my-upload"),
    path("my/<iso3:iso3>/<slug:code>/upload/<int:pk>/", round_uploads.upload_preview, name="my-upload-preview"),
    # Last: the code of a round could be any word of those above.
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
