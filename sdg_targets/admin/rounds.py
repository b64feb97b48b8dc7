"""Reporting rounds: what is due from whom, by when; and how each country works inside. Submissions are read only."""

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import Permission
from sdg_targets.models import Event, ReportingCountry, Round, RoundArea, RoundItem, Submission
from sdg_targets.web.administration import GuardedAdmin, GuardedInline, ReadOnlyAdmin


class RoundItemInline(GuardedInline):
    permission = Permission.MANAGE_ROUNDS
    model = RoundItem
    autocomplete_fields = ["series"]


class RoundAreaInline(GuardedInline):
    permission = Permission.MANAGE_ROUNDS
    model = RoundArea
    autocomplete_fields = ["area"]


@admin.register(Round)
class RoundAdmin(GuardedAdmin):
    permission = Permission.MANAGE_ROUNDS
    list_display = ["code", "name_en", "opens_on", "due_on", "closes_on", "countries", "countries_that_began"]
    ordering = ["-due_on"]
    search_fields = ["code", "name_en", "name_fr", "name_es"]
    inlines = [RoundItemInline, RoundAreaInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        counts = {"asked": Count("areas", distinct=True), "began": Count("submissions__area", distinct=True)}
        return super().get_queryset(request).annotate(**counts)

    @admin.display(description=_("countries"))
    def countries(self, row: Any) -> int:
        return int(row.asked)

    @admin.display(description=_("countries that began"))
    def countries_that_began(self, row: Any) -> int:
        return int(row.began)


@admin.register(ReportingCountry)
class ReportingCountryAdmin(GuardedAdmin):
    permission = Permission.MANAGE_ROUNDS
    list_display = ["area", "validates_first", "changed_by"]
    list_select_related = ["area", "changed_by"]
    autocomplete_fields = ["area"]
    search_fields = ["area__sort_en", "=area__code"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.changed_by = request.user
        super().save_model(request, obj, form, change)


class EventInline(GuardedInline):
    permission = Permission.MANAGE_ROUNDS
    may_change = False
    model = Event
    fields = readonly_fields = ["at", "step", "begins", "ends", "by", "note"]
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """Where each submission stands and how it got there; never what is in it."""

    permission = Permission.MANAGE_ROUNDS
    list_display = ["area", "round", "state", "changed_at", "publish_at"]
    list_filter = ["state", "round"]
    list_select_related = ["area", "round"]
    search_fields = ["area__sort_en", "=area__code"]
    fields = readonly_fields = [
        "area", "round", "dataset", "state", "opened_by", "opened_at", "submitted_at", "publish_at", "revises", "revision",
    ]  # fmt: skip
    inlines = [EventInline]
