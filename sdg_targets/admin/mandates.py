"""Mandates: who may act in which role for which area."""

from django.contrib import admin

from sdg_targets.models import Mandate
from sdg_targets.web.administration import GuardedAdmin

from . import doors


@admin.register(Mandate)
class MandateAdmin(GuardedAdmin):
    may_view = may_edit = staticmethod(doors.manage_mandates)
    list_display = ["user", "role", "area", "valid_from", "valid_to"]
    list_filter = ["role"]
    list_select_related = ["user", "area"]
    search_fields = ["user__email", "user__name", "area__name_en", "area__code"]
    autocomplete_fields = ["user", "area"]
