"""Areas, with the groups they belong to and since when."""

from django.contrib import admin

from sdg_targets.models import Area, GroupMembership
from sdg_targets.web.administration import GuardedAdmin, GuardedInline

from . import doors


class MembershipInline(GuardedInline):
    model = GroupMembership
    fk_name = "member"
    may_edit = staticmethod(doors.edit_areas)
    autocomplete_fields = ["group"]


@admin.register(Area)
class AreaAdmin(GuardedAdmin):
    may_view = may_edit = staticmethod(doors.edit_areas)
    list_display = ["code", "name_en", "kind", "status", "counts_as_country"]
    list_filter = ["kind", "status", "counts_as_country"]
    search_fields = ["code", "m49", "iso2", "name_en", "name_fr", "name_es"]
    autocomplete_fields = ["parent"]
    inlines = [MembershipInline]
