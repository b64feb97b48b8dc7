"""What a submission changes, value by value: published, submitted, the difference, what is found in it and was said of it.

Of a submission that was returned the desk is shown what was handed in, never what the country writes since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sdg_targets.domain.differences import Amount, Difference, Kind, change_between, difference
from sdg_targets.domain.validation import Strength
from sdg_targets.domain.workflow import State
from sdg_targets.models import (
    Breakdown,
    Cell,
    Comment,
    Mark,
    Observation,
    Period,
    ReportingType,
    Series,
    Submission,
)

from .breakdown_names import breakdown_names
from .findings import FindingInWords, findings_of
from .submissions import desk_view

#: What stands beside a value in public: where one of these differs, the value is described anew.
_BESIDE: Final = (
    "nature", "lower_bound", "upper_bound", "numerator", "denominator", "base_period", "time_detail",
)  # fmt: skip
#: A published figure's place: series, period, breakdown.
Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Before:
    """The value of the period before, in the same submission or published, and how far it is from there."""

    period: str
    value: Decimal
    change: Decimal | None
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a submission as a reviewer looks at it. ``version`` is what is looked at, and what is decided on."""

    pk: int
    version: int
    series: Series
    period: Period
    breakdown: Breakdown
    breakdown_name: str
    said: Cell
    published: Observation | None
    globally: Observation | None
    difference: Difference
    before: Before | None
    mark: str
    findings: tuple[FindingInWords, ...] = ()
    thread: tuple[Comment, ...] = ()

    @property
    def choice(self) -> str:
        """How a form names this value, as it was seen."""
        return f"{self.pk}:{self.version}"

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found in it but what informs, nothing is asked of it, and nobody looked at it yet."""
        warned = any(each.strength is not Strength.NOTE for each in self.findings)
        return self.mark == Mark.NONE and not warned and not self.has_open_question

    @property
    def has_open_question(self) -> bool:
        return any(said.answers_id is None and said.settled_at is None for said in self.thread)

    @property
    def global_word(self) -> str:
        return self.series.word_for(self.globally.value) if self.globally else ""


def rows_of(submission: Submission) -> list[Row]:
    """Every value that says something, in the order of the catalogue and of time; as many queries for one as for all."""
    cells = _as_the_desk_sees(submission)
    national, globally = _figures_beside(submission, cells)
    names = breakdown_names(cell.breakdown_id for cell in cells)
    threads = _threads(submission)
    befores = _befores(cells, national)
    found = findings_of(submission, cells).by_cell
    rows = []
    for cell in cells:
        thread = threads.get(cell.pk, ())
        published = national.get(_place(cell))
        rows.append(
            Row(
                pk=cell.pk,
                version=cell.version,
                series=cell.series,
                period=cell.period,
                breakdown=cell.breakdown,
                breakdown_name=names[cell.breakdown_id],
                said=cell,
                published=published,
                globally=globally.get(_place(cell)),
                difference=_difference(published, cell),
                before=befores.get(cell.pk),
                mark=_mark(submission, cell, thread),
                findings=found.get(cell.pk, ()),
                thread=thread,
            )
        )
    return rows


def _as_the_desk_sees(submission: Submission) -> list[Cell]:
    """The cells that say something, in order; of a returned submission as they were handed in."""
    cells = [cell for cell in desk_view(submission, None) if not cell.is_empty]
    return sorted(
        cells,
        key=lambda cell: (
            cell.series.position,
            cell.series.code,
            cell.breakdown.key,
            cell.period.end,
            cell.period.start,
            cell.pk,
        ),
    )


def _place(row: Cell | Observation) -> Place:
    return row.series_id, row.period_id, row.breakdown_id


def _figures_beside(
    submission: Submission, cells: Sequence[Cell]
) -> tuple[dict[Place, Observation], dict[Place, Observation]]:
    """The country's own published figures, and the custodian's, of the series of these cells; one query.

    Of a published submission, what stood before it was published.
    """
    before = submission.revision_id - 1 if submission.revision_id else None
    rows = (
        Observation.objects.known_at(before)
        .filter(area=submission.area_id, series__in={cell.series_id for cell in cells})
        .select_related("dataset", "unit", "source", "footnote", "period", "series")
        .order_by("-dataset__rank", "-dataset")
    )
    national: dict[Place, Observation] = {}
    globally: dict[Place, Observation] = {}
    for row in rows:
        if row.dataset_id == submission.dataset_id:
            national[_place(row)] = row
        elif row.dataset.reporting_type == ReportingType.GLOBAL:
            globally[_place(row)] = row  # the one that is shown first comes last
    return national, globally


def _amount(row: Cell | Observation) -> Amount:
    return Amount(row.value, row.status, row.unit.code, row.multiplier)


def _difference(published: Observation | None, said: Cell) -> Difference:
    if published is None:
        return Difference(Kind.NEW)
    return difference(_amount(published), _amount(said), described=_is_described_anew(published, said))


def _is_described_anew(published: Observation, said: Cell) -> bool:
    texts = [
        (published.source.text if published.source else "", said.source),
        (published.footnote.text if published.footnote else "", said.footnote),
        *((getattr(published, name), getattr(said, name)) for name in _BESIDE),
    ]
    return any((before or None) != (after or None) for before, after in texts)


def _befores(cells: Sequence[Cell], national: dict[Place, Observation]) -> dict[int, Before]:
    """For each cell the value of the period before it in its line: that of the submission, else the published one."""
    lines: dict[tuple[int, int, str], dict[int, tuple[Period, Cell | Observation]]] = {}
    for row in national.values():
        lines.setdefault((row.series_id, row.breakdown_id, row.period.frequency), {})[row.period_id] = (row.period, row)
    for cell in cells:
        line = lines.setdefault((cell.series_id, cell.breakdown_id, cell.period.frequency), {})
        line[cell.period_id] = (cell.period, cell)
    ordered = {key: sorted(line.values(), key=lambda pair: pair[0].end) for key, line in lines.items()}
    found = {}
    for cell in cells:
        line_before = ordered[cell.series_id, cell.breakdown_id, cell.period.frequency]
        before = [pair for pair in line_before if pair[0].end < cell.period.start and pair[1].value is not None]
        if before and cell.value is not None:
            found[cell.pk] = _before(*before[-1], cell)
    return found


def _before(period: Period, row: Cell | Observation, content: Cell) -> Before:
    assert row.value is not None
    return Before(period.code, row.value, *change_between(_amount(row), _amount(content)))


def _threads(submission: Submission) -> dict[int, tuple[Comment, ...]]:
    """What was said of each value that the desk may read, oldest first: not what the country keeps to itself."""
    rows = submission.comments.exclude(internal=True, from_desk=False).exclude(cell=None)
    threads: dict[int, list[Comment]] = {}
    for row in rows.select_related("by", "settled_by").order_by("at", "pk"):
        threads.setdefault(row.cell_id or 0, []).append(row)
    return {pk: tuple(thread) for pk, thread in threads.items()}


def _mark(submission: Submission, cell: Cell, thread: Sequence[Comment]) -> str:
    """The mark; of a returned submission what is asked of the value, for a mark that goes would tell of a change."""
    if submission.state != State.RETURNED:
        return cell.mark
    asked = any(said.from_desk and said.answers_id is None and not said.internal for said in thread)
    return Mark.QUERIED if asked else Mark.NONE
