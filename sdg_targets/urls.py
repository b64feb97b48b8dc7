"""Addresses of the working pages: data, sources and rules."""

from django.urls import path

from sdg_targets.views import data, rules, sources

app_name = "sdg_targets"
urlpatterns = [
    path("data/", data.data_list, name="data-list"),
    path("sources/", sources.source_list, name="source-list"),
    path("rules/", rules.rule_list, name="rule-list"),
    path("sources/<str:code>/", sources.source_detail, name="source-detail"),
]
