"""Addresses of the working pages: data, sources, rules, the template of a round, and the reviewers' desk."""

from django.urls import path

from sdg_targets.views import (
    country_comments,
    data,
    deciding,
    early_access,
    evidence,
    release_calendar,
    review,
    round_uploads,
    rules,
    sources,
)

app_name = "sdg_targets"
urlpatterns = [
    path("data/", data.data_list, name="data-list"),
    path("sources/", sources.source_list, name="source-list"),
    path("rules/", rules.rule_list, name="rule-list"),
    path("sources/<str:code>/", sources.source_detail, name="source-detail"),
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
    path("my/<str:iso3>/<slug:code>/template.xlsx", round_uploads.template_xlsx, name="my-template-xlsx"),
    path("my/<str:iso3>/<slug:code>/template.csv", round_uploads.template_csv, name="my-template-csv"),
    path("my/<str:iso3>/<slug:code>/evidence/", evidence.round_evidence, name="my-evidence"),
    path("evidence/<int:pk>/", evidence.evidence_download, name="evidence-download"),
    path("evidence/<int:pk>/remove/", evidence.evidence_remove, name="evidence-remove"),
    path("my/<str:iso3>/<slug:code>/upload/", round_uploads.upload, name="my-upload"),
    path("my/<str:iso3>/<slug:code>/upload/<int:pk>/", round_uploads.upload_preview, name="my-upload-preview"),
]
