"""What the checks find in the values of a submission, as those who decide on it read it."""

from dataclasses import dataclass

from sdg_targets.domain.validation import Strength
from sdg_targets.models import Submission


@dataclass(frozen=True, slots=True)
class Found:
    """One finding in one value: the rule, its weight, what was found in words, and what the country says to it."""

    rule: str
    strength: Strength
    sentence: str
    explanation: str = ""


def findings_of(submission: Submission) -> dict[int, tuple[Found, ...]]:
    """The findings by cell."""
    return {}
