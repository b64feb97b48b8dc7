"""Where a person stands before a country's questionnaires in a round: whose they are, and what may be done."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from sdg_targets.domain.roles import Permission
from sdg_targets.domain.workflow import STATE_SENTENCES, State
from sdg_targets.models import Dataset, RoundArea, Submission
from sdg_targets.permissions import can

from .submissions import TEAM, visible_to


@dataclass(frozen=True, slots=True)
class Place:
    """A submission as one person meets it. It may not be opened yet: then it has no id, and the first answer opens it.

    ``is_desk``: the person is not of the country's team, and sees what was handed in.
    """

    submission: Submission
    may_enter: bool
    is_desk: bool

    @property
    def sentence(self) -> str:
        """What the state means, to be translated."""
        return STATE_SENTENCES[State(self.submission.state)]


def place_of(user: Any, area: str, round_code: str) -> Place | None:
    """The newest submission of a country in a round that the person may see, or the one they could open; else None."""
    found = visible_to(user).filter(area__code=area, round__code=round_code).with_names().order_by("-pk").first()
    submission = found or _to_be_opened(area, round_code)
    if submission is None:
        return None
    enters = can(user, Permission.ENTER_DATA, area=submission.area)
    if found is None and not enters:
        return None
    is_desk = not any(can(user, permission, area=submission.area) for permission in TEAM)
    may_enter = enters and submission.is_editable and submission.round.is_open(timezone.localdate())
    return Place(submission, may_enter, is_desk)


def _to_be_opened(area: str, round_code: str) -> Submission | None:
    asked = (
        RoundArea.objects.filter(area__code=area, round__code=round_code, round__opens_on__lte=timezone.localdate())
        .select_related("area", "round")
        .first()
    )
    if asked is None or Submission.objects.filter(area=asked.area, round=asked.round).exists():
        return None
    return Submission(area=asked.area, round=asked.round, dataset=Dataset())
