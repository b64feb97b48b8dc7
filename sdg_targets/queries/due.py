"""What is due: for a country, each round with what it asks for, how far it is, and how much time is left."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from sdg_targets.models import Area, Round, RoundArea, RoundItem, Series, Submission


@dataclass(frozen=True, slots=True)
class Due:
    """One round as it concerns one country.

    ``submission`` is the one in work, else the newest published one, else ``None``. ``filled`` counts what it says of
    what is asked for; values beyond are welcome and not counted. What is computed from the answers to a questionnaire is
    in neither count: how far that is, it says itself.
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
    """Rounds that ask something of a country and have begun, the earliest due first. Four queries, however many rounds."""
    asked_of = list(
        RoundArea.objects.filter(area=area, round__opens_on__lte=today)
        .select_related("round")
        .prefetch_related("round__items")
    )
    computed = set(Series.objects.computed().values_list("pk", flat=True))
    newest: dict[int, Submission] = {}
    submissions = Submission.objects.of(area).filter(round__in=[each.round_id for each in asked_of])
    filled = Q(cells__is_empty=False) & ~Q(cells__series__in=computed)
    for submission in submissions.annotate(filled=Count("cells", filter=filled)).order_by("pk"):
        newest[submission.round_id] = submission
    found = [_due(each, area, newest.get(each.round_id), today, computed) for each in asked_of]
    return sorted(found, key=lambda due: (due.due_on, due.round.pk))


def _due(asked_of: RoundArea, area: Area, submission: Submission | None, today: date, computed: set[int]) -> Due:
    items: list[RoundItem] = list(asked_of.round.items.all())
    return Due(
        round=asked_of.round,
        area=area,
        due_on=asked_of.due,
        submission=submission,
        asked=sum(item.asked for item in items if item.series_id not in computed),
        filled=getattr(submission, "filled", 0),
        days_left=(asked_of.due - today).days,
        is_open=asked_of.round.is_open(today),
    )
