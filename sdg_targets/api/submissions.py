"""Submissions by API: opened, filled in bulk, handed in, commented on, decided. The same rules as on the pages.

Each view permits nothing by itself: what a person may see is asked of ``visible_to``, what a person may do of the deed.
"""

from typing import Any, NoReturn

from django.db import transaction
from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from sdg_targets.actions import comments, deciding, publishing, submissions
from sdg_targets.actions.cell_places import entries_of
from sdg_targets.actions.cells import Saved, save_cells
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.domain.workflow import Step
from sdg_targets.models import Area, Cell, CellVersion, Comment, ReportingCountry, Round, Submission
from sdg_targets.queries.findings import findings_of
from sdg_targets.queries.submissions import comments_for, desk_view, events_for, fingerprint, progress_of, visible_to
from sdg_targets.web.lists import strict
from sdg_targets.web.problems import BadParameter
from sdg_targets.web.working import Conflict, Unreadable, WorkingAPIView

from . import submission_documents as documents
from .submission_serializers import (
    CellSerializer,
    ChangesSerializer,
    CommentSerializer,
    DetailSerializer,
    EventSerializer,
    FindingSerializer,
    MarksSerializer,
    OpenSerializer,
    SayingSerializer,
    StepSerializer,
    SubmissionSerializer,
    VersionSerializer,
)

#: The most submissions in one answer: more are asked for by country or round.
MOST = 500


