"""Addresses of this app's pages."""

from django.urls.resolvers import URLPattern, URLResolver

app_name = "sdg_targets"

urlpatterns: list[URLPattern | URLResolver] = []
