"""What is measured: catalogue, areas and observations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SdgTargetsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "sdg_targets"
    verbose_name = _("SDG targets")
