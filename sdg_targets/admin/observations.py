"""Observations, read only: found by the codes of series, area and period, each with everything ever known of it."""

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sdg_targets.actions.confidentiality import standing_tombstone
from sdg_targets.domain.roles import Permission
from sdg_targets.models import Area, Indicator, Observation, Period, Series
from sdg_targets.queries.history import history_of
from sdg_targets.web.administration import ReadOnlyAdmin, held

from .confidentiality import withdrawal_of
from .deeds import deed_page

#: Rows listed at most: whoever looks for one observation names its codes.
LISTED: Final = 2_000


class BoundedPaginator(Paginator[Any]):
    """Pages over the first rows found; no more than ``LISTED`` are ever counted."""

    @cached_property
    def count(self) -> int:
        return int(self.object_list.order_by()[:LISTED].count())  # type: ignore[union-attr]


@admin.register(Observation)
class ObservationAdmin(ReadOnlyAdmin):
    """What is believed now; figures are written by imports alone, so nobody edits one here.

    Search takes whole codes in any order (``SI_RMT_COST KEN 2018``): each is looked up among series, indicators, areas
    and periods, and the rows are found by index.
    """

    permission = Permission.SEE_IMPORTS
    list_display = [
        "series_code", "area", "period", "breakdown", "value_shown", "unit_code", "status", "nature", "known_from",
    ]  # fmt: skip
    list_display_links = ["series_code", "area"]
    list_select_related = ["series", "area", "period", "breakdown", "unit"]
    sortable_by = ()
    search_fields = ["id"]
    search_help_text = _(
        "Whole codes of a series or indicator, an area and a period: SI_RMT_COST KEN 2018. The first 2,000 are listed."
    )
    paginator = BoundedPaginator
    fieldsets = [
        (None, {"fields": [("series", "area", "period"), ("breakdown", "dataset")]}),
        (_("Value"), {"fields": [("value_shown", "unit", "multiplier"), ("status", "nature")]}),
        (_("With it"), {"fields": [("lower_bound", "upper_bound"), ("numerator", "denominator"), "base_period",
                                   "time_detail"]}),
        (_("Said by the publisher"), {"fields": ["source", "footnote", "imported"]}),
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Observation]:
        match = request.resolver_match
        if match is not None and str(match.url_name).endswith("changelist"):
            return Observation.objects.current()
        return Observation.objects.with_names()

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """By id, which an index gives; by period once a search has narrowed the rows to a few."""
        return ["-period__end", "breakdown__key"] if len(request.GET.get("q", "").split()) > 1 else ["id"]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        unknown = []
        for word in search_term.split():
            found = _rows_of(word)
            if found is None:
                unknown.append(word)
            else:
                queryset = queryset.filter(**found)
        if unknown:
            says = gettext("No series, indicator, area or period has the code %(words)s.") % {
                "words": ", ".join(unknown)
            }
            messages.warning(request, says)
            queryset = queryset.none()
        return queryset, False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        seen = row is not None and self.has_view_permission(request, row)
        context = {
            "versions": history_of(row) if seen else (),
            "may_withdraw": seen and Permission.WITHDRAW_CONFIDENTIAL in held(request) and not standing_tombstone(row),
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def get_urls(self) -> list[URLPattern]:
        withdraw = path(
            "<path:object_id>/withdraw/",
            self.admin_site.admin_view(self.withdraw_view),
            name="sdg_targets_observation_withdraw",
        )
        return [withdraw, *super().get_urls()]

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Withdraw the observation for confidentiality, on a page that says what that means."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return deed_page(self, request, withdrawal_of(row, request.user))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history of an observation is that of its versions, and stands on its own page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:sdg_targets_observation_change", args=[object_id]))

    @admin.display(description=_("Series"))
    def series_code(self, row: Observation) -> str:
        return row.series.code

    @admin.display(description=_("Unit"))
    def unit_code(self, row: Observation) -> str:
        return row.unit.code

    @admin.display(description=_("Value"), empty_value="–")
    def value_shown(self, row: Observation) -> str | None:
        """As published, with every digit: no rounding where figures are checked."""
        return row.value_text or (None if row.value is None else f"{row.value:f}")


def _rows_of(word: str) -> dict[str, Any] | None:
    """The condition that a code stands for, ``None`` where it is nobody's."""
    if series := Series.objects.filter(code__iexact=word).first():
        return {"series": series}
    if area := Area.objects.filter(code__iexact=word).first():
        return {"area": area}
    if period := Period.objects.filter(code__iexact=word).first():
        return {"period": period}
    if indicator := Indicator.objects.filter(code__iexact=word).first():
        return {"series__in": list(indicator.series.values_list("pk", flat=True))}
    return None
