"""Addresses of this app's pages."""

from django.urls.resolvers import URLPattern, URLResolver

app_name = "partners"

urlpatterns: list[URLPattern | URLResolver] = []
