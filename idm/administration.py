"""Django's administration app, with this product's own site in it."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    default_site = "sdg_targets.web.administration.AdministrationSite"
