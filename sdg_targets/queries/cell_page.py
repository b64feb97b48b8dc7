"""One cell with all that a person may want to know of it: what it means, what was published, who said what, and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q

from sdg_targets.domain.periods import Period, PeriodError, parse_period
from sdg_targets.models import (
    Cell,
    CellVersion,
    Comment,
    Nature,
    Observation,
    ReportingType,
    Series,
    Status,
    Submission,
    Unit,
)
from sdg_targets.models.cells import CONTENT

from .breakdown_names import breakdown_words
from .grid import Grid, GridCell
from .metadata import MetadataSheet, sheets_of
from .published_beside import Place, Published

#: So many periods before and after are shown beside a value.
LAST: Final = 8

#: What the fields of a cell are called.
_LABELS: Final = {field.attname: field.verbose_name for field in CellVersion._meta.fields}


@dataclass(frozen=True, slots=True)
class LastValue:
    """What was published for one period: by the country, and by a global dataset."""

    period: str
    national: Published | None
    world: Published | None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a cell: what it said before and what it says since."""

    name: str
    label: str
    before: Any
    after: Any

    @property
    def is_number(self) -> bool:
        return isinstance(self.after if self.before is None else self.before, Decimal)


@dataclass(frozen=True, slots=True)
class CellChange:
    """One version of a cell: who made it, when, how, and what it changed."""

    version: int
    by: str
    at: datetime
    way: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with the answers to it."""

    comment: Comment
    answers: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class CellPage:
    """All that the page of one cell says."""

    place: Place
    series: Series
    indicators: tuple[str, ...]
    period: Period
    words: str
    cell: Cell | None
    grid_cell: GridCell | None
    meaning: MetadataSheet | None
    last: tuple[LastValue, ...]
    history: tuple[CellChange, ...]
    threads: tuple[Thread, ...]
    before: Place | None
    after: Place | None
    number: int
    count: int

    @property
    def version(self) -> int:
        return self.cell.version if self.cell else 0


def cell_page(submission: Submission, place: Place, found: Grid) -> CellPage | None:
    """The page of a cell of a grid; nothing for a series, breakdown or period that does not exist in it.

    A period that is not among the columns can be entered all the same: it is one that exists.
    """
    code, period, key = place
    read = period_or_none(period)
    rows = {(cell.place[0], cell.place[2]) for cell in found.cells}
    if read is None or (code, key) not in rows:
        return None
    series = Series.objects.select_related("unit").prefetch_related("indicators").get(code=code)
    cell = _cell(submission, series, read.code, key)
    places = [one.place for one in found.cells if one.asked or one.is_filled]
    at = places.index(place) if place in places else -1
    indicators = sorted(series.indicators.all(), key=lambda one: one.sort)
    sheets = sheets_of(indicators[0].pk) if indicators else []
    return CellPage(
        place=place,
        series=series,
        indicators=tuple(one.code for one in indicators),
        period=read,
        words=breakdown_words([key])[key],
        cell=cell,
        grid_cell=next((one for one in found.cells if one.place == place), None),
        meaning=next((sheet for sheet in sheets if not sheet.is_national), None),
        last=tuple(_last(submission, series, key)),
        history=tuple(_history(cell)),
        threads=tuple(threads_of(submission, cell)),
        before=places[at - 1] if at > 0 else None,
        after=places[at + 1] if 0 <= at < len(places) - 1 else None,
        number=at + 1,
        count=len(places),
    )


def period_or_none(text: str) -> Period | None:
    try:
        return parse_period(text)
    except PeriodError:
        return None


def _cell(submission: Submission, series: Series, period: str, key: str) -> Cell | None:
    rows = submission.cells.with_names().filter(series=series, period__code=period, breakdown__key=key)
    return rows.first()


def _last(submission: Submission, series: Series, key: str) -> Iterable[LastValue]:
    """What was published of the same series and breakdown, the newest first."""
    rows = Observation.objects.current().filter(area=submission.area_id, series=series, breakdown__key=key)
    national: dict[str, Published] = {}
    world: dict[str, Published] = {}
    for row in rows.select_related("dataset", "period").order_by("-period__end", "dataset__rank"):
        found = Published(row.value, row.status, row.nature, row.value_text)
        if row.dataset_id == submission.dataset_id:
            national[row.period.code] = found
        elif row.dataset.reporting_type == ReportingType.GLOBAL:
            world.setdefault(row.period.code, found)
    codes = sorted({*national, *world}, key=parse_period, reverse=True)
    return [LastValue(code, national.get(code), world.get(code)) for code in codes[:LAST]]


def _history(cell: Cell | None) -> Iterable[CellChange]:
    """Every version of a cell with what it changed, the newest first."""
    if cell is None:
        return []
    rows = list(CellVersion.objects.filter(cell=cell).select_related("by", "unit").order_by("version"))
    changes = []
    for before, row in zip([None, *rows], rows, strict=False):
        changes.append(CellChange(row.version, str(row.by or ""), row.at, row.way, tuple(_differences(before, row))))
    return reversed(changes)


def _differences(before: CellVersion | None, after: CellVersion) -> Iterable[FieldChange]:
    blank = Cell(unit=after.unit)
    for name in CONTENT:
        old, new = getattr(before or blank, name), getattr(after, name)
        if old == new or (name == "typed" and after.value is not None):
            continue  # what was typed is told only where it is not the value
        yield FieldChange(name, str(_LABELS[name]), _shown(name, old), _shown(name, new))


def _shown(name: str, value: Any) -> Any:
    """A field as people read it: a code by its words."""
    if name == "status":
        return str(Status(value).label)
    if name == "nature":
        return str(Nature(value).label)
    if name == "unit_id":
        return str(Unit.objects.get(pk=value))
    return value


def threads_of(submission: Submission, cell: Cell | None) -> Sequence[Thread]:
    """What was said of a cell, or of the submission as a whole, as the country's team sees it; one query."""
    seen = Q(internal=False) | Q(from_desk=False)
    rows = list(Comment.objects.filter(seen, submission=submission, cell=cell).select_related("by", "settled_by"))
    return [
        Thread(row, tuple(each for each in rows if each.answers_id == row.pk)) for row in rows if row.answers_id is None
    ]
