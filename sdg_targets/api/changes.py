"""What changed between two moments of knowledge: a feed for those who keep a copy, and a check of any revision."""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from sdg_targets.domain.changes import ChangeKind
from sdg_targets.filtersets import ChangeFilterSet
from sdg_targets.models import Observation, Revision, RevisionReason
from sdg_targets.queries.changes import PLACES, changes_csv, changes_page
from sdg_targets.queries.known_context import KnownContext, UnknownMoment, known_context
from sdg_targets.web import cursors
from sdg_targets.web.conditional import tag_by_content
from sdg_targets.web.documented import CURSOR, FORMAT, MISTAKE, answers, filters_of, page_size
from sdg_targets.web.lists import ListAPIView, linked, not_in_pages, page_address
from sdg_targets.web.problems import BadParameter
from sdg_targets.web.streams import csv_response

from .serializers import BreakSerializer

MOST = 5000
ROW = {
    "dataset": "UNSD-SDG",
    "series": "BX_TRF_PWKR",
    "area": "KEN",
    "period": "2012",
    "breakdown": "_T",
    "kind": "precision",
    "old_value": 2.40221,
    "new_value": 2.4022124,
    "old_status": "A",
    "new_status": "A",
    "old_text": None,
    "new_text": None,
    "revision": 3,
    "reason": "routine",
    "break": False,
}


class ChangeSerializer(BreakSerializer):
    """One observation that changed; old members are null where it was not there, new ones where it is no longer."""

    dataset = serializers.CharField()
    series = serializers.CharField()
    area = serializers.CharField()
    period = serializers.CharField()
    breakdown = serializers.CharField()
    kind = serializers.ChoiceField(choices=list(ChangeKind))
    old_value = serializers.DecimalField(None, None, allow_null=True, coerce_to_string=False)
    new_value = serializers.DecimalField(None, None, allow_null=True, coerce_to_string=False)
    old_status = serializers.CharField(allow_null=True)
    new_status = serializers.CharField(allow_null=True)
    old_text = serializers.CharField(allow_null=True)
    new_text = serializers.CharField(allow_null=True)
    revision = serializers.IntegerField(help_text="The last revision that changed it")
    reason = serializers.ChoiceField(choices=RevisionReason.choices, help_text="Why that revision was made")
    is_break = serializers.BooleanField(
        source="is_break", help_text="What stood before and after cannot be compared, as a revision says"
    )


class ChangePageSerializer(serializers.Serializer[Any]):
    """A page of changes, and the two revisions between which they lie."""

    since = serializers.IntegerField()
    until = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    data = ChangeSerializer(many=True)


class ChangeList(ListAPIView):
    """Changes between two moments, filtered as observations are."""

    serializer_class = ChangeSerializer
    filterset_class = ChangeFilterSet
    usual, most = 100, MOST
    extra = frozenset(("since", "until"))

    @extend_schema(
        operation_id="list_changes",
        auth=[],
        tags=["observations"],
        summary="What changed between two moments: new, revised, other precision, described otherwise, withdrawn, suppressed.",
        description="since and until take what as_of takes: a date, a revision's number or a release's name. Without since"
        " the answer begins with the revision before until; without until it ends now. A change of precision is no"
        " revision: the figure with more decimals, rounded to those of the other, is the other."
        " What was suppressed for confidentiality has no old value: it is gone from every moment.",
        parameters=[
            OpenApiParameter(
                "since", str, description="The moment before the changes; blank: the revision before until"
            ),
            OpenApiParameter("until", str, description="The moment after them; blank: now"),
            *filters_of(ChangeFilterSet),
            CURSOR,
            page_size(MOST),
            FORMAT,
        ],
        responses=answers(rows=ChangePageSerializer, csv=True),
        examples=[
            OpenApiExample(
                "A change of precision",
                value={"since": 2, "until": 3, "next": None, "data": [ROW]},
                response_only=True,
                status_codes=["200"],
                media_type="application/json",
            ),
            MISTAKE,
        ],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        since, until = between(request)
        self.queryset = Observation.objects.all()
        rows = self.filtered(request)
        asked = {"since": since, "until": until, "kind": request.GET.get("kind", "")}
        if request.accepted_renderer.format == "csv":
            not_in_pages(request._request)
            sql, parameters = changes_csv(rows, **asked)
            answer = csv_response(sql, parameters, name=f"changes-revision-{since}-to-{until}.csv")
            if request.method == "HEAD":
                answer.streaming_content = iter(())
            return answer  # type: ignore[return-value]
        size = cursors.page_size(request.GET.get("page_size"), usual=self.usual, most=self.most)
        cursor = request.GET.get("cursor")
        after = cursors.unpack(cursor, length=PLACES) if cursor else []
        found = changes_page(rows, **asked, after=after, size=size + 1)
        following = page_address(request._request, cursors.pack(found[size - 1].place)) if len(found) > size else None
        data = self.get_serializer([asdict(change) for change in found[:size]], many=True).data
        response = Response({"since": since, "until": until, "next": following, "data": data})
        response.add_post_render_callback(tag_by_content(request._request))
        return linked(response, following)  # type: ignore[no-any-return]


def between(request: Request) -> tuple[int, int]:
    """The two revisions asked for. Errors: ``BadParameter`` where one is none, or the first lies after the second."""
    until = _moment(request, "until")
    last = Revision.objects.latest_number() if until.revision is None else until.revision
    since = _moment(request, "since") if request.GET.get("since") else None
    first = max(last - 1, 0) if since is None else since.revision
    if first is None or first > last:
        raise BadParameter("since", f"since lies after until: revision {first} and revision {last}.")
    return first, last


def _moment(request: Request, name: str) -> KnownContext:
    try:
        return known_context(request.GET.get(name))
    except UnknownMoment as error:
        raise BadParameter(name, str(error)) from error
