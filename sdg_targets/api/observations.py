"""Observations: the figures themselves, as JSON pages made in SQL and as CSV streamed from COPY."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import get_language_from_request
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.request import Request

from sdg_targets.filtersets import ObservationFilterSet
from sdg_targets.models import Observation, Revision
from sdg_targets.queries.known_context import KnownContext, UnknownMoment, known_context
from sdg_targets.queries.observation_lists import (
    FIELDS,
    KEY,
    as_json,
    catalogue_state,
    observation_csv,
    observation_page,
    series_notes,
)
from sdg_targets.web import cursors
from sdg_targets.web.conditional import etag, mark, not_modified
from sdg_targets.web.documented import CURSOR, FORMAT, MISTAKE, answers, filters_of, page_size
from sdg_targets.web.lists import ListAPIView, linked, not_in_pages, page_address
from sdg_targets.web.problems import BadParameter
from sdg_targets.web.streams import csv_response

from .serializers import ObservationPageSerializer, ObservationSerializer

MOST = 5000
AS_OF = OpenApiParameter(
    "as_of",
    str,
    description="What was known then: a date (the end of that day, UTC), a revision's number or a release's name",
    examples=[
        OpenApiExample("now", ""),
        OpenApiExample("a release", "2019.Q3.G.01"),
        OpenApiExample("a day", "2026-11-24"),
    ],
)


class ObservationList(ListAPIView):
    """Observations, filtered as the page /data/ filters them."""

    serializer_class = ObservationSerializer
    filterset_class = ObservationFilterSet
    usual, most = 100, MOST
    extra = frozenset(("as_of",))

    @extend_schema(
        operation_id="list_observations",
        auth=[],
        tags=["observations"],
        summary="Observations by area, series, period, breakdown and more; as known now or at a moment.",
        description="Every filter narrows; codes may be given several, separated by commas. Pages of JSON have a cursor and"
        " a Link header; CSV is the whole result. Each page says the moment of knowledge and, for each series on it, what"
        " may be done with the figures and the notice that must stand beside them.",
        parameters=[*filters_of(ObservationFilterSet), AS_OF, CURSOR, page_size(MOST), FORMAT],
        responses=answers(rows=ObservationPageSerializer, csv=True),
        examples=[
            OpenApiExample(
                "Remittance costs of Kenya",
                value={
                    "known": {"as_of": "", "revision": 4, "made_at": "2026-11-24T09:00:00Z"},
                    "next": None,
                    "series": {
                        "SI_RMT_COST": {
                            "name": "Remittance costs as a proportion of the amount remitted (%)",
                            "indicators": ["10.c.1"],
                            "unit": "PT",
                            "headline_breakdowns": ["_T"],
                            "may_map": True,
                            "may_rank": True,
                            "may_compare_countries": True,
                            "may_trend": True,
                            "may_aggregate": True,
                            "notice": "",
                        }
                    },
                    "data": [
                        {
                            "dataset": "UNSD-SDG",
                            "series": "SI_RMT_COST",
                            "area": "KEN",
                            "area_m49": "404",
                            "area_name": "Kenya",
                            "period": "2018",
                            "breakdown": "_T",
                            "sex": "_T",
                            "age": "_T",
                            "migratory_status": "_T",
                            "value": 8.4,
                            "value_text": None,
                            "unit": "PT",
                            "multiplier": 0,
                            "status": "A",
                            "break": False,
                            "nature": "_X",
                            "lower_bound": None,
                            "upper_bound": None,
                            "numerator": None,
                            "denominator": None,
                            "base_period": None,
                            "time_detail": None,
                            "source": "World Development Indicators database, World Bank",
                            "footnote": None,
                            "vintage": "2019.Q2.G.01",
                            "known_from": 1,
                        }
                    ],
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
        self.queryset = Observation.objects.known_at(known.revision)
        queryset = self.filtered(request)
        place = place_in(request, self.usual, self.most)
        newest = Revision.objects.first() or Revision(number=0)
        tag = etag(request._request, newest.number, catalogue_state(), FIELDS)
        if (answer := not_modified(request._request, tag, newest.made_at)) is not None:
            return answer  # type: ignore[return-value]
        number = newest.number if known.revision is None else known.revision
        if request.accepted_renderer.format == "csv":
            answer = whole_csv(request, queryset, number)
        else:
            answer = one_page(request, queryset, (known, number), place)
        return mark(answer, tag, newest.made_at)  # type: ignore[return-value]


def moment(request: Request) -> KnownContext:
    """The moment of knowledge asked for. Errors: ``BadParameter``."""
    try:
        return known_context(request.GET.get("as_of"))
    except UnknownMoment as error:
        raise BadParameter("as_of", str(error)) from error


def place_in(request: Request, usual: int, most: int) -> tuple[int, list[int] | None]:
    """The size of the page and the key it begins after. Errors: ``BadParameter``; CSV, the whole result, has no pages."""
    if request.accepted_renderer.format == "csv":
        not_in_pages(request._request)
    cursor = request.GET.get("cursor")
    key = cursors.unpack(cursor, length=len(KEY)) if cursor else None
    return cursors.page_size(request.GET.get("page_size"), usual=usual, most=most), key


def whole_csv(request: Request, queryset: Any, number: int) -> HttpResponseBase:
    """The whole result, its file named after the revision. Who asks for its head alone starts no query."""
    sql, parameters = observation_csv(queryset, language=language_of(request))
    response = csv_response(sql, parameters, name=f"observations-revision-{number}.csv")
    if request.method == "HEAD":
        response.streaming_content = iter(())
    return response


def one_page(
    request: Request,
    queryset: Any,
    moment_and_number: tuple[KnownContext, int],
    size_and_key: tuple[int, list[int] | None],
) -> HttpResponse:
    """One page of JSON. The number is that of the revision read, also where now was asked for."""
    (known, number), (size, key) = moment_and_number, size_and_key
    page = observation_page(queryset, size=size, key=key, language=language_of(request))
    following = page_address(request._request, cursors.pack(page.next_key)) if page.next_key else None
    body = as_json(
        page,
        known={"as_of": known.asked, "revision": number, "made_at": known.made_at},
        next=following,
        series=series_notes(page.series_ids, language_of(request)),
    )
    response: HttpResponse = linked(HttpResponse(body, content_type="application/json"), following)
    return response


def language_of(request: Request) -> str:
    """The two letters of the language that the reader's browser or client prefers."""
    return get_language_from_request(request._request)[:2]
