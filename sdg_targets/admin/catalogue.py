"""Goals, targets, indicators with their migration profiles, and series."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.codes import CodeError, parse_code, sort_key
from sdg_targets.domain.roles import Permission
from sdg_targets.models import Goal, Indicator, MigrationProfile, Series, SeriesLimits, Target
from sdg_targets.web.administration import GuardedAdmin, held

NAMES = (_("Names"), {"fields": ["name_en", "name_fr", "name_es"]})


class CatalogueAdmin(GuardedAdmin):
    """Edited by catalogue editors; seen by those whose own pages refer to it."""

    permission = Permission.EDIT_CATALOGUE
    seen_with = frozenset({Permission.SEE_IMPORTS, Permission.EDIT_PARTNERS})


class FrameworkCodeForm(forms.ModelForm[Any]):
    """A code of the framework is one that the framework could have; the order of lists follows from it."""

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip()
        wanted = self._meta.model._meta.model_name
        try:
            parsed = parse_code(code)
        except CodeError as error:
            raise ValidationError(str(error)) from error
        if parsed.kind != wanted:
            raise ValidationError(_("“%(code)s” is not the code of this kind of row.") % {"code": code})
        return str(parsed)


class FrameworkAdmin(CatalogueAdmin):
    """Rows of the framework are corrected and given an end, never deleted: figures and documents refer to them."""

    form = FrameworkCodeForm
    may_delete = False
    ordering = ["sort"]
    list_display_links = ["code", "name_here"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.sort = sort_key(obj.code)
        super().save_model(request, obj, form, change)


@admin.register(Goal)
class GoalAdmin(CatalogueAdmin):
    """The 17 Goals: their words may be corrected, none is added or removed."""

    may_add = may_delete = False
    list_display = ["number", "short", "name_here"]
    list_display_links = ["number", "short"]
    search_fields = ["=code", "name_en", "name_fr", "name_es"]
    readonly_fields = ["code", "number"]
    fieldsets = [
        (None, {"fields": [("code", "number"), "colour"]}),
        NAMES,
        (_("Short names"), {"fields": ["short_en", "short_fr", "short_es"]}),
    ]

    @admin.display(description=_("Short name"), ordering="short_en")
    def short(self, goal: Goal) -> str:
        return goal.short


@admin.register(Target)
class TargetAdmin(FrameworkAdmin):
    list_display = ["code", "name_here", "goal"]
    list_filter = ["goal"]
    list_select_related = ["goal"]
    search_fields = ["code__startswith", "name_en", "name_fr", "name_es"]
    search_help_text = _("A code, such as 10.7, or words of the title")
    autocomplete_fields = ["goal"]
    fieldsets = [(None, {"fields": ["code", "goal"]}), NAMES]


class ProfileInline(admin.StackedInline[MigrationProfile, Indicator]):
    """Why an indicator is followed here, and what may be done with its figures. Without one it is not followed."""

    model = MigrationProfile
    extra = 0
    fieldsets = [
        (None, {"fields": ["relevance", "listed_by", ("direction", "direction_note"), "unit_note", "note"]}),
        (
            _("Target rule"),
            {
                "fields": [
                    "target_rule",
                    ("target_operator", "target_value", "natural_limit"),
                    ("target_year", "target_year_stated"),
                ]
            },
        ),
        (
            _("What may be done with its figures"),
            {
                "fields": [
                    ("may_map", "may_rank", "may_compare_countries", "may_trend", "may_aggregate"),
                    ("withheld_reason_en", "withheld_reason_fr", "withheld_reason_es"),
                    ("notice_en", "notice_fr", "notice_es"),
                ]
            },
        ),
        (_("In plain words"), {"fields": [("plain_en", "plain_fr", "plain_es"), ("why_en", "why_fr", "why_es")]}),
    ]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return Permission.EDIT_CATALOGUE in held(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return Permission.EDIT_CATALOGUE in held(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return Permission.EDIT_CATALOGUE in held(request)


class ProfileFilter(admin.EmptyFieldListFilter):
    """Whether an indicator has a migration profile; a relation from the other side has no title of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("migration profile")


@admin.register(Indicator)
class IndicatorAdmin(FrameworkAdmin):
    list_display = ["code", "name_here", "tier", "relevance", "valid_to"]
    list_filter = ["migration__relevance", ("migration", ProfileFilter), "tier", "target__goal"]
    list_select_related = ["migration"]
    search_fields = ["code__startswith", "=unsd_code", "name_en", "name_fr", "name_es", "series__code__iexact"]
    search_help_text = _("A code, such as 10.7.2, C100702 or SG_CPA_MIGRP, or words of the title")
    autocomplete_fields = ["target", "same_as"]
    inlines = [ProfileInline]
    fieldsets = [
        (None, {"fields": [("code", "unsd_code"), "target", ("tier", "framework"), "same_as"]}),
        NAMES,
        (_("Validity"), {"fields": [("valid_from", "valid_to")]}),
    ]

    @admin.display(description=_("Followed here"), ordering="migration__relevance", empty_value="–")
    def relevance(self, indicator: Indicator) -> str | None:
        return indicator.migration.get_relevance_display() if hasattr(indicator, "migration") else None


@admin.register(Series)
class SeriesAdmin(CatalogueAdmin):
    """A series that has figures cannot be deleted: the database refuses, and the page says what stands in the way."""

    list_display = ["code", "name_here", "of_indicators", "unit", "kind", "position"]
    list_display_links = ["code", "name_here"]
    list_filter = ["kind", "unit", ("indicators__target__goal", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["unit"]
    search_fields = ["code__icontains", "name_en", "name_fr", "name_es", "indicators__code__startswith"]
    search_help_text = _("A code of a series or an indicator, or words of the name")
    autocomplete_fields = ["indicators", "unit", "predecessor", "dimensions", "expected_dimensions"]
    fieldsets = [
        (None, {"fields": ["code", "indicators", ("unit", "kind"), "position", "predecessor"]}),
        NAMES,
        (_("Values"), {"fields": [("minimum", "maximum"), "value_labels"]}),
        (_("Breakdowns"), {"fields": ["dimensions", "expected_dimensions", "headline", "breaks"]}),
        (None, {"fields": ["note"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Series]:
        return super().get_queryset(request).prefetch_related("indicators")

    @admin.display(description=_("Indicators"))
    def of_indicators(self, series: Series) -> str:
        return ", ".join(indicator.code for indicator in series.indicators.all())


@admin.register(SeriesLimits)
class SeriesLimitsAdmin(CatalogueAdmin):
    """By what the figures of a series are judged when they are entered; a blank limit follows from its kind and unit."""

    list_display = ["series", "minimum", "maximum", "jump_factor", "jump_difference", "z_score", "small_count"]
    list_select_related = ["series"]
    search_fields = ["series__code__icontains", "series__name_en", "series__name_fr", "series__name_es"]
    search_help_text = _("A code of a series, or words of its name")
    autocomplete_fields = ["series"]
    fieldsets = [
        (None, {"fields": ["series"]}),
        (
            _("Warnings, which an explanation answers"),
            {"fields": [("minimum", "maximum"), ("jump_factor", "jump_difference"), "z_score", "sum_tolerance"]},
        ),
        (_("Errors"), {"fields": [("small_count", "hide_zero"), "statuses"]}),
        (_("Why these limits"), {"fields": ["reason_en", "reason_fr", "reason_es"]}),
    ]
