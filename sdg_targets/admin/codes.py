"""Units, dimensions with their categories, and what providers' codes mean here."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import Permission
from sdg_targets.models import Category, CodeMapping, Dimension, Unit
from sdg_targets.web.administration import GuardedInline

from .catalogue import NAMES, CatalogueAdmin


@admin.register(Unit)
class UnitAdmin(CatalogueAdmin):
    list_display = ["code", "name_here", "symbol"]
    list_display_links = ["code", "name_here"]
    search_fields = ["code", "name_en", "name_fr", "name_es"]
    fieldsets = [
        (None, {"fields": ["code"]}),
        NAMES,
        (_("What stands beside a figure"), {"fields": ["symbol_en", "symbol_fr", "symbol_es"]}),
    ]

    @admin.display(description=_("Symbol"))
    def symbol(self, unit: Unit) -> str:
        return unit.symbol


class CategoryInline(GuardedInline):
    model = Category
    permission = Permission.EDIT_CATALOGUE
    fields = ["code", "name_en", "name_fr", "name_es", "position"]


@admin.register(Dimension)
class DimensionAdmin(CatalogueAdmin):
    list_display = ["code", "name_here", "position"]
    list_display_links = ["code", "name_here"]
    search_fields = ["code", "name_en", "name_fr", "name_es"]
    fieldsets = [(None, {"fields": ["code", "position"]}), NAMES]
    inlines = [CategoryInline]


@admin.register(Category)
class CategoryAdmin(CatalogueAdmin):
    """Categories across dimensions, to search; ``_T`` is the total of every dimension."""

    list_display = ["code", "name_here", "dimension", "position"]
    list_display_links = ["code", "name_here"]
    list_filter = ["dimension"]
    list_select_related = ["dimension"]
    search_fields = ["code", "name_en", "name_fr", "name_es"]
    autocomplete_fields = ["dimension"]
    fieldsets = [(None, {"fields": ["dimension", "code", "position"]}), NAMES]


@admin.register(CodeMapping)
class CodeMappingAdmin(CatalogueAdmin):
    list_display = ["given", "code", "concept", "provider"]
    list_filter = ["provider", "concept"]
    search_fields = ["given", "code"]
    search_help_text = _("What the provider writes, or our code")
