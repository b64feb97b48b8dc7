"""Addresses of the working pages: data and sources, and the reviewers' desk."""

from django.urls import path

from sdg_targets.views import data, deciding, review, sources

app_name = "sdg_targets"
urlpatterns = [
    path("data/", data.data_list, name="data-list"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/<str:code>/", sources.source_detail, name="source-detail"),
    path("review/", review.review_list, name="review-list"),
    path("review/<int:pk>/", review.review_detail, name="review-detail"),
    path("review/<int:pk>/marks/", deciding.review_marks, name="review-marks"),
    path("review/<int:pk>/decide/", deciding.review_decide, name="review-decide"),
]
