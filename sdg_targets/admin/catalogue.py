"""Goals, targets, indicators, series, units, dimensions and the mappings of providers' codes."""

from typing import Any

from django.contrib import admin

from sdg_targets.models import (
    Category,
    CodeMapping,
    Dimension,
    Goal,
    Indicator,
    MigrationProfile,
    Series,
    Target,
    Unit,
)
from sdg_targets.web.administration import GuardedAdmin, GuardedInline

from . import doors


class CatalogueAdmin(GuardedAdmin):
    may_view = may_edit = staticmethod(doors.edit_catalogue)


@admin.register(Goal)
class GoalAdmin(CatalogueAdmin):
    list_display = ["number", "short_en", "name_en"]
    search_fields = ["code", "name_en", "name_fr", "name_es"]


@admin.register(Target)
class TargetAdmin(CatalogueAdmin):
    list_display = ["code", "name_en"]
    list_filter = ["goal"]
    search_fields = ["code", "name_en", "name_fr", "name_es"]
    autocomplete_fields = ["goal"]


class ProfileInline(admin.StackedInline[MigrationProfile, Indicator]):
    model = MigrationProfile
    extra = 0

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return doors.edit_catalogue(request.user)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission  # type: ignore[assignment]


@admin.register(Indicator)
class IndicatorAdmin(CatalogueAdmin):
    list_display = ["code", "name_en", "tier", "is_followed"]
    list_filter = [("migration", admin.EmptyFieldListFilter), "migration__relevance", "target__goal"]
    list_select_related = ["migration"]
    search_fields = ["code", "unsd_code", "name_en", "name_fr", "name_es"]
    autocomplete_fields = ["target", "same_as"]
    inlines = [ProfileInline]

    @admin.display(boolean=True, description="Followed here")
    def is_followed(self, indicator: Indicator) -> bool:
        return hasattr(indicator, "migration")


@admin.register(Series)
class SeriesAdmin(CatalogueAdmin):
    list_display = ["code", "name_en", "unit", "kind"]
    list_filter = ["kind"]
    list_select_related = ["unit"]
    search_fields = ["code", "name_en", "name_fr", "name_es"]
    autocomplete_fields = ["indicators", "unit", "predecessor", "dimensions", "expected_dimensions"]


@admin.register(Unit)
class UnitAdmin(CatalogueAdmin):
    list_display = ["code", "name_en", "symbol_en"]
    search_fields = ["code", "name_en"]


class CategoryInline(GuardedInline):
    model = Category
    may_edit = staticmethod(doors.edit_catalogue)


@admin.register(Dimension)
class DimensionAdmin(CatalogueAdmin):
    list_display = ["code", "name_en"]
    search_fields = ["code", "name_en"]
    inlines = [CategoryInline]


@admin.register(CodeMapping)
class CodeMappingAdmin(CatalogueAdmin):
    list_display = ["provider", "concept", "given", "code"]
    list_filter = ["provider", "concept"]
    search_fields = ["given", "code"]
