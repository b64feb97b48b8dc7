"""Addresses of the partners' pages."""

from django.urls import path

from partners.views import organisations

app_name = "partners"
urlpatterns = [
    path("partners/", organisations.organisation_list, name="organisation-list"),
    path("partners/<slug:slug>/", organisations.organisation_detail, name="organisation-detail"),
]
