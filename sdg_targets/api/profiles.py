"""The profile of an area: the newest figure of each series, as one answer made in SQL, national beside global."""

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request

from sdg_targets.domain.comparability import Obstacle
from sdg_targets.models import Area, Series
from sdg_targets.queries.national import NationalFigure, national_of_area
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
from .serializers import KnownSerializer, ObservationSerializer, SeriesNotesSerializer


class ComparisonSerializer(serializers.Serializer[Any]):
    """A country's own figure of a series beside the global one; values are null where there is no period in common."""

    series = serializers.CharField()
    dataset = serializers.CharField()
    global_dataset = serializers.CharField(allow_null=True)
    obstacle = serializers.ChoiceField(
        choices=list(Obstacle), allow_null=True, help_text="Why they cannot be compared; null where they can"
    )
    period = serializers.CharField(allow_null=True, help_text="The newest that both have")
    breakdown = serializers.CharField(allow_null=True)
    national_value = serializers.DecimalField(None, None, allow_null=True)
    global_value = serializers.DecimalField(None, None, allow_null=True)
    difference = serializers.DecimalField(
        None, None, allow_null=True, help_text="The national value less the global one; null where not comparable"
    )
    agrees = serializers.BooleanField(
        allow_null=True, help_text="One figure, perhaps in different precision; null where not comparable"
    )


class AreaProfileSerializer(serializers.Serializer[Any]):
    """The newest figure of each series of an area, and the country's own beside the global ones."""

    area = serializers.CharField()
    known = KnownSerializer()
    series = serializers.DictField(child=SeriesNotesSerializer())
    data = ObservationSerializer(many=True)
    national = ObservationSerializer(many=True, help_text="The country's own, of series whose global figure is in data")
    comparisons = ComparisonSerializer(many=True, help_text="One for each row of national")


class AreaProfile(Manners, GenericAPIView[Any]):
    """The newest figure of each series of one area, and what the country publishes itself beside it."""

    renderer_classes = [ProblemRenderer]
    content_negotiation_class = Negotiation

    @extend_schema(
        operation_id="read_area_profile",
        auth=[],
        tags=["observations"],
        summary="The profile of an area: the newest figure of each series, as known now or at a moment.",
        description="Of each series the newest period that has a value; within it the first breakdown that stands for the"
        " whole, and the dataset of the lowest rank. Beside the figures stands what may be done with them.\n\n"
        "`national` holds, in the same shape, the newest figures that the country publishes itself of series of which `data`"
        " has the global figure; a series for which there is no global figure stands in `data` with the country's own."
        " `comparisons` says of each whether it can be set against the global figures: for the newest period that both"
        " have, in the same breakdown. Where unit or definition differ, or no period is common, `obstacle` says so, and there"
        " is no difference. `agrees` is true where both are one figure, perhaps printed with different precision.",
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
                "Remittance costs of Armenia",
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
        compared = [comparison_of(one) for one in national_of_area(code, page.own_series_ids, known)]
        body = as_json(page, series=notes, own="national", area=code, known=said, comparisons=compared)
        return keep(tag, state, Answer(body), known)


def comparison_of(national: NationalFigure) -> dict[str, Any]:
    """What is said of a country's own figure beside the global ones, in the shape of ``ComparisonSerializer``."""
    found = national.comparison
    pair = found.own, found.other
    return {
        "series": national.series.code,
        "dataset": national.figure.dataset,
        "global_dataset": found.other.dataset if found.other else None,
        "obstacle": found.obstacle,
        "period": found.own.period if found.own else None,
        "breakdown": found.own.breakdown if found.own else None,
        **dict(zip(("national_value", "global_value"), (one.value if one else None for one in pair), strict=True)),
        "difference": found.difference,
        "agrees": found.agrees if found.difference is not None else None,
    }


def refuse_unknown(code: str, silent: list[str], *, empty: bool) -> None:
    """Where nothing was found, ask whether there is such an area, and such series. Errors: ``Http404``, ``BadParameter``."""
    if empty and not Area.objects.filter(code=code).exists():
        raise Http404
    if silent:
        there = set(Series.objects.filter(code__in=silent).values_list("code", flat=True))
        if unknown := [one[:40] for one in silent if one not in there]:
            raise BadParameter("series", f"Not known: {', '.join(unknown[:10])}.")