def body_of(request: Request, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """The body, read; every member known. Errors: ``Unreadable`` with the place of each mistake."""
    if not isinstance(request.data, dict):
        raise Unreadable([{"member": "", "detail": "The body is one JSON object."}])
    read = serializer(data=request.data)
    extra = [
        {"member": name[:60], "detail": "There is no such member."} for name in set(request.data) - set(read.fields)
    ]
    if extra or not read.is_valid():
        raise Unreadable([*extra, *_located(read.errors if not extra else {}, "")])
    return dict(read.validated_data)


def _located(errors: Any, place: str) -> list[dict[str, Any]]:
    """Each error of a serializer with the path to its member, such as ``cells.3.value``."""
    if isinstance(errors, dict):
        inner: Any = errors.items()
    elif isinstance(errors, list) and errors and isinstance(errors[0], dict):
        inner = enumerate(errors)
    else:
        return [{"member": place, "detail": " ".join(map(str, errors))}]
    return [each for name, found in inner for each in _located(found, f"{place}.{name}".strip("."))]


class SubmissionView(WorkingAPIView):
    """What all addresses of one submission share."""

    def found(self, pk: int) -> Submission:
        """The submission. Errors: ``Http404``, the same for one that is none and for one that this person may not see."""
        submission = visible_to(self.request.user).with_names().filter(pk=pk).first()
        if submission is None:
            raise Http404("There is no such submission.")
        return submission

    def detail(self, submission: Submission) -> Response:
        now = self.found(submission.pk)
        context = {
            "progress": progress_of(now),
            "sha256": fingerprint(now),
            "validates_first": validating([now]),
        }
        return Response(DetailSerializer(now, context=context).data)


def validating(found: list[Submission]) -> set[int]:
    """Ids of those countries whose statistics office validates first."""
    areas = {submission.area_id for submission in found}
    return set(ReportingCountry.objects.filter(area__in=areas, validates_first=True).values_list("area_id", flat=True))


def refuse(refused: StepRefused) -> NoReturn:
    raise Conflict(str(refused)) from refused


class SubmissionList(WorkingAPIView):
    """The submissions a person may see, and the opening of one."""

    @documents.LIST
    def get(self, request: Request) -> Response:
        strict(request._request, None, None, own=frozenset(("format", "area", "round", "state")))
        found = visible_to(request.user).with_names()
        for name, lookup in (("area", "area__code"), ("round", "round__code"), ("state", "state")):
            if value := request.GET.get(name):
                found = found.filter(**{lookup: value})
        rows = list(found[: MOST + 1])
        if len(rows) > MOST:
            raise BadParameter("area", f"There are more than {MOST}: ask by area or round.")
        context = {"validates_first": validating(rows)}
        return Response({"data": SubmissionSerializer(rows, many=True, context=context).data})

    @documents.OPEN
    def post(self, request: Request) -> Response:
        asked = body_of(request, OpenSerializer)
        area = Area.objects.filter(code=asked["area"]).first()
        of_round = Round.objects.filter(code=asked["round"]).first()
        if area is None or of_round is None:
            raise Unreadable([{"member": "round" if area else "area", "detail": "There is none with this code."}])
        try:
            made = submissions.open_submission(round=of_round, area=area, by=request.user)
        except StepRefused as refused:
            refuse(refused)
        context = {"validates_first": validating([made])}
        return Response(SubmissionSerializer(made, context=context).data, status=201)


class SubmissionDetail(SubmissionView):
    """One submission."""

    @documents.DETAIL
    def get(self, request: Request, pk: int) -> Response:
        return self.detail(self.found(pk))


class SubmissionCells(SubmissionView):
    """The values of a submission, and changes to them."""

    @documents.CELLS
    def get(self, request: Request, pk: int) -> Response:
        submission = self.found(pk)
        return Response({"data": CellSerializer(desk_view(submission, request.user), many=True).data})

    @documents.FILL
    def post(self, request: Request, pk: int) -> Response:
        submission = self.found(pk)
        changes = body_of(request, ChangesSerializer)["cells"]
        try:
            with transaction.atomic():
                saved = _save(submission, changes, request.user)
        except StepRefused as refused:
            refuse(refused)
        cells = Cell.objects.with_names().filter(pk__in=[each.cell.pk for each in saved]).order_by("pk")
        return Response({"changed": sum(each.changed for each in saved), "data": CellSerializer(cells, many=True).data})


def _save(submission: Submission, changes: list[dict[str, Any]], by: Any) -> list[Saved]:
    """All changes or none. Errors: ``Unreadable``; ``Conflict`` with both values of each clash."""
    entries, unknown = entries_of(changes)
    if unknown:
        raise Unreadable([{"member": f"cells.{e.index}.{e.member}", "detail": e.detail} for e in unknown])
    saved = save_cells(submission=submission, entries=entries, by=by, way="api")
    clashes = [(index, each) for index, each in enumerate(saved) if each.clashed]
    if clashes:
        raise Conflict(
            f"Somebody else changed {len(clashes)} of these values; nothing was written.",
            conflicts=[_both(index, each) for index, each in clashes],
        )
    return saved


def _both(index: int, clash: Saved) -> dict[str, Any]:
    """Both values of a clash: what stands there now, by whom and since when, and what was asked for."""
    cell = Cell.objects.with_names().get(pk=clash.cell.pk)
    value = clash.entry.content.value
    return {
        "index": index,
        "yours": {"value": None if value is None else f"{value:f}", "status": clash.entry.content.status},
        "stands": CellSerializer(cell).data,
        "by": str(cell.changed_by),
    }


class SubmissionFindings(SubmissionView):
    """What the checks find in the values, as a person may see them."""

    @documents.FINDINGS
    def get(self, request: Request, pk: int) -> Response:
        submission = self.found(pk)
        found = findings_of(submission, desk_view(submission, request.user))
        data = FindingSerializer(found.found, many=True).data
        return Response({"blocking": len(found.blocking), "counts": found.counts, "data": data})


class CellVersions(SubmissionView):
    """The history of one value."""

    @documents.VERSIONS
    def get(self, request: Request, pk: int, cell: int) -> Response:
        shown = {each.pk: each for each in desk_view(self.found(pk), request.user)}
        if cell not in shown:
            raise Http404("There is no such value.")
        versions = CellVersion.objects.filter(cell=cell, version__lte=shown[cell].version)
        newest_first = versions.select_related("by").order_by("-version")
        return Response({"data": VersionSerializer(newest_first, many=True).data})


class SubmissionSteps(SubmissionView):
    """A step of a submission."""

    @documents.STEP
    def post(self, request: Request, pk: int) -> Response:
        submission = self.found(pk)
        try:
            return self.detail(_step(submission, body_of(request, StepSerializer), request.user))
        except StepRefused as refused:
            refuse(refused)


_DEEDS = {
    Step.VALIDATE: submissions.validate,
    Step.SEND_BACK: submissions.send_back,
    Step.SUBMIT: submissions.submit,
    Step.RECALL: submissions.recall,
    Step.RETURN: deciding.return_submission,
    Step.UNAPPROVE: deciding.unapprove,
}


def _step(submission: Submission, asked: dict[str, Any], by: Any) -> Submission:
    """Take the step asked for. Errors: as the deed; ``Unreadable`` where it needs a member that is not there."""
    step, note, key = asked["step"], asked["note"], asked.get("key")
    if step == "reopen":
        return submissions.reopen(submission=submission, by=by, reason=asked.get("reason", ""), note=note)
    if step == Step.APPROVE:
        if not asked.get("sha256"):
            raise Unreadable([{"member": "sha256", "detail": "Give back the checksum of what was seen."}])
        return deciding.approve(submission=submission, by=by, seen_sha256=asked["sha256"], note=note, key=key)
    if step == Step.PUBLISH:
        if at := asked.get("publish_at"):
            return publishing.set_publication(submission=submission, by=by, at=at, note=note)
        return publishing.publish(submission=submission, by=by, note=note, key=key)
    deed: Any = _DEEDS[Step(step)]
    done: Submission = deed(submission=submission, by=by, note=note, seen=asked.get("seen"), key=key)
    return done


class SubmissionMarks(SubmissionView):
    """What a reviewer says of single values."""

    @documents.MARKS
    def post(self, request: Request, pk: int) -> Response:
        submission, asked = self.found(pk), body_of(request, MarksSerializer)
        try:
            seen = {int(cell): version for cell, version in asked["cells"].items()}
        except ValueError as error:
            raise Unreadable([{"member": "cells", "detail": "The members are ids of values."}]) from error
        try:
            cells = deciding.mark_cells(submission=submission, seen=seen, mark=asked["mark"], by=request.user)
        except StepRefused as refused:
            refuse(refused)
        return Response({"data": CellSerializer(cells, many=True).data})


class SubmissionComments(SubmissionView):
    """What was said of a submission and of its values."""

    @documents.COMMENTS
    def get(self, request: Request, pk: int) -> Response:
        return Response({"data": CommentSerializer(comments_for(self.found(pk), request.user), many=True).data})

    @documents.COMMENT
    def post(self, request: Request, pk: int) -> Response:
        submission, asked = self.found(pk), body_of(request, SayingSerializer)
        cell = _of(Cell.objects.filter(submission=submission), "cell", asked.get("cell_id"))
        answers = _of(Comment.objects.filter(submission=submission), "answers", asked.get("answers_id"))
        try:
            made = comments.comment(
                submission=submission,
                by=request.user,
                text=asked["text"],
                cell=cell,
                answers=answers,
                internal=asked["internal"],
            )
        except StepRefused as refused:
            refuse(refused)
        return Response(CommentSerializer(made).data, status=201)


def _of(rows: Any, member: str, pk: int | None) -> Any:
    """The row of this submission with that id. Errors: ``Unreadable``."""
    row = rows.filter(pk=pk).first() if pk is not None else None
    if pk is not None and row is None:
        raise Unreadable([{"member": member, "detail": "There is none with this id in this submission."}])
    return row


class SubmissionEvents(SubmissionView):
    """Every step of a submission."""

    @documents.EVENTS
    def get(self, request: Request, pk: int) -> Response:
        events = events_for(self.found(pk), request.user)
        return Response({"data": EventSerializer(events, many=True).data})
