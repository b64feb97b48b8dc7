"""What is due: for a country, each round with what it asks for, how far it is, and how much time is left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Prefetch

from sdg_targets.models import Area, Round, RoundArea, RoundItem, Submission


@dataclass(frozen=True, slots=True)
class Due:
    """One round as it concerns one country.

    ``submission`` is the one in work, else the newest published one, else ``None``. ``filled`` counts what it says of
    what is asked for; values beyond are welcome and not counted. What is computed from the answers to a questionnaire is
    in neither count: how far that is, it says itself.
    """

    round: Round
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
        .prefetch_related(Prefetch("round__items", RoundItem.objects.typed()))
    )
    newest: dict[int, Submission] = {}
    for submission in Submission.objects.of(area).filter(round__in=[each.round_id for each in asked_of]).order_by("pk"):
        newest[submission.round_id] = submission
    filled = filled_of_asked(submission.pk for submission in newest.values())
    found = [_due(each, newest.get(each.round_id), filled, today) for each in asked_of]
    return sorted(found, key=lambda due: (due.due_on, due.round.pk))


def _due(asked_of: RoundArea, submission: Submission | None, filled: Mapping[int, int], today: date) -> Due:
    items: list[RoundItem] = list(asked_of.round.items.all())
    return Due(
        round=asked_of.round,
        due_on=asked_of.due,
        submission=submission,
        asked=sum(item.asked for item in items),
        filled=filled.get(submission.pk, 0) if submission else 0,
        days_left=(asked_of.due - today).days,
        is_open=asked_of.round.is_open(today),
    )


_FILLED: Final = """
    select c.submission_id, count(*)
    from sdg_targets_cell c
    join sdg_targets_submission s on s.id = c.submission_id
    join sdg_targets_rounditem i on i.round_id = s.round_id and i.series_id = c.series_id
    join sdg_targets_period p on p.id = c.period_id
    join sdg_targets_breakdown b on b.id = c.breakdown_id
    where c.submission_id = any(%s) and not c.is_empty and b.key = any(i.breakdowns) and p.frequency = i.frequency
        and extract(year from p.start) between i.first_year and i.last_year and i.id in ({typed})
    group by 1"""


def filled_of_asked(submissions: Iterable[int]) -> dict[int, int]:
    """How many of the values asked for each submission holds, by its id; values beyond are not counted. One query."""
    typed, parameters = RoundItem.objects.typed().order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_FILLED.format(typed=typed), [list(submissions), *parameters])
        return dict(cursor.fetchall())
