"""What a reviewer can do with a submission now, and why not: asked before anything is tried."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext

from sdg_targets.domain.roles import Permission
from sdg_targets.domain.workflow import DONE, State, Step, Transition, steps_from
from sdg_targets.models import CellVersion, Event, Submission
from sdg_targets.permissions import can

from .submissions import Progress

_OF_THE_DESK: Final = frozenset({Permission.REVIEW_DATA, Permission.PUBLISH_DATA})
#: Steps that both sides see. That it was opened, validated or sent back within the country is the country's own.
_SEEN: Final = (
    Step.SUBMIT, Step.RECALL, Step.RETURN, Step.APPROVE, Step.UNAPPROVE, Step.PUBLISH, "schedule", "unschedule",
    "not_published", "reopen", "early_access", "early_access_ended",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """What the person at the desk may do with the submission: the steps from its state, and what stands in the way."""

    steps: dict[Step, Transition]
    entered: bool
    may_publish: bool
    left: int

    @property
    def may_mark(self) -> bool:
        return not self.entered and Step.RETURN in self.steps

    @property
    def may_return(self) -> bool:
        return Step.RETURN in self.steps

    @property
    def may_approve(self) -> bool:
        """Whether every value is accepted, and none was entered by this person."""
        return Step.APPROVE in self.steps and not self.entered and not self.left

    @property
    def is_approved(self) -> bool:
        return Step.PUBLISH in self.steps

    @property
    def may_publish_now(self) -> bool:
        return self.is_approved and self.may_publish and not self.entered


def desk_for(submission: Submission, progress: Progress, by: Any) -> Desk:
    """What ``by`` may do at the desk with this submission."""
    steps = {each.step: each for each in steps_from(State(submission.state), validates_first=False)}
    return Desk(
        steps={step: each for step, each in steps.items() if each.permission in _OF_THE_DESK},
        entered=CellVersion.objects.filter(cell__submission=submission, by=by).exists(),
        may_publish=can(by, Permission.PUBLISH_DATA, area=submission.area),
        left=progress.filled - progress.accepted,
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """One step as it is told: what was done, by whom (``None``: by the clock), when, and what was said."""

    event: Event
    words: str


def steps_taken(submission: Submission) -> list[Taken]:
    """Every step that concerns both sides, newest first."""
    events = submission.events.filter(step__in=_SEEN).select_related("by").order_by("-at", "-pk")
    return [Taken(event, gettext(DONE[event.step])) for event in events]
