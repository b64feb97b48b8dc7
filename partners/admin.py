"""The administration pages of organisations and their roles."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partners.models import IndicatorRole, Organisation
from sdg_targets.domain.roles import Permission
from sdg_targets.web.administration import GuardedAdmin, GuardedInline


class RoleInline(GuardedInline):
    """Roles are given and taken away; one that stands is not turned into another."""

    model = IndicatorRole
    permission = Permission.EDIT_PARTNERS
    may_change = False
    autocomplete_fields = ["indicator"]
    fields = ["indicator", "role", "source"]
    ordering = ["indicator__sort", "role"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[IndicatorRole]:
        return super().get_queryset(request).select_related("organisation", "indicator")


@admin.register(Organisation)
class OrganisationAdmin(GuardedAdmin):
    permission = Permission.EDIT_PARTNERS
    list_display = ["abbreviation_or_slug", "name_here", "kind", "parent", "custodian_of", "partner_of"]
    list_display_links = ["abbreviation_or_slug", "name_here"]
    list_filter = ["kind", "roles__role"]
    list_select_related = ["parent"]
    search_fields = ["name_en", "name_fr", "name_es", "abbreviation", "slug", "=roles__indicator__code"]
    search_help_text = _("A name, an abbreviation, or the code of an indicator: 10.7.2")
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["abbreviation"]}
    inlines = [RoleInline]
    fieldsets = [
        (None, {"fields": [("abbreviation", "slug"), "kind", "parent", "url"]}),
        (_("Names"), {"fields": ["name_en", "name_fr", "name_es"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        rows: QuerySet[Organisation] = super().get_queryset(request)
        return rows.with_counts()  # type: ignore[attr-defined]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """An address that was given stays: people have linked to it."""
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)

    @admin.display(description=_("Abbreviation"), ordering="abbreviation")
    def abbreviation_or_slug(self, organisation: Organisation) -> str:
        return organisation.abbreviation or organisation.slug

    @admin.display(description=_("Custodian of"), ordering="-custodian_of")
    def custodian_of(self, organisation: Any) -> int:
        return int(organisation.custodian_of)

    @admin.display(description=_("Partner for"), ordering="-partner_of")
    def partner_of(self, organisation: Any) -> int:
        return int(organisation.partner_of)
