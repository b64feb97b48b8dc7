"""The reviewers' queue: what countries handed in, the longest waiting and the earliest due first, with counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, DateField, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from sdg_targets.domain.roles import Permission
from sdg_targets.domain.workflow import State
from sdg_targets.models import Area, Comment, Mark, Round, RoundArea, Submission
from sdg_targets.models.submissions import SubmissionQuerySet
from sdg_targets.permissions import areas_of, permissions_of

#: The states in the order in which they need a reviewer.
BY_NEED: Sequence[State] = (State.SUBMITTED, State.APPROVED, State.RETURNED, State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One submission in the queue: since when it waits, when it was due, and how far the review of it is."""

    submission: Submission
    due_on: date
    since: datetime
    days: int
    filled: int
    accepted: int
    queried: int
    questions: int

    @property
    def left(self) -> int:
        """How many values nobody has looked at."""
        return self.filled - self.accepted - self.queried


def desk_sees(user: Any) -> SubmissionQuerySet:
    """What a reviewer may see: what was handed in by the countries of the mandate. Nothing else exists for the desk."""
    rows = Submission.objects.at_desk()
    if Permission.REVIEW_DATA not in permissions_of(user):
        return rows.none()
    areas = areas_of(user, Permission.REVIEW_DATA)
    return rows if areas is None else rows.filter(area__in=areas)


def queue(rows: SubmissionQuerySet, *, now: datetime) -> list[Waiting]:
    """The queue of some submissions, the earliest due first and then the longest waiting; one query."""
    agreed = RoundArea.objects.filter(round=OuterRef("round"), area=OuterRef("area")).values("due_on")[:1]
    say = Q(cells__is_empty=False)
    asked = Comment.objects.filter(
        submission=OuterRef("pk"), from_desk=True, internal=False, answers=None, settled_at=None
    )
    # Counted apart from the cells: joined to both, each comment would be multiplied by each cell.
    questions = asked.order_by().values("submission").annotate(number=Count("pk")).values("number")
    found = (
        rows.with_names()
        .annotate(due=Coalesce(Subquery(agreed, output_field=DateField()), F("round__due_on")))
        .annotate(
            filled=Count("cells", filter=say),
            accepted=Count("cells", filter=say & Q(cells__mark=Mark.ACCEPTED)),
            queried=Count("cells", filter=say & Q(cells__mark=Mark.QUERIED)),
            questions=Coalesce(Subquery(questions, output_field=IntegerField()), 0),
        )
        .order_by("due", "changed_at", "pk")
    )
    return [_waiting(row, now) for row in found]


def _waiting(row: Any, now: datetime) -> Waiting:
    # A country that works on what came back is not watched while it does: its values stand as they were handed in.
    returned = row.state == State.RETURNED
    since = row.submitted_at if row.state == State.SUBMITTED else row.changed_at
    return Waiting(
        submission=row,
        due_on=row.due,
        since=since,
        days=(now - since).days,
        filled=row.filled if not returned else 0,
        accepted=row.accepted if not returned else 0,
        queried=row.queried if not returned else 0,
        questions=row.questions,
    )


@dataclass(frozen=True, slots=True)
class QueueChoices:
    """What the queue can be narrowed to: only what is in it."""

    areas: list[Area]
    rounds: list[Round]
    counts: dict[str, int]


def choices_of(rows: SubmissionQuerySet, language: str) -> QueueChoices:
    """The countries and rounds that are in the queue, and how many submissions each state has; three queries."""
    found = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    return QueueChoices(
        list(Area.objects.filter(pk__in=rows.order_by().values("area")).in_name_order(language)),
        list(Round.objects.filter(pk__in=rows.order_by().values("round"))),
        {state.value: found.get(state.value, 0) for state in BY_NEED},
    )
