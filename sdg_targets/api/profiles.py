"""The profile of an area: the newest figure of each series, as one answer made in SQL."""

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request

from sdg_targets.models import Area, Series
from sdg_targets.queries.observation_lists import FIELDS, freshness
from sdg_targets.queries.observation_pages import as_json, profile_page
from sdg_targets.queries.series_notes import series_notes
from sdg_targets.web.conditional import etag, not_modified
from sdg_targets.web.documented import MISSING, MISTAKE, answers
from sdg_targets.web.kept import Answer
from sdg_targets.web.lists import Manners, Negotiation, ProblemRenderer, strict
from sdg_targets.web.problems import BadParameter

from .examples import PROFILE
from .observations import AS_OF, MOST, keep, kept_answer, language_of, moment
from .serializers import AreaProfileSerializer


class AreaProfile(Manners, GenericAPIView[Any]):
    """The newest figure of each series of one area."""

    renderer_classes = [ProblemRenderer]
    content_negotiation_class = Negotiation

    @extend_schema(
        operation_id="read_area_profile",
        auth=[],
        tags=["observations"],
        summary="The profile of an area: the newest figure of each series, as known now or at a moment.",
        description="Of each series the newest period that has a value; within it the first breakdown that stands for the"
        " whole, and the dataset of the lowest rank. Beside the figures stands what may be done with them.",
        parameters=[
            OpenApiParameter(
                "code",
                str,
                OpenApiParameter.PATH,
                description="As in the list",
                examples=[OpenApiExample("Kenya", "KEN")],
            ),
            OpenApiParameter("series", str, description="Series, by code, separated by commas; blank: all"),
            AS_OF,
        ],
        responses=answers(rows=AreaProfileSerializer, by_code=True),
        examples=[
            OpenApiExample(
                "Remittance costs of Kenya",
                value=PROFILE,
                response_only=True,
                status_codes=["200"],
                media_type="application/json",
            ),
            MISTAKE,
            MISSING,
        ],
    )
    def get(self, request: Request, code: str) -> HttpResponse:
        state = freshness()
        tag = etag(request._request, state, FIELDS)
        if (answer := kept_answer(request, state, tag)) is not None:
            return answer
        strict(request._request, None, None, own=frozenset(("series", "as_of", "format")))
        known = moment(request, state)
        wanted = tuple(dict.fromkeys(filter(None, map(str.strip, request.GET.get("series", "").split(",")))))
        page = profile_page(code, known, series=wanted, size=MOST, language=language_of(request))
        notes = series_notes(page.series_ids, language_of(request), state)
        refuse_unknown(code, [one for one in wanted if one not in notes], empty=not page.count)
        if (unchanged := not_modified(request._request, tag, state.made_at)) is not None:
            return unchanged  # type: ignore[return-value]
        said = {"as_of": known.asked, "revision": known.number, "made_at": known.made_at}
        return keep(tag, state, Answer(as_json(page, area=code, known=said, series=notes)), known)


def refuse_unknown(code: str, silent: list[str], *, empty: bool) -> None:
    """Where nothing was found, ask whether there is such an area, and such series. Errors: ``Http404``, ``BadParameter``."""
    if empty and not Area.objects.filter(code=code).exists():
        raise Http404
    if silent:
        there = set(Series.objects.filter(code__in=silent).values_list("code", flat=True))
        if unknown := [one[:40] for one in silent if one not in there]:
            raise BadParameter("series", f"Not known: {', '.join(unknown[:10])}.")
