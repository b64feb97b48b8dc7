"""Observations, read only: found by series and area, each with everything ever known of it."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sdg_targets.models import Area, Observation, Series
from sdg_targets.web.administration import ReadOnlyAdmin

from . import doors


class UncountedPaginator(Paginator[Any]):
    """Pages without counting millions of rows; the last page is simply short."""

    @cached_property
    def count(self) -> int:
        return 10_000


@admin.register(Observation)
class ObservationAdmin(ReadOnlyAdmin):
    """Search takes codes, in any order: ``SI_RMT_COST KEN 2018``. What is found is what is believed now."""

    may_view = may_edit = staticmethod(doors.see_imports)
    list_display = ["series", "area", "period", "breakdown", "value", "status", "nature", "known_from"]
    list_select_related = ["series", "area", "period", "breakdown"]
    list_display_links = ["series", "area"]
    search_fields = ["id"]
    search_help_text = _("Codes of a series, an area and a period, such as SI_RMT_COST KEN 2018")
    show_full_result_count = False
    paginator = UncountedPaginator
    list_per_page = 50
    ordering = ["id"]
    fields = [
        "dataset",
        "series",
        "area",
        "period",
        "breakdown",
        "value",
        "value_text",
        "status",
        "nature",
        "unit",
        "source",
        "footnote",
        "history",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Observation]:
        rows: QuerySet[Observation] = super().get_queryset(request)
        is_list = request.resolver_match is not None and request.resolver_match.url_name.endswith("changelist")
        return rows.current() if is_list else rows  # type: ignore[attr-defined]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        for word in search_term.split():
            if series := Series.objects.filter(code__iexact=word).first():
                queryset = queryset.filter(series=series)
            elif area := Area.objects.filter(code__iexact=word).first():
                queryset = queryset.filter(area=area)
            else:
                queryset = queryset.filter(period__code=word)
        return queryset, False

    @admin.display(description=_("History"))
    def history(self, row: Observation) -> SafeString:
        """Every version: from which revision to which, when, from which publication, and the value."""
        versions = Observation.objects.versions_of(row).select_related("imported")
        lines = format_html_join(
            "",
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            (
                (
                    v.known_from,
                    "" if v.is_current else v.known_to,
                    v.value if v.value is not None else v.value_text or "",
                    v.status,
                    v.imported.vintage if v.imported else "",
                )
                for v in versions
            ),
        )
        return format_html(
            "<table><thead><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>{}</tbody></table>",
            _("Known from revision"),
            _("until"),
            _("Value"),
            _("Status"),
            _("Publication"),
            lines,
        )
