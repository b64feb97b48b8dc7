"""A round as the team of a country works on it: what is not theirs answers as what does not exist."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from sdg_targets.models import Area, Round, RoundArea, Submission

from .submissions import countries_of, own_submission


@dataclass(frozen=True, slots=True)
class MyRound:
    """A country in a round, and its submission: the one in work, else the newest published one, else ``None``."""

    area: Area
    round: Round
    submission: Submission | None


def my_round(user: Any, area_code: str, round_code: str) -> MyRound | None:
    """The round of a country of which the person is in the team; ``None`` where there is none."""
    area = next((area for area in countries_of(user) if area.code == area_code), None)
    asked = RoundArea.objects.filter(area=area, round__code=round_code, round__opens_on__lte=timezone.localdate())
    found = asked.select_related("round").first() if area else None
    if area is None or found is None:
        return None
    return MyRound(area, found.round, own_submission(user, area.code, found.round.code))
