"""What a country can do with its submission now; and, where nothing can be changed, why, since when, and who can open it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from sdg_targets.domain.languages import gettext_noop
from sdg_targets.domain.workflow import EDITABLE, STATE_SENTENCES, Side, State, Step, Transition, steps_from
from sdg_targets.models import CellVersion, Event, ReportingCountry, Submission
from sdg_targets.permissions import can

#: Who can make it possible again that values are changed, by state.
_OPENED_BY: Final[Mapping[State, str]] = {
    State.VALIDATED: gettext_noop("The validator can send it back; whoever may submit can take it back."),
    State.SUBMITTED: gettext_noop("Your country can take it back until it is accepted; the reviewers can return it."),
    State.APPROVED: gettext_noop("The reviewers can take their acceptance back until it is published."),
    State.PUBLISHED: gettext_noop("A focal point of your country can open it again to revise it."),
}


@dataclass(frozen=True, slots=True)
class Lock:
    """Why nothing can be changed: a sentence, since when, by whose step, and who can open it."""

    why: str
    since: datetime | None
    by: str
    opened_by: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A step that this person can take now; ``hindrance`` says why not, where the table of steps alone would allow it."""

    transition: Transition
    hindrance: str = ""

    @property
    def name(self) -> str:
        return self.transition.step.value

    @property
    def label(self) -> str:
        return _(self.transition.label)

    @property
    def sentence(self) -> str:
        return _(self.transition.sentence)


def lock_of(submission: Submission) -> Lock | None:
    """Why values cannot be changed now; nothing where they can. One query."""
    state = State(submission.state)
    if state not in EDITABLE:
        last = Event.objects.filter(submission=submission).exclude(by=None).select_related("by").last()
        by = str(last.by) if last else ""
        return Lock(_(STATE_SENTENCES[state]), submission.changed_at, by, _(_OPENED_BY[state]))
    if not submission.round.is_open(timezone.localdate()):
        closed = _("The round is closed since %(day)s.") % {"day": submission.round.closes_on}
        return Lock(closed, None, "", _("An administrator can open the round again."))
    return None


def returned_by(submission: Submission) -> Event | None:
    """The step by which a submission came back, while it is back."""
    if submission.state != State.RETURNED:
        return None
    return Event.objects.filter(submission=submission, step=Step.RETURN).select_related("by").last()


def steps_for(user: Any, submission: Submission) -> list[Choice]:
    """The steps of the country's side that this person can take from here."""
    first = ReportingCountry.objects.filter(area=submission.area_id, validates_first=True).exists()
    possible = steps_from(State(submission.state), validates_first=first)
    return [
        Choice(transition, _hindrance(user, transition, submission))
        for transition in possible
        if transition.side is Side.COUNTRY and can(user, transition.permission, area=submission.area)
    ]


def _hindrance(user: Any, transition: Transition, submission: Submission) -> str:
    if transition.by_another and CellVersion.objects.filter(cell__submission=submission, by=user).exists():
        return _("You entered values of this submission: somebody else has to decide on it.")
    return ""


__all__ = ["Choice", "Lock", "lock_of", "returned_by", "steps_for"]
