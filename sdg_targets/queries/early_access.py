"""Early access: what a person on the list may read, and what the desk is shown of the list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max

from sdg_targets.models import Cell, EarlyAccess, Submission

from .breakdown_names import breakdown_names


@dataclass(frozen=True, slots=True)
class EarlyReader:
    """One person on the list of a submission, and how often and when last they looked."""

    access: EarlyAccess
    looks: int
    last: datetime | None


def early_readers(submission: Submission) -> list[EarlyReader]:
    """Everybody who is or was on the list, with their looks; one query."""
    rows = (
        EarlyAccess.objects.filter(submission=submission)
        .select_related("user", "granted_by", "ended_by")
        .annotate(number=Count("looks"), last=Max("looks__at"))
    )
    return [_reader(row) for row in rows]


def _reader(row: Any) -> EarlyReader:
    return EarlyReader(row, row.number, row.last)


def open_early(user: Any) -> list[EarlyAccess]:
    """What a person may read before its time, the next to be published first."""
    rows = EarlyAccess.objects.in_force().of(user).select_related("submission__area", "submission__round")
    return list(rows.order_by("submission__publish_at", "pk"))


def early_values(submission: Submission) -> list[tuple[Cell, str]]:
    """The values as they will be public, each with the words of its breakdown: two queries."""
    cells = list(
        submission.cells.filled()
        .with_names()
        .order_by("series__position", "series__code", "breakdown__key", "period__end", "pk")
    )
    names = breakdown_names(cell.breakdown_id for cell in cells)
    return [(cell, names[cell.breakdown_id]) for cell in cells]
