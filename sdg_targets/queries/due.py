"""What is due: for a country, each round with what it asks for, how far it is, and how much time is left."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from sdg_targets.models import Area, Round, RoundArea, RoundItem, Submission


@dataclass(frozen=True, slots=True)
class Due:
    """One round as it concerns one country.

    ``submission`` is the one in work, else the newest published one, else ``None``. ``filled`` counts what it says of
    what is asked for; values beyond are welcome and not counted.
    """

    round: Round
    area: Area
    due_on: date
    submission: Submission | None
    asked: int
    filled: int
    days_left: int
    is_open: bool

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed and nothing was handed in: "not yet received" is what others are told."""
        return self.days_left < 0 and (self.submission is None or self.submission.is_editable)


def due_for(area: Area, *, today: date) -> list[Due]:
    """Rounds that ask something of a country and have begun, the earliest due first. Three queries, however many rounds."""
    asked_of = list(
        RoundArea.objects.filter(area=area, round__opens_on__lte=today)
        .select_related("round")
        .prefetch_related("round__items")
    )
    newest: dict[int, Submission] = {}
    submissions = Submission.objects.of(area).filter(round__in=[each.round_id for each in asked_of])
    for submission in submissions.annotate(filled=Count("cells", filter=Q(cells__is_empty=False))).order_by("pk"):
        newest[submission.round_id] = submission
    found = [_due(each, area, newest.get(each.round_id), today) for each in asked_of]
    return sorted(found, key=lambda due: (due.due_on, due.round.pk))


def _due(asked_of: RoundArea, area: Area, submission: Submission | None, today: date) -> Due:
    items: list[RoundItem] = list(asked_of.round.items.all())
    return Due(
        round=asked_of.round,
        area=area,
        due_on=asked_of.due,
        submission=submission,
        asked=sum(item.asked for item in items),
        filled=getattr(submission, "filled", 0),
        days_left=(asked_of.due - today).days,
        is_open=asked_of.round.is_open(today),
    )
