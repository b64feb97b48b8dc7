"""Addresses of this app's pages."""

from django.urls.resolvers import URLPattern, URLResolver

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = []
