"""The API: every app's part below one address."""

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include("sdg_targets.api.urls")),
    path("v1/", include("partners.api.urls")),
]
