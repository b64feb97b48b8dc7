"""Withdrawing a value for confidentiality: out of every revision and cache, with a tombstone and a sealed record.

History is otherwise never changed. Here it is, on purpose: a value that was disclosed by mistake is taken out of the past
as well, and what stays says that this was done, when, by whom and why.
"""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sdg_targets.domain.roles import Permission
from sdg_targets.models import Dataset, Deed, Observation, Revision, RevisionReason, SealedRecord, Tombstone
from sdg_targets.permissions import require

from .erasing import (
    Trace,
    erase_cells,
    erase_notes,
    erase_refusals,
    erase_trials,
    erase_versions,
    forget_images,
    sweep,
    trace_of,
)
from .observations import lock_writing


class CannotWithdraw(ValueError):  # noqa: N818 - a sentence for the person who asked
    """The value cannot be withdrawn, or its withdrawal not be lifted; the message says why."""


@transaction.atomic
def withdraw_confidential(*, observation: Observation, by: Any, reason: str) -> Tombstone:
    """Remove one observation's value, texts and notes from every revision; ``reason`` stays with the tombstone.

    Whatever moment is read from then on, the observation is suppressed (Q) since it was first known. After the commit
    kept images are deleted and the space of deleted rows is freed.
    Errors: ``PermissionDenied``; ``CannotWithdraw`` without a reason, or where it was withdrawn before.
    """
    require(by, Permission.WITHDRAW_CONFIDENTIAL)
    if not reason.strip():
        raise CannotWithdraw(_("Say why the value is withdrawn."))
    lock_writing()
    if standing_tombstone(observation) is not None:
        raise CannotWithdraw(_("This value was withdrawn before."))
    trace = trace_of(observation)
    if not trace.versions:
        raise CannotWithdraw(_("There is no such observation any more."))
    tombstone = _bury(observation, trace, by, reason.strip())
    transaction.on_commit(forget_images, robust=True)
    transaction.on_commit(sweep, robust=True)
    return tombstone


def _bury(observation: Observation, trace: Trace, by: Any, reason: str) -> Tombstone:
    """Erase, leave the tombstone, and seal what was done."""
    dataset, series = observation.dataset, observation.series
    # The note of a revision is public; the reason may itself be confidential, and stays with the tombstone.
    revision = Revision.objects.take(
        by=by, reason=RevisionReason.ERROR, note="A value was withdrawn for confidentiality."
    )
    erase_versions(trace, dataset=dataset, revision=revision)
    notes = erase_notes(trace)
    refusals = erase_refusals(trace, dataset=dataset, series=series.code) + erase_trials(dataset)
    refusals += erase_cells(trace)
    tombstone = Tombstone.objects.create(
        dataset=dataset,
        series=series,
        area=observation.area,
        period=observation.period,
        breakdown=observation.breakdown,
        revision=revision,
        by=by,
        reason=reason,
        versions=trace.versions,
    )
    facts = {"revision": revision.number, "versions": trace.versions, "notes": notes, "texts": refusals}
    SealedRecord.objects.add(by=by, deed=Deed.WITHDRAWN, facts={**tombstone.facts(), **facts, "reason": reason})
    return tombstone


@transaction.atomic
def lift_withdrawal(*, tombstone: Tombstone, by: Any, reason: str) -> Tombstone:
    """Let imports write the key again. What was removed does not come back by this: nobody has it any more.

    Errors: ``PermissionDenied``; ``CannotWithdraw`` without a reason, or where it was lifted before.
    """
    require(by, Permission.WITHDRAW_CONFIDENTIAL)
    if not reason.strip():
        raise CannotWithdraw(_("Say why the withdrawal is lifted."))
    lock_writing()
    standing = Tombstone.objects.standing().filter(pk=tombstone.pk).first()
    if standing is None:
        raise CannotWithdraw(_("This withdrawal was lifted before."))
    standing.lifted_at, standing.lifted_by, standing.lifted_reason = timezone.now(), by, reason.strip()
    standing.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    facts = {**standing.facts(), "revision": standing.revision_id, "reason": standing.lifted_reason}
    SealedRecord.objects.add(by=by, deed=Deed.LIFTED, facts=facts)
    return standing


def standing_tombstone(observation: Observation) -> Tombstone | None:
    """The tombstone that keeps this observation's value out, where there is one."""
    return (
        Tombstone.objects.standing()
        .filter(
            dataset=observation.dataset_id,
            series=observation.series_id,
            area=observation.area_id,
            period=observation.period_id,
            breakdown=observation.breakdown_id,
        )
        .first()
    )


def stage_tombstones(dataset: Dataset) -> int:
    """Put the keys that stay out of a dataset beside the staged rows, for rule V21 and for complete files.

    Returns how many there are.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into tombstoned select series_id, area_id, period_id, breakdown_id from sdg_targets_tombstone
               where dataset_id = %s and lifted_at is null""",
            [dataset.pk],
        )
        return int(cursor.rowcount)
