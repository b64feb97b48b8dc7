"""What the reviewers do with a submission: mark its values, return it, accept it for publication, or take that back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sdg_targets.domain.roles import Permission
from sdg_targets.domain.workflow import State, Step
from sdg_targets.models import Cell, CellVersion, Mark, Submission
from sdg_targets.permissions import require
from sdg_targets.queries.submissions import fingerprint

from .comments import comment
from .stepping import StepRefused, SubmissionMoved, locked, take_step


@transaction.atomic
def mark_cells(*, submission: Submission, seen: Mapping[int, int], mark: str, by: Any) -> list[Cell]:
    """Mark values as accepted, as queried, or as not looked at; ``seen`` is each one's id and the version looked at.

    All or none. Errors: ``PermissionDenied``; ``SubmissionMoved`` where a value is no longer the one that was seen;
    ``StepRefused`` where the submission is not with the reviewers, or the person entered one of the values.
    """
    now = locked(submission)
    require(by, Permission.REVIEW_DATA, area=now.area)
    if now.state != State.SUBMITTED:
        raise StepRefused(_("Values are marked while the submission is with the reviewers."))
    if mark not in Mark.values:
        raise StepRefused(_("There is no such mark."))
    cells = list(now.cells.filled().filter(pk__in=seen).with_names())
    if len(cells) < len(seen) or any(cell.version != seen[cell.pk] for cell in cells):
        raise SubmissionMoved(_("A value has changed since you looked at it. Look at it again, then decide."))
    if by is not None and CellVersion.objects.filter(cell__in=cells, by=by).exists():
        raise StepRefused(_("You entered one of these values: somebody else has to decide on it."))
    moment = timezone.now()
    for cell in cells:
        nothing = mark == Mark.NONE
        cell.mark = mark
        cell.marked_version = None if nothing else cell.version
        cell.marked_by, cell.marked_at = (None, None) if nothing else (by, moment)
    Cell.objects.bulk_update(cells, ["mark", "marked_version", "marked_by", "marked_at"], batch_size=500)
    return cells


@transaction.atomic
def query_cells(*, submission: Submission, seen: Mapping[int, int], text: str, by: Any) -> list[Cell]:
    """Ask the same question about some values and mark each as queried. Errors: as ``mark_cells`` and ``comment``."""
    cells = mark_cells(submission=submission, seen=seen, mark=Mark.QUERIED, by=by)
    for cell in cells:
        comment(submission=submission, by=by, text=text, cell=cell)
    return cells


@transaction.atomic
def accept_clean(*, submission: Submission, seen: Mapping[int, int], seen_sha256: str, by: Any) -> list[Cell]:
    """Accept all values in which nothing was found, as long as nothing changed since. Errors: as ``mark_cells``."""
    if fingerprint(locked(submission)) != seen_sha256:
        raise SubmissionMoved(_("A value has changed since you looked at it. Look at it again, then decide."))
    return mark_cells(submission=submission, seen=seen, mark=Mark.ACCEPTED, by=by)


@transaction.atomic
def return_submission(
    *, submission: Submission, by: Any, note: str, seen: int | None = None, key: UUID | None = None
) -> Submission:
    """Ask the country to look at some values again. Errors: as ``take_step``."""
    return take_step(submission, Step.RETURN, by=by, seen=seen, note=note, key=key)


@transaction.atomic
def approve(
    *, submission: Submission, by: Any, seen_sha256: str, note: str = "", key: UUID | None = None
) -> Submission:
    """Accept a submission for publication: exactly what was seen, whose checksum is ``seen_sha256``.

    Errors: as ``take_step``; ``SubmissionMoved`` where anything in it changed since; ``StepRefused`` while a value is not
    accepted, or for whoever entered one.
    """

    def checks(now: Submission) -> dict[str, Any]:
        sha256 = fingerprint(now)
        if sha256 != seen_sha256:
            raise SubmissionMoved(_("A value has changed since you looked at it. Look at it again, then decide."))
        left = now.cells.filled().exclude(mark=Mark.ACCEPTED).count()
        if left:
            raise StepRefused(_("%(count)s of the values are not accepted yet.") % {"count": left})
        return {"cells": now.cells.filled().count(), "sha256": sha256}

    return take_step(submission, Step.APPROVE, by=by, note=note, key=key, checks=checks)


@transaction.atomic
def unapprove(
    *, submission: Submission, by: Any, note: str, seen: int | None = None, key: UUID | None = None
) -> Submission:
    """Take an acceptance back before the publication; a set time is forgotten. Errors: as ``take_step``."""
    unset = {"publish_at": None, "publish_by": None, "publish_note": ""}
    return take_step(submission, Step.UNAPPROVE, by=by, seen=seen, note=note, key=key, changes=unset)
