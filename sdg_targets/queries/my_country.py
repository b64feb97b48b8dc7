"""A country's own page: what is due, how far it is, what came back and why, what is published, how it stands over time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Min
from django.utils import timezone

from sdg_targets.domain.workflow import State, Step
from sdg_targets.models import Area, Comment, Event, RevisionReason, Submission

from .breakdown_names import breakdown_words
from .due import Due, due_for
from .locks import Choice, Lock, lock_of, returned_by, steps_for

#: So many published submissions are named; the country's page has all figures.
LAST = 5


@dataclass(frozen=True, slots=True)
class Question:
    """What the reviewers asked of one value: its place, and its words for people."""

    series: str
    series_name: str
    period: str
    breakdown: str
    breakdown_words: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """A round with what this country has to do in it."""

    due: Due
    returned: Event | None
    questions: tuple[Question, ...]
    lock: Lock | None
    steps: tuple[Choice, ...]

    @property
    def percent(self) -> int:
        """How much of what is asked for is there, rounded down: 100 is all of it."""
        return 100 * self.due.filled // self.due.asked if self.due.asked else 0

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done by the country."""
        return self.due.submission is None or self.due.submission.state != State.PUBLISHED


@dataclass(frozen=True, slots=True)
class Record:
    """How a country stands over all rounds whose day has come: what arrived by the day, after it, and not yet."""

    by_the_day: int
    after_it: int
    not_yet: int
    asked: int
    filled: int

    @property
    def rounds(self) -> int:
        return self.by_the_day + self.after_it + self.not_yet

    @property
    def percent(self) -> int:
        return 100 * self.filled // self.asked if self.asked else 0


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the page of a country says."""

    tasks: tuple[Task, ...]
    published: tuple[Submission, ...]
    record: Record

    @property
    def open_tasks(self) -> list[Task]:
        return [task for task in self.tasks if task.is_open]

    @property
    def others(self) -> int:
        """How many rounds are open besides the one that is due first."""
        return len(self.open_tasks) - 1

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Reasons for which something published is revised, with their words."""
        return [(str(code), str(label)) for code, label in RevisionReason.choices]

    @property
    def done(self) -> list[Task]:
        return [task for task in self.tasks if not task.is_open]


def overview_of(area: Area, user: Any) -> Overview:
    """The page of a country for somebody of its team."""
    today = timezone.localdate()
    tasks = tuple(_task(due, user) for due in due_for(area, today=today))
    published = Submission.objects.of(area).filter(state=State.PUBLISHED).with_names().order_by("-changed_at")
    return Overview(tasks, tuple(published[:LAST]), _record(area, tasks, today))


def _task(due: Due, user: Any) -> Task:
    submission = due.submission
    if submission is None:
        return Task(due, None, (), None, ())
    returned = returned_by(submission)
    return Task(
        due=due,
        returned=returned,
        questions=tuple(questions_of(submission)) if returned else (),
        lock=lock_of(submission),
        steps=tuple(steps_for(user, submission)),
    )


def questions_of(submission: Submission) -> Iterable[Question]:
    """What the reviewers asked of single values and nobody has settled, oldest first."""
    rows = list(
        Comment.objects.filter(submission=submission, from_desk=True, internal=False, settled_at=None)
        .exclude(cell=None)
        .select_related("cell__series", "cell__period", "cell__breakdown", "by")
    )
    words = breakdown_words({row.cell.breakdown.key for row in rows if row.cell})
    for row in rows:
        if row.cell is not None:
            yield Question(
                series=row.cell.series.code,
                series_name=str(row.cell.series.name),
                period=row.cell.period.code,
                breakdown=row.cell.breakdown.key,
                breakdown_words=words[row.cell.breakdown.key],
                text=row.text,
                by=str(row.by or ""),
                at=row.at,
            )


def _record(area: Area, tasks: Iterable[Task], today: date) -> Record:
    """Rounds whose day has come or that were handed in; a revision afterwards changes nothing of when it first arrived."""
    rows = Event.objects.filter(submission__area=area, step=Step.SUBMIT).values_list("submission__round")
    first = dict(rows.annotate(first=Min("at")).order_by())
    counted = [task for task in tasks if task.due.round.pk in first or task.due.due_on < today]
    arrived = [task for task in counted if task.due.round.pk in first]
    on_time = [task for task in arrived if timezone.localdate(first[task.due.round.pk]) <= task.due.due_on]
    return Record(
        by_the_day=len(on_time),
        after_it=len(arrived) - len(on_time),
        not_yet=len(counted) - len(arrived),
        asked=sum(task.due.asked for task in counted),
        filled=sum(task.due.filled for task in arrived),
    )
