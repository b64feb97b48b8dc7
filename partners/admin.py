"""The administration pages of organisations and their roles."""

from typing import Any

from django.contrib import admin

from partners.models import IndicatorRole, Organisation
from sdg_targets.domain.roles import Permission
from sdg_targets.permissions import can
from sdg_targets.web.administration import GuardedAdmin, GuardedInline


def edit_partners(user: Any) -> bool:
    return can(user, Permission.EDIT_PARTNERS)


class RoleInline(GuardedInline):
    model = IndicatorRole
    may_edit = staticmethod(edit_partners)
    raw_id_fields = ["indicator"]


@admin.register(Organisation)
class OrganisationAdmin(GuardedAdmin):
    may_view = may_edit = staticmethod(edit_partners)
    list_display = ["name_en", "abbreviation", "kind", "parent"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name_en", "name_fr", "name_es", "abbreviation", "slug"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["abbreviation"]}
    inlines = [RoleInline]
