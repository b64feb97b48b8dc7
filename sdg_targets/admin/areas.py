"""Areas: the world, its regions, countries and territories, with the groups they belong to and since when."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import Permission
from sdg_targets.domain.sorting import name_key
from sdg_targets.models import Area, AreaStatus, GroupMembership
from sdg_targets.web.administration import GuardedAdmin, GuardedInline


class BelongsToInline(GuardedInline):
    """The groups of this area. A membership that ended keeps its dates: figures of its time still count it."""

    model = GroupMembership
    fk_name = "member"
    permission = Permission.EDIT_AREAS
    autocomplete_fields = ["group"]
    verbose_name = _("group it belongs to")
    verbose_name_plural = _("groups it belongs to")


class MembersInline(GuardedInline):
    """The members of a group, to read: a membership is edited on the member's page."""

    model = GroupMembership
    fk_name = "group"
    permission = Permission.EDIT_AREAS
    fields = readonly_fields = ["member", "valid_from", "valid_to", "source"]
    ordering = ["member__sort_en", "valid_from"]
    can_delete = False
    verbose_name = _("member")
    verbose_name_plural = _("members")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[GroupMembership]:
        return super().get_queryset(request).select_related("member", "group")


@admin.register(Area)
class AreaAdmin(GuardedAdmin):
    """No area is deleted: one that ceased has an end, and its figures stay."""

    permission = Permission.EDIT_AREAS
    seen_with = frozenset({Permission.SEE_IMPORTS, Permission.MANAGE_MANDATES})
    may_delete = False
    list_display = ["code", "name_here", "m49", "iso2", "kind", "status", "counts_as_country"]
    list_display_links = ["code", "name_here"]
    list_filter = ["kind", "status", "counts_as_country"]
    search_fields = ["=code", "=m49", "=iso2", "sort_en", "sort_fr", "sort_es"]
    search_help_text = _("A name in English, French or Spanish (accents may be left out), or a code: KEN, KE, 404")
    autocomplete_fields = ["parent"]
    readonly_fields = ["sort_en", "sort_fr", "sort_es"]
    fieldsets = [
        (None, {"fields": [("code", "m49"), ("iso2", "iso3"), ("kind", "status"), "counts_as_country", "parent"]}),
        (_("Names"), {"fields": ["name_en", "name_fr", "name_es"]}),
        (_("Footnote shown wherever the name is"), {"fields": ["footnote_en", "footnote_fr", "footnote_es"]}),
        (_("Validity"), {"fields": [("valid_from", "valid_to")]}),
        (
            _("Sorted as (follows from the names)"),
            {"classes": ["collapse"], "fields": ["sort_en", "sort_fr", "sort_es"]},
        ),
    ]

    def get_inlines(self, request: HttpRequest, obj: Area | None) -> list[type[GuardedInline]]:
        is_aggregate = obj is not None and obj.status == AreaStatus.AGGREGATE
        return [BelongsToInline, MembersInline] if is_aggregate else [BelongsToInline]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Sort keys hold names without accents: so the term is sought."""
        return super().get_search_results(request, queryset, name_key(search_term))

    def save_model(self, request: HttpRequest, obj: Area, form: Any, change: bool) -> None:
        for language in ("en", "fr", "es"):
            setattr(obj, f"sort_{language}", name_key(getattr(obj, f"name_{language}"), language))
        super().save_model(request, obj, form, change)
