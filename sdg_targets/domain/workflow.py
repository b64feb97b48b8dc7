"""The way of a submission: its states, and every step from one to another. No other place decides this.

A submission is what one country says in one round. Inside the country it is entered and, where the country wants it,
validated by the statistics office; the organisation's desk accepts it for publication or returns it. The desk does not
approve a Government's figure: "approved" means accepted for publication.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .languages import gettext_noop
from .roles import Permission


class State(StrEnum):
    """Where a submission stands."""

    DRAFT = "draft"
    VALIDATED = "validated"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"


class Step(StrEnum):
    """What can be done with a submission as a whole."""

    VALIDATE = "validate"
    SEND_BACK = "send_back"
    SUBMIT = "submit"
    RECALL = "recall"
    RETURN = "return"
    APPROVE = "approve"
    UNAPPROVE = "unapprove"
    PUBLISH = "publish"


class Side(StrEnum):
    """Who takes a step: somebody of the country, or the organisation's desk."""

    COUNTRY = "country"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Transition:
    """A step: from which states to which, who may take it, and what it means.

    ``needs_note`` asks for a reason; ``by_another`` keeps out whoever entered any of the values.
    """

    step: Step
    label: str
    sentence: str
    begins: frozenset[State]
    ends: State
    permission: Permission
    side: Side
    needs_note: bool = False
    by_another: bool = False


#: The states in which values are entered.
EDITABLE: Final = frozenset({State.DRAFT, State.RETURNED})
#: The states that the organisation's desk sees; before, what is entered is the country's own.
AT_DESK: Final = frozenset({State.SUBMITTED, State.RETURNED, State.APPROVED, State.PUBLISHED})
#: The states after which nothing follows but a new submission.
ENDED: Final = frozenset({State.PUBLISHED})

STATE_SENTENCES: Final[dict[State, str]] = {
    State.DRAFT: gettext_noop("Being entered. Only your country’s team can see it."),
    State.VALIDATED: gettext_noop("Validated by the statistics office, and not yet submitted. Nobody can change it."),
    State.SUBMITTED: gettext_noop("With the reviewers. The country can take it back to change it."),
    State.RETURNED: gettext_noop("Returned with comments. The country can change it and submit it again."),
    State.APPROVED: gettext_noop("Accepted for publication, and not yet published."),
    State.PUBLISHED: gettext_noop("Published. A change is made by a new submission, as a revision."),
}

_P = Permission
_TABLE = (
    Transition(
        Step.VALIDATE,
        gettext_noop("Validate"),
        gettext_noop("The statistics office confirms the values before they leave the country."),
        EDITABLE,
        State.VALIDATED,
        _P.VALIDATE_DATA,
        Side.COUNTRY,
        by_another=True,
    ),
    Transition(
        Step.SEND_BACK,
        gettext_noop("Send back to be changed"),
        gettext_noop("The statistics office asks for changes before anything leaves the country."),
        frozenset({State.VALIDATED}),
        State.DRAFT,
        _P.VALIDATE_DATA,
        Side.COUNTRY,
        needs_note=True,
    ),
    Transition(
        Step.SUBMIT,
        gettext_noop("Submit"),
        gettext_noop("The values go to the reviewers and are locked."),
        EDITABLE | {State.VALIDATED},
        State.SUBMITTED,
        _P.SUBMIT_DATA,
        Side.COUNTRY,
    ),
    Transition(
        Step.RECALL,
        gettext_noop("Take back"),
        gettext_noop("The country takes its submission back before it is accepted, to change it."),
        frozenset({State.VALIDATED, State.SUBMITTED}),
        State.DRAFT,
        _P.SUBMIT_DATA,
        Side.COUNTRY,
    ),
    Transition(
        Step.RETURN,
        gettext_noop("Return with comments"),
        gettext_noop("The country is asked to look at some values again."),
        frozenset({State.SUBMITTED}),
        State.RETURNED,
        _P.REVIEW_DATA,
        Side.DESK,
        needs_note=True,
    ),
    Transition(
        Step.APPROVE,
        gettext_noop("Accept for publication"),
        gettext_noop("Every value was accepted; what was seen is what will be published."),
        frozenset({State.SUBMITTED}),
        State.APPROVED,
        _P.REVIEW_DATA,
        Side.DESK,
        by_another=True,
    ),
    Transition(
        Step.UNAPPROVE,
        gettext_noop("Take back the acceptance"),
        gettext_noop("The submission is looked at again before it is published."),
        frozenset({State.APPROVED}),
        State.SUBMITTED,
        _P.REVIEW_DATA,
        Side.DESK,
        needs_note=True,
    ),
    Transition(
        Step.PUBLISH,
        gettext_noop("Publish"),
        gettext_noop("The values become the country’s published figures, now or at a set time."),
        frozenset({State.APPROVED}),
        State.PUBLISHED,
        _P.PUBLISH_DATA,
        Side.DESK,
        by_another=True,
    ),
)

TRANSITIONS: Final[dict[Step, Transition]] = {transition.step: transition for transition in _TABLE}

#: What was done, in words, by the step of an event.
DONE: Final[dict[str, str]] = {
    "open": gettext_noop("Opened"),
    "reopen": gettext_noop("Opened again, for a revision"),
    Step.VALIDATE: gettext_noop("Validated by the statistics office"),
    Step.SEND_BACK: gettext_noop("Sent back by the statistics office"),
    Step.SUBMIT: gettext_noop("Submitted"),
    Step.RECALL: gettext_noop("Taken back by the country"),
    Step.RETURN: gettext_noop("Returned with comments"),
    Step.APPROVE: gettext_noop("Accepted for publication"),
    Step.UNAPPROVE: gettext_noop("Acceptance taken back"),
    Step.PUBLISH: gettext_noop("Published"),
    "schedule": gettext_noop("Time of the publication set"),
    "unschedule": gettext_noop("Set time taken away"),
    "not_published": gettext_noop("Could not be published at its time"),
    "early_access": gettext_noop("Early access given"),
    "early_access_ended": gettext_noop("Early access taken away"),
}


def begins(step: Step, *, validates_first: bool) -> frozenset[State]:
    """The states from which a step can be taken in a country that validates first, or in one that does not.

    Where the statistics office validates first, only what it validated is submitted.
    """
    states = TRANSITIONS[step].begins
    if step is Step.SUBMIT:
        return frozenset({State.VALIDATED}) if validates_first else states - {State.VALIDATED}
    if step is Step.VALIDATE and not validates_first:
        return frozenset()
    return states


def steps_from(state: State, *, validates_first: bool) -> list[Transition]:
    """Every step that can be taken from a state, in the order of the table."""
    return [t for t in _TABLE if state in begins(t.step, validates_first=validates_first)]
