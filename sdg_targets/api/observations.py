"""Observations: the figures themselves, as JSON pages made in SQL and as CSV streamed from COPY."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import get_language_from_request
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.request import Request

from sdg_targets.filtersets import ObservationFilterSet
from sdg_targets.models import Observation
from sdg_targets.queries.known_context import KnownContext, UnknownMoment, known_context, known_since
from sdg_targets.queries.observation_lists import (
    FIELDS,
    KEY,
    Freshness,
    freshness,
    observation_csv,
)
from sdg_targets.queries.observation_pages import as_json, observation_page
from sdg_targets.queries.series_notes import series_notes
from sdg_targets.web import cursors
from sdg_targets.web.conditional import etag, mark, not_modified
from sdg_targets.web.documented import CURSOR, FORMAT, MISTAKE, answers, filters_of, page_size
from sdg_targets.web.kept import KEPT, Answer
from sdg_targets.web.lists import (
    ListAPIView,
    linked,
    not_in_pages,
    page_address,
)
from sdg_targets.web.problems import BadParameter
from sdg_targets.web.streams import csv_response

from .examples import OBSERVATIONS
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
                value=OBSERVATIONS,
                response_only=True,
                status_codes=["200"],
                media_type="application/json",
            ),
            MISTAKE,
        ],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        state = freshness()
        tag = etag(request._request, state, FIELDS)
        if (answer := kept_answer(request, state, tag)) is not None:
            return answer
        known = moment(request, state)
        self.queryset = Observation.objects.known_at(known.revision)
        queryset = self.filtered(request, state=state)
        place = place_in(request, self.usual, self.most)
        if (unchanged := not_modified(request._request, tag, state.made_at)) is not None:
            return unchanged  # type: ignore[return-value]
        if request.accepted_renderer.format == "csv":
            return mark(whole_csv(request, queryset, known.number), tag, state.made_at)  # type: ignore[return-value]
        return keep(tag, state, one_page(request, queryset, (known, state), place), known)


def kept_answer(request: Request, state: Freshness, tag: str) -> HttpResponse | None:
    """The answer that is kept under this tag, or that the reader has it already; ``None`` where it is to be made."""
    kept = KEPT.get(tag, revision=state.revision)
    if kept is None:
        return None
    if (unchanged := not_modified(request._request, tag, state.made_at)) is not None:
        return unchanged  # type: ignore[return-value]
    return sent(kept, tag, state)


def keep(tag: str, state: Freshness, answer: Answer, known: KnownContext) -> HttpResponse:
    """Send an answer and keep it. What was known then is not kept: a release's name can be given to another revision."""
    if known.is_now:
        KEPT.put(tag, answer, revision=state.revision)
    return sent(answer, tag, state)


def sent(answer: Answer, tag: str, state: Freshness) -> HttpResponse:
    """The response with its tag, and with the next page as a Link."""
    response = linked(HttpResponse(answer.body, content_type="application/json"), answer.following)
    return mark(response, tag, state.made_at)  # type: ignore[return-value]


def moment(request: Request, state: Freshness | None = None) -> KnownContext:
    """The moment of knowledge asked for, if not now; ``state`` saves the question when now is. Errors: ``BadParameter``."""
    asked = request.GET.get("as_of", "").strip()
    try:
        if asked or state is None:
            return known_context(asked)
        return known_since(state.made_at, newest=state.revision)
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
    moment_and_state: tuple[KnownContext, Freshness],
    size_and_key: tuple[int, list[int] | None],
) -> Answer:
    """One page of JSON. The number is that of the revision read, also where now was asked for."""
    (known, state), (size, key) = moment_and_state, size_and_key
    page = observation_page(queryset, size=size, key=key, language=language_of(request))
    following = page_address(request._request, cursors.pack(page.next_key)) if page.next_key else None
    body = as_json(
        page,
        known={"as_of": known.asked, "revision": known.number, "made_at": known.made_at},
        next=following,
        series=series_notes(page.series_ids, language_of(request), state),
    )
    return Answer(body, following)


def language_of(request: Request) -> str:
    """The two letters of the language that the reader's browser or client prefers."""
    return get_language_from_request(request._request)[:2]
