"""A country's comment on a custodian's figure: its states, and every step from one to another.

It is the country's own statement, dated and signed, and stands beside the figure; it changes no figure. The words are never
changed: other words are another comment.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .languages import gettext_noop
from .roles import Permission


class CommentState(StrEnum):
    """Where a comment stands."""

    PROPOSED = "proposed"
    DISCUSSED = "discussed"
    SETTLED = "settled"
    ENDED = "ended"
    DECLINED = "declined"


class CommentStep(StrEnum):
    """What can be done with a comment once it is written."""

    ACCEPT = "accept"
    DECLINE = "decline"
    SETTLE = "settle"
    END = "end"


@dataclass(frozen=True, slots=True)
class CommentTransition:
    """A step: from which states to which, who takes it, and whether it needs a reason. ``permissions``: any of them."""

    step: CommentStep
    label: str
    done: str
    begins: frozenset[CommentState]
    ends: CommentState
    permissions: frozenset[Permission]
    needs_note: bool = False
    by_another: bool = False


#: States in which it stands beside the figure.
SHOWN: Final = frozenset({CommentState.DISCUSSED, CommentState.SETTLED})
#: States in which it can be read by everybody: those, and what was public once.
PUBLIC: Final = SHOWN | {CommentState.ENDED}

_EITHER: Final = frozenset({Permission.ENTER_DATA, Permission.PUBLISH_DATA})
_TABLE = (
    CommentTransition(
        CommentStep.ACCEPT,
        gettext_noop("Publish"),
        gettext_noop("Published beside the figure"),
        frozenset({CommentState.PROPOSED}),
        CommentState.DISCUSSED,
        frozenset({Permission.PUBLISH_DATA}),
        by_another=True,
    ),
    CommentTransition(
        CommentStep.DECLINE,
        gettext_noop("Decline"),
        gettext_noop("Not published"),
        frozenset({CommentState.PROPOSED}),
        CommentState.DECLINED,
        _EITHER,
        needs_note=True,
    ),
    CommentTransition(
        CommentStep.SETTLE,
        gettext_noop("Say that it is settled"),
        gettext_noop("Settled with the custodian"),
        frozenset({CommentState.DISCUSSED}),
        CommentState.SETTLED,
        _EITHER,
        needs_note=True,
    ),
    CommentTransition(
        CommentStep.END,
        gettext_noop("End"),
        gettext_noop("Withdrawn"),
        SHOWN,
        CommentState.ENDED,
        _EITHER,
        needs_note=True,
    ),
)

COMMENT_STEPS: Final[dict[CommentStep, CommentTransition]] = {each.step: each for each in _TABLE}


def comment_steps_from(state: CommentState) -> list[CommentTransition]:
    """Every step that can be taken from a state, in the order of the table."""
    return [each for each in _TABLE if state in each.begins]
