"""Events: each step of a submission is written down in the transaction that takes it."""

from typing import Any
from uuid import UUID

from sdg_targets.models import Event, Submission


def record_event(
    submission: Submission,
    *,
    step: str,
    by: Any,
    begins: str = "",
    ends: str = "",
    note: str = "",
    facts: dict[str, Any] | None = None,
    key: UUID | None = None,
) -> Event:
    """Write down one step. ``facts`` are counts and checksums, never values: events are seen by both sides."""
    return Event.objects.create(
        submission=submission,
        step=step,
        by=by,
        begins=begins,
        ends=ends,
        note=note.strip(),
        facts=facts or {},
        key=key,
    )


def event_of(key: UUID | None) -> Event | None:
    """The event that an idempotency key already made: the same step asked for again is that one."""
    return Event.objects.select_related("submission").filter(key=key).first() if key else None
