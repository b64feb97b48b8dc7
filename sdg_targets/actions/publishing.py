"""Publishing: the accepted values of a submission become figures, in one transaction, by the write that imports use.

Country page, API, exports and caches change together, because all of them follow the revision that is taken here.
"""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sdg_targets.domain.roles import Permission
from sdg_targets.domain.rows import OPTIONAL, ObservationRow
from sdg_targets.domain.workflow import State, Step
from sdg_targets.models import Cell, Revision, Submission
from sdg_targets.permissions import require
from sdg_targets.queries.submissions import fingerprint

from . import filling, observations, resolving, staging
from .confidentiality import stage_tombstones
from .events import record_event
from .stepping import StepRefused, SubmissionMoved, locked, require_another, take_step


@transaction.atomic
def publish(*, submission: Submission, by: Any, note: str = "", key: UUID | None = None) -> Submission:
    """Publish an accepted submission now. ``note`` is public: it stands with the revision.

    Nothing that became different since it was accepted is published. Where nothing in it is new, it is published without
    a revision. Errors: as ``take_step``; ``StepRefused`` with the values that break a rule, and then nothing is written.
    """
    return take_step(
        submission,
        Step.PUBLISH,
        by=by,
        note=note,
        key=key,
        checks=_as_accepted,
        changes={"publish_at": None, "publish_note": note.strip()},
        works=partial(_write, by=by, note=note),
    )


@transaction.atomic
def set_publication(*, submission: Submission, by: Any, at: datetime, note: str = "") -> Submission:
    """Set the time at which an accepted submission is published; until then nothing of it is seen by anybody else.

    Set again, the time is changed. Errors: ``PermissionDenied``; ``StepRefused`` where it is not accepted, the time is
    past, or the person entered any of its values.
    """
    now = _accepted(submission, by)
    require_another(now, by)
    if at <= timezone.now():
        raise StepRefused(_("The time lies in the past: publish it now, or choose a later one."))
    now.publish_at, now.publish_by, now.publish_note = at, by, note.strip()
    now.version += 1
    now.save()
    record_event(now, step="schedule", by=by, begins=now.state, ends=now.state, note=note, facts={"at": at.isoformat()})
    return now


@transaction.atomic
def cancel_publication(*, submission: Submission, by: Any) -> Submission:
    """Forget the set time: the submission stays accepted, and is published when somebody says so. Twice is harmless.

    Errors: ``PermissionDenied``; ``StepRefused`` where it is not accepted any more.
    """
    now = _accepted(submission, by)
    if now.publish_at is not None:
        now.publish_at, now.publish_by, now.version = None, None, now.version + 1
        now.save()
        record_event(now, step="unschedule", by=by, begins=now.state, ends=now.state)
    return now


def _accepted(submission: Submission, by: Any) -> Submission:
    """An accepted submission, held, for somebody who may publish it. Errors: ``PermissionDenied``, ``StepRefused``."""
    now = locked(submission)
    require(by, Permission.PUBLISH_DATA, area=now.area)
    if now.state != State.APPROVED:
        raise StepRefused(_("Only what was accepted is published."))
    return now


def publish_due() -> list[Submission]:
    """Publish every accepted submission whose set time has come, each in a transaction of its own.

    One that cannot be published any more stays accepted, without a set time, with an event that says why. Twice is harmless.
    """
    return [_publish_if_due(pk) for pk in list(Submission.objects.due_for_publication().values_list("pk", flat=True))]


def _publish_if_due(pk: int) -> Submission:
    try:
        with transaction.atomic():
            due = locked(Submission(pk=pk))
            if due.state != State.APPROVED or due.publish_at is None or due.publish_at > timezone.now():
                return due
            return publish(submission=due, by=None, note=due.publish_note)
    except StepRefused as refused:
        return _unset(pk, str(refused))


@transaction.atomic
def _unset(pk: int, why: str) -> Submission:
    now = locked(Submission(pk=pk))
    now.publish_at = None
    now.save(update_fields=["publish_at"])
    record_event(now, step="not_published", by=None, begins=now.state, ends=now.state, note=why)
    return now


def _as_accepted(submission: Submission) -> dict[str, Any]:
    """What is published is what was accepted, to the last version."""
    accepted = submission.events.filter(step=Step.APPROVE).last()
    sha256 = fingerprint(submission)
    if accepted is None or accepted.facts.get("sha256") != sha256:
        raise SubmissionMoved(_("A value has changed since the submission was accepted."))
    return {"sha256": sha256}


def _write(submission: Submission, *, by: Any, note: str) -> dict[str, Any]:
    """Write the values as one revision; returns the counts."""
    dataset = submission.dataset
    staging.create_tables()
    filling.fill_with_rows(rows_of(submission))
    observations.lock_writing()
    stage_tombstones(dataset)
    staging.resolve()
    refused = resolving.refuse_broken_rows(today=timezone.localdate())
    if refused:
        told = "; ".join(f"{each.place}: {each.rule} {_(each.expected)}" for each in refused[:10])
        raise StepRefused(_("%(count)s values cannot be published: %(told)s") % {"count": len(refused), "told": told})
    taken = resolving.count_taken()
    written = observations.compare_staged(taken, dataset=dataset, carries=frozenset(OPTIONAL), complete=False)
    if written.changed:
        said = f"{submission.area.code} {submission.round.code}"
        revision = Revision.objects.take(
            by=by or submission.publish_by,
            reason=submission.revision_reason,
            note=f"{said}: {note.strip()}".strip(": "),
        )
        observations.write_compared(dataset=dataset, revision=revision, import_id=None, complete=False)
        submission.revision = revision
    return {"new": written.new, "revised": written.revised, "unchanged": written.unchanged}


def rows_of(submission: Submission) -> list[ObservationRow]:
    """What a submission says, in the row shape of every border; the place of a row is how a person finds its cell.

    A list: while rows are copied into the database nothing else can be asked over the same connection.
    """
    cells = submission.cells.filled().with_names().order_by("pk")
    return [_row(cell, submission.area.code) for cell in cells]


def _row(cell: Cell, area: str) -> ObservationRow:
    def text(value: Any) -> str | None:
        return None if value is None or value == "" else str(value)

    return ObservationRow(
        place=str(cell),
        series=cell.series.code,
        area=area,
        period=cell.period.code,
        breakdown=cell.breakdown.key,
        value=None if cell.value is None else f"{cell.value:f}",
        status=cell.status,
        nature=cell.nature,
        unit=cell.unit.code,
        multiplier=str(cell.multiplier),
        lower_bound=text(cell.lower_bound),
        upper_bound=text(cell.upper_bound),
        numerator=text(cell.numerator),
        denominator=text(cell.denominator),
        base_period=text(cell.base_period),
        time_detail=text(cell.time_detail),
        source=text(cell.source),
        footnote=text(cell.footnote),
    )
