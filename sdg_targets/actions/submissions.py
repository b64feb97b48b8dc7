"""What a country does with a submission: open it, validate it, submit it, take it back, open it again for a revision."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from sdg_targets.domain.roles import Permission
from sdg_targets.domain.workflow import State, Step
from sdg_targets.models import Answer, Area, Dataset, ReportingType, RevisionReason, Round, RoundArea, Submission
from sdg_targets.permissions import require
from sdg_targets.queries.findings import findings_of
from sdg_targets.queries.submissions import fingerprint

from .events import record_event
from .self_assessments import compute_cells
from .stepping import StepRefused, locked, take_step

#: The order of preference of national datasets: shown after the global ones.
NATIONAL_RANK = 50


@transaction.atomic
def open_submission(*, round: Round, area: Area, by: Any) -> Submission:  # noqa: A002 - the field's own term
    """The submission of a country in a round, opened if there is none in work.

    Errors: ``PermissionDenied``; ``StepRefused`` where the round asks nothing of the country or is not open.
    """
    require(by, Permission.ENTER_DATA, area=area)
    if not RoundArea.objects.filter(round=round, area=area).exists():
        raise StepRefused(_("This round asks nothing of %(area)s.") % {"area": area.name})
    # Two people who open at once are given the same submission: the row of the country in the round is held.
    RoundArea.objects.select_for_update().get(round=round, area=area)
    found = Submission.objects.in_work().filter(round=round, area=area).first()
    if found is not None:
        return found
    if not round.is_open(timezone.localdate()):
        raise StepRefused(_("This round is not open."))
    before = Submission.objects.filter(round=round, area=area, revised_by=None).order_by("-pk").first()
    if before is not None:
        raise StepRefused(_("What was due is published. Open it again to revise it."))
    return _open(round, area, by)


def _open(round: Round, area: Area, by: Any, **given: Any) -> Submission:  # noqa: A002
    made = Submission.objects.create(round=round, area=area, dataset=national_dataset(area), opened_by=by, **given)
    record_event(made, step="open", by=by, ends=made.state)
    return made


def national_dataset(area: Area) -> Dataset:
    """The dataset of a country's own figures, made when there is none yet."""
    found = Dataset.objects.filter(area=area, reporting_type=ReportingType.NATIONAL).order_by("rank", "pk").first()
    if found is not None:
        return found
    names = {}
    for language in ("en", "fr", "es"):
        with override(language):
            names[f"name_{language}"] = _("%(area)s: national figures") % {"area": area.in_language("name", language)}
    return Dataset.objects.create(
        code=f"national:{area.code}",
        provider=str(area.in_language("name", "en")),
        reporting_type=ReportingType.NATIONAL,
        area=area,
        rank=NATIONAL_RANK,
        **names,
    )


@transaction.atomic
def reopen(*, submission: Submission, by: Any, reason: str, note: str) -> Submission:
    """Open a published submission again: a new one that revises it. Returns the one in work where there is one already.

    Errors: ``PermissionDenied``; ``StepRefused`` where it is not published or no reason is given.
    """
    old = locked(submission)
    require(by, Permission.ENTER_DATA, area=old.area)
    if old.state != State.PUBLISHED:
        raise StepRefused(_("Only what is published is revised."))
    if reason not in RevisionReason.values or not note.strip():
        raise StepRefused(_("Say why it is revised: choose a reason and write a note."))
    found = Submission.objects.in_work().filter(round=old.round_id, area=old.area_id).first()
    if found is not None:
        return found
    newest = Submission.objects.filter(round=old.round_id, area=old.area_id, revised_by=None).order_by("-pk").first()
    made = _open(old.round, old.area, by, revises=newest, revision_reason=reason)
    record_event(made, step="reopen", by=by, begins=State.PUBLISHED, ends=made.state, note=note)
    return made


@transaction.atomic
def validate(
    *, submission: Submission, by: Any, seen: int | None = None, note: str = "", key: UUID | None = None
) -> Submission:
    """The statistics office confirms the values. Errors: as ``take_step``; nobody validates what they entered."""
    return take_step(submission, Step.VALIDATE, by=by, seen=seen, note=note, key=key, checks=_complete)


@transaction.atomic
def send_back(
    *, submission: Submission, by: Any, note: str, seen: int | None = None, key: UUID | None = None
) -> Submission:
    """The statistics office asks for changes, inside the country. Errors: as ``take_step``."""
    return take_step(submission, Step.SEND_BACK, by=by, seen=seen, note=note, key=key)


@transaction.atomic
def submit(
    *, submission: Submission, by: Any, seen: int | None = None, note: str = "", key: UUID | None = None
) -> Submission:
    """Hand the values to the reviewers; they are locked. Errors: as ``take_step``, and while a finding blocks."""
    moved = take_step(
        submission,
        Step.SUBMIT,
        by=by,
        seen=seen,
        note=note,
        key=key,
        checks=_complete,
        changes={"submitted_at": timezone.now()},
    )
    moved.cells.update(submitted_version=F("version"))
    Answer.objects.filter(response__submission=moved).update(submitted_version=F("version"))
    return moved


@transaction.atomic
def recall(
    *, submission: Submission, by: Any, seen: int | None = None, note: str = "", key: UUID | None = None
) -> Submission:
    """Take a submission back before it is accepted, to change it. Errors: as ``take_step``."""
    return take_step(submission, Step.RECALL, by=by, seen=seen, note=note, key=key)


def _complete(submission: Submission) -> dict[str, Any]:
    """What must hold before values leave the hands that entered them; returns how many there are and their checksum."""
    if submission.is_editable:
        compute_cells(submission)
    filled = submission.cells.filled()
    count = filled.count()
    if not count and not submission.is_answered:
        raise StepRefused(_("There is nothing in it: enter a value, or say for each why there is none."))
    unread = filled.filter(value=None, status__in=["A", "B", "E", "P", "U"]).count()
    if unread:
        raise StepRefused(
            _("%(count)s of the values cannot be read, or lack a reason why there is none.") % {"count": unread}
        )
    _require_nothing_blocks(submission)
    return {"cells": count, "sha256": fingerprint(submission)}


def _require_nothing_blocks(submission: Submission) -> None:
    """Every error put right, every warning explained. Errors: ``StepRefused``, with the first that is not."""
    blocking = findings_of(submission).blocking
    if blocking:
        raise StepRefused(
            ngettext(
                "%(count)s finding has to be put right or explained: %(cell)s: %(text)s",
                "%(count)s findings have to be put right or explained, first %(cell)s: %(text)s",
                len(blocking),
            )
            % {"count": len(blocking), "cell": blocking[0].cell, "text": blocking[0].text}
        )
