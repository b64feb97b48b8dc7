"""Coverage: every expected figure with its state, the reason where it is not there, and its age where it is."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from sdg_targets.domain.coverage import State
from sdg_targets.domain.figures import age_in_years
from sdg_targets.filtersets import CoverageFilterSet
from sdg_targets.models import Area, AreaStatus
from sdg_targets.queries.coverage import Cell, Coverage, CoverageQuestion, expected_series
from sdg_targets.queries.known_context import KnownContext
from sdg_targets.web import cursors
from sdg_targets.web.conditional import tag_by_content
from sdg_targets.web.documented import CURSOR, FORMAT, MISTAKE, answers, filters_of, page_size
from sdg_targets.web.lists import ListAPIView, linked, not_in_pages, page_address, strict_filterset

from .observations import AS_OF, moment
from .serializers import KnownSerializer

MOST = 5000
ROW = {
    "series": "SI_RMT_COST",
    "indicators": ["10.c.1"],
    "area": "KEN",
    "area_name": "Kenya",
    "member_state": True,
    "dimension": None,
    "state": "figure",
    "period": "2018",
    "age": 8,
    "breakdown": "_T",
    "dataset": "UNSD-SDG",
    "years": 8,
    "years_published": 8,
}
GAP = {
    **ROW,
    "area": "AND",
    "area_name": "Andorra",
    "state": "not_yet",
    "period": None,
    "age": None,
    "breakdown": None,
    "dataset": None,
    "years": 0,
}


class CoverageSerializer(serializers.Serializer[Any]):
    """One expected figure; what is said of the figure itself is null where there is none."""

    series = serializers.CharField(source="cell.series.code")
    indicators = serializers.SerializerMethodField()
    area = serializers.CharField(source="cell.area.code")
    area_name = serializers.SerializerMethodField(help_text="In the language of the request")
    member_state = serializers.SerializerMethodField(help_text="Whether it is one of the 193 that are counted")
    dimension = serializers.SerializerMethodField(
        help_text="The dimension by which it should be broken down; null: the headline figure", allow_null=True
    )
    state = serializers.ChoiceField(choices=list(State), source="cell.state")
    period = serializers.SerializerMethodField(help_text="Of the newest figure")
    age = serializers.SerializerMethodField(help_text="Years from the year of the figure to reference_year")
    breakdown = serializers.SerializerMethodField(help_text="Null also where a dimension is asked for")
    dataset = serializers.SerializerMethodField()
    years = serializers.SerializerMethodField(help_text="For how many years there is a headline figure")
    years_published = serializers.SerializerMethodField(help_text="For how many years anybody has a figure")

    def get_indicators(self, row: dict[str, Any]) -> list[str]:
        return sorted(indicator.code for indicator in row["cell"].series.indicators.all())

    def get_area_name(self, row: dict[str, Any]) -> str:
        return str(row["cell"].area.in_language("name", get_language()))

    def get_member_state(self, row: dict[str, Any]) -> bool:
        return bool(row["cell"].area.status == AreaStatus.MEMBER)

    def get_dimension(self, row: dict[str, Any]) -> str | None:
        return row["cell"].dimension or None

    def get_period(self, row: dict[str, Any]) -> str | None:
        return _of_figure(row["cell"], "period")

    def get_age(self, row: dict[str, Any]) -> int | None:
        year = row["cell"].year
        return None if year is None else age_in_years(year, this_year=self.context["reference_year"])

    def get_breakdown(self, row: dict[str, Any]) -> str | None:
        return _of_figure(row["cell"], "breakdown")

    def get_dataset(self, row: dict[str, Any]) -> str | None:
        return _of_figure(row["cell"], "dataset")

    def get_years(self, row: dict[str, Any]) -> int:
        return int(row["years"][0])

    def get_years_published(self, row: dict[str, Any]) -> int:
        return int(row["years"][1])


def _of_figure(cell: Cell, name: str) -> str | None:
    return (getattr(cell.fact, name) or None) if cell.has_figure and cell.fact else None


class CoveragePageSerializer(serializers.Serializer[Any]):
    """A page of expected figures, and what they are counted against."""

    known = KnownSerializer()
    reference_year = serializers.IntegerField(help_text="Age is counted up to this year")
    member_states = serializers.IntegerField(help_text="The denominator of counts of countries")
    next = serializers.URLField(allow_null=True)
    data = CoverageSerializer(many=True)


class CoverageList(ListAPIView):
    """Expected figures by series and area, filtered as the page /coverage/ filters them."""

    serializer_class = CoverageSerializer
    filterset_class = CoverageFilterSet
    usual, most = 100, MOST
    extra = frozenset(("as_of",))

    @extend_schema(
        operation_id="list_coverage",
        auth=[],
        tags=["observations"],
        summary="What is expected by the catalogue against what there is, with the reason for what is not.",
        description="One row for each series followed here and each Member State (or each area named): the newest headline"
        " figure or, with dimension, whether figures are broken down by it. not_yet says that publications at hand have"
        " figures of other countries and none of this one; it does not say that anybody is late. Age is counted up to"
        " reference_year, by default this year; groups have the members that they have at the end of that year.",
        parameters=[*filters_of(CoverageFilterSet), AS_OF, CURSOR, page_size(MOST), FORMAT],
        responses=answers(rows=CoveragePageSerializer, csv=True),
        examples=[
            OpenApiExample(
                "A figure and a gap",
                value={
                    "known": {"as_of": "", "revision": 4, "made_at": "2026-11-24T09:00:00Z"},
                    "reference_year": 2026,
                    "member_states": 193,
                    "next": None,
                    "data": [ROW, GAP],
                },
                response_only=True,
                status_codes=["200"],
                media_type="application/json",
            ),
            MISTAKE,
        ],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        known = moment(request)
        coverage, cells = self.asked(request, known)
        if request.accepted_renderer.format == "csv":
            not_in_pages(request._request)
            return self.as_csv(request, coverage, cells)
        size = cursors.page_size(request.GET.get("page_size"), usual=self.usual, most=self.most)
        start = self._start(request)
        shown, more = cells[start : start + size], len(cells) > start + size
        following = page_address(request._request, cursors.pack([start + size])) if more else None
        response = Response(
            {
                "known": {"as_of": known.asked, "revision": known.number, "made_at": known.made_at},
                "reference_year": coverage.question.reference_year,
                "member_states": Area.objects.member_states().count(),
                "next": following,
                "data": self.rows(coverage, shown),
            }
        )
        response.add_post_render_callback(tag_by_content(request._request))
        return linked(response, following)  # type: ignore[no-any-return]

    def asked(self, request: Request, known: KnownContext) -> tuple[Coverage, list[Cell]]:
        """The cells asked for, by series and area in the order of their codes. Errors: ``BadParameter``."""
        areas = Area.objects.countries_and_territories()
        filterset = strict_filterset(request._request, CoverageFilterSet, areas, extra=self.extra)
        series = filterset.narrowed(sorted(expected_series(), key=lambda one: one.code))
        question = CoverageQuestion(
            tuple(series),
            tuple(filterset.qs.order_by("code")),
            known,
            filterset.counted_up_to,
            filterset.form.cleaned_data["dimension"],
        )
        states = filterset.form.cleaned_data["state"]
        coverage = Coverage(question)
        return coverage, [cell for cell in coverage.cells if not states or cell.state in states]

    def rows(self, coverage: Coverage, cells: Sequence[Cell]) -> list[dict[str, Any]]:
        years = coverage.years(cells)
        given = [{"cell": cell, "years": years[cell.series.pk, cell.area.pk]} for cell in cells]
        context = {"reference_year": coverage.question.reference_year}
        return CoverageSerializer(given, many=True, context=context).data  # type: ignore[return-value]

    def as_csv(self, request: Request, coverage: Coverage, cells: Sequence[Cell]) -> HttpResponse:
        response = Response({"columns": list(CoverageSerializer().fields), "data": self.rows(coverage, cells)})
        response["Content-Disposition"] = 'attachment; filename="coverage.csv"'
        response.add_post_render_callback(tag_by_content(request._request))
        return response
