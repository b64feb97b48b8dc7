"""Taking a step of a submission: the one place where its state changes.

Every deed that moves a submission goes through ``take_step``: it locks the row, asks the table of ``domain.workflow``
whether the step can be taken from here and by whom, and writes the event.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sdg_targets.domain.workflow import TRANSITIONS, State, Step, begins
from sdg_targets.models import AnswerVersion, CellVersion, ReportingCountry, Submission
from sdg_targets.permissions import require

from .events import event_of, record_event


class StepRefused(ValueError):  # noqa: N818 - a sentence for the person who asked
    """The step cannot be taken; the message says why, and what would make it possible."""


class SubmissionMoved(StepRefused):
    """Somebody else took a step since the page was looked at, or changed a value that it showed."""


def locked(submission: Submission) -> Submission:
    """The submission as it stands now, held to the end of the transaction."""
    return Submission.objects.select_for_update(of=("self",)).with_names().get(pk=submission.pk)


def validates_first(submission: Submission) -> bool:
    """Whether the country's statistics office validates before anything is submitted."""
    return ReportingCountry.objects.filter(area=submission.area_id, validates_first=True).exists()


def take_step(
    submission: Submission,
    step: Step,
    *,
    by: Any,
    seen: int | None = None,
    note: str = "",
    key: UUID | None = None,
    checks: Callable[[Submission], dict[str, Any]] = lambda submission: {},
    works: Callable[[Submission], dict[str, Any]] = lambda submission: {},
    changes: dict[str, Any] | None = None,
) -> Submission:
    """Take one step, inside the caller's transaction; returns the submission after it.

    ``seen`` is the version of the submission that the person looked at. ``checks`` is asked of the locked submission
    before anything changes, ``works`` does what the step does besides; both return facts that go into the event. The same
    ``key`` twice is one step.
    Errors: ``PermissionDenied``, ``StepRefused``, ``SubmissionMoved``.
    """
    transition = TRANSITIONS[step]
    now = locked(submission)
    require(by, transition.permission, area=now.area)
    done = event_of(key)
    if done is not None and done.submission_id == now.pk:
        return now
    if seen is not None and seen != now.version:
        raise SubmissionMoved(_("This submission has changed since you looked at it. Look at it again, then decide."))
    if now.state not in begins(step, validates_first=validates_first(now)):
        raise StepRefused(
            _("“%(step)s” is not possible: the submission is in the state “%(state)s”.")
            % {"step": _(transition.label), "state": now.get_state_display()}
        )
    if transition.needs_note and not note.strip():
        raise StepRefused(_("Say why, so that the others know what to do."))
    if transition.by_another:
        require_another(now, by)
    facts = checks(now) | works(now)
    return _move(now, transition.ends, step, by, note, facts, key, changes or {})


def _move(
    now: Submission,
    ends: State,
    step: Step,
    by: Any,
    note: str,
    facts: dict[str, Any],
    key: UUID | None,
    changes: dict[str, Any],
) -> Submission:
    began = now.state
    now.state, now.changed_at, now.version = ends.value, timezone.now(), now.version + 1
    for name, value in changes.items():
        setattr(now, name, value)
    now.save()
    record_event(now, step=step.value, by=by, begins=began, ends=ends.value, note=note, facts=facts, key=key)
    return now


def require_another(submission: Submission, by: Any) -> None:
    """Go on only if somebody else entered all of it. Errors: ``StepRefused``."""
    if entered_any(submission, by):
        raise StepRefused(_("You entered values of this submission: somebody else has to decide on it."))


def entered_any(submission: Submission, by: Any) -> bool:
    """Whether the person wrote any version of any value or answer of it. The product itself wrote none."""
    if by is None:
        return False
    wrote = CellVersion.objects.filter(cell__submission=submission, by=by).exists()
    return wrote or AnswerVersion.objects.filter(answer__response__submission=submission, by=by).exists()
