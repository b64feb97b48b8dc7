"""Addresses of this app's part of the API, below /api/v1/."""

from django.urls import path

from . import organisations

urlpatterns = [
    path("partners/", organisations.OrganisationList.as_view(), name="api-partner-list"),
    path("partners/<slug:slug>/", organisations.OrganisationDetail.as_view(), name="api-partner-detail"),
]
