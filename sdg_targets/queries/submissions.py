"""Submissions as people may see them, and what is in them."""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q
from django.utils import timezone

from sdg_targets.domain.roles import Permission, roles_with
from sdg_targets.models import Answer, Area, Mandate, Mark, Submission
from sdg_targets.models.submissions import SubmissionQuerySet
from sdg_targets.permissions import areas_of, permissions_of

#: Who belongs to a country's team.
TEAM: Final = (Permission.ENTER_DATA, Permission.VALIDATE_DATA, Permission.SUBMIT_DATA)


def countries_of(user: Any) -> list[Area]:
    """The countries for which a person enters, validates or submits, in the order of their names."""
    if not getattr(user, "is_authenticated", False):
        return []
    roles = frozenset().union(*(roles_with(permission) for permission in TEAM))
    mandates = Mandate.objects.of(user).in_force(on=timezone.localdate()).filter(role__in=roles)
    return list(Area.objects.filter(pk__in=mandates.values("area")).in_name_order())


def visible_to(user: Any) -> SubmissionQuerySet:
    """What a person may see: all of one's own countries; of others, as a reviewer, what was handed in.

    What is not among these answers exactly as what does not exist.
    """
    held = permissions_of(user)
    seen = Q(pk__in=[])
    if countries := countries_of(user):
        seen |= Q(area__in=countries)
    if Permission.REVIEW_DATA in held:
        reviewed = areas_of(user, Permission.REVIEW_DATA)
        at_desk = Q(pk__in=Submission.objects.at_desk())
        seen |= at_desk if reviewed is None else at_desk & Q(area__in=reviewed)
    return Submission.objects.filter(seen)


def fingerprint(submission: Submission) -> str:
    """A checksum of the identity and version of every value and every answer: it changes when anything in it does."""
    rows = list(submission.cells.order_by("pk").values_list("pk", "version", "is_empty"))
    answers = list(Answer.objects.filter(response__submission=submission).order_by("pk").values_list("pk", "version"))
    return hashlib.sha256(repr((rows, answers) if answers else rows).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Progress:
    """How many values a submission holds, and what the reviewers said of them."""

    filled: int
    accepted: int
    queried: int

    @property
    def open(self) -> int:
        """How many nobody has looked at."""
        return self.filled - self.accepted - self.queried


def progress_of(submission: Submission) -> Progress:
    """Counts of the values that say something."""
    counts = submission.cells.filled().aggregate(
        filled=Count("pk"),
        accepted=Count("pk", filter=Q(mark=Mark.ACCEPTED)),
        queried=Count("pk", filter=Q(mark=Mark.QUERIED)),
    )
    return Progress(**counts)
