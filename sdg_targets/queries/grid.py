"""A submission as a grid: rows are series by breakdown, columns are periods, cells hold the draft beside what is published.

A fixed number of queries, however many series and periods a round asks for. Series that are asked for by year and series
asked for by quarter stand in sheets of their own, because they share no column.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db.models import Count, Q

from sdg_targets.domain.languages import LocalName
from sdg_targets.domain.periods import Period, parse_period
from sdg_targets.models import Cell, Frequency, RoundItem, Series, Submission

from .breakdown_names import breakdown_words
from .published_beside import Last, Place, Published, last_of, published_beside

#: What the reviewers asked and nobody has settled.
_OPEN_QUESTION: Final = Q(comments__from_desk=True, comments__internal=False, comments__settled_at=None)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the submission says in one cell, by whom and since when."""

    id: int
    version: int
    typed: str
    value: Decimal | None
    status: str
    is_empty: bool
    has_notes: bool
    mark: str
    by: str
    at: datetime
    open_comments: int = 0
    time_detail: str = ""
    source: str = ""

    @property
    def is_unread(self) -> bool:
        """Whether something was typed that is no number."""
        return self.value is None and bool(self.typed)


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One period. ``detail`` says what kind of year it is, where the cells of the column say so."""

    period: Period
    detail: str = ""

    @property
    def code(self) -> str:
        return self.period.code


@dataclass(frozen=True, slots=True)
class GridCell:
    """One place of the grid. What is asked for is counted; what is not asked for can be entered all the same."""

    place: Place
    asked: bool
    draft: Draft | None = None
    national: Published | None = None
    world: Published | None = None

    @property
    def period(self) -> Period:
        return parse_period(self.place[1])

    @property
    def version(self) -> int:
        """The version that a person sees here: 0 where nothing was ever entered."""
        return self.draft.version if self.draft else 0

    @property
    def is_filled(self) -> bool:
        return self.draft is not None and not self.draft.is_empty


@dataclass(frozen=True, slots=True)
class GridRow:
    """One breakdown of a series, its cells in the order of the columns."""

    breakdown: str
    words: str
    cells: tuple[GridCell, ...]
    last: Last | None = None


@dataclass(frozen=True, slots=True)
class GridSeries:
    """A series with its rows: what it is called, its unit and the indicators that it measures."""

    code: str
    name: LocalName
    unit: str
    symbol: str
    indicators: tuple[str, ...]
    is_asked: bool
    rows: tuple[GridRow, ...]

    @property
    def cells(self) -> Iterable[GridCell]:
        return (cell for row in self.rows for cell in row.cells)

    @property
    def source(self) -> str:
        """The source that most of the values entered of it name: a further value is likely to have the same."""
        named = Counter(cell.draft.source for cell in self.cells if cell.draft and cell.draft.source)
        return named.most_common(1)[0][0] if named else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The series that share their columns."""

    frequency: str
    columns: tuple[GridColumn, ...]
    series: tuple[GridSeries, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Everything of a submission that is entered in a grid."""

    sheets: tuple[Sheet, ...]

    @property
    def cells(self) -> Iterable[GridCell]:
        return (cell for sheet in self.sheets for series in sheet.series for cell in series.cells)

    @property
    def asked(self) -> int:
        return sum(cell.asked for cell in self.cells)

    @property
    def filled(self) -> int:
        """How many of the values asked for are there."""
        return sum(cell.asked and cell.is_filled for cell in self.cells)

    @property
    def beyond(self) -> int:
        """How many values are there that were not asked for: they are welcome, and not counted."""
        return sum(not cell.asked and cell.is_filled for cell in self.cells)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A series of the grid with the item that asks for it; of a series that nobody asked for there is none."""

    series: Series
    item: RoundItem | None

    @property
    def frequency(self) -> str:
        return self.item.frequency if self.item else Frequency.YEAR


@dataclass(frozen=True, slots=True)
class _Facts:
    """What was read, by the codes of its place."""

    drafts: Mapping[Place, Draft]
    national: Mapping[Place, Published]
    world: Mapping[Place, Published]
    words: Mapping[str, str]
    last: Mapping[tuple[str, str], Last]


def grid_of(submission: Submission, *, also: Sequence[GridColumn] = ()) -> Grid:
    """The grid of a submission; ``also`` are further columns that a person wants to fill. What is computed from
    answers to a questionnaire is not in it; what the country defined for itself always is. Six queries, however large it is.
    """
    items = list(
        RoundItem.objects.typed()
        .filter(round=submission.round_id)
        .select_related("series__unit")
        .prefetch_related("series__indicators")
    )
    cells = list(
        submission.cells.exclude(series__in=Series.objects.computed())
        .select_related("series__unit", "period", "breakdown", "changed_by")
        .annotate(open_comments=Count("comments", filter=_OPEN_QUESTION))
    )
    own = Series.objects.own_of(submission.area).select_related("unit").order_by("code")
    wanted = _wanted(items, own, cells)
    drafts = {place_of(cell): _draft(cell) for cell in cells}
    keys = {one.series.code: _breakdowns(one, drafts) for one in wanted}
    breakdowns = {key for found in keys.values() for key in found}
    national, world = published_beside(submission, [one.series for one in wanted], breakdowns)
    words = breakdown_words(breakdowns)
    facts = _Facts(drafts, national, world, words, last_of(world, national))
    sheets = [
        _sheet(frequency, [one for one in wanted if one.frequency == frequency], keys, facts, also)
        for frequency in (Frequency.YEAR, Frequency.QUARTER)
    ]
    return Grid(tuple(sheet for sheet in sheets if sheet.series))


def _wanted(items: Sequence[RoundItem], own: Iterable[Series], cells: Sequence[Cell]) -> list[_Asked]:
    """The series of the grid: those asked for in the order of the round, the country's own, and what was entered besides."""
    wanted = {item.series_id: _Asked(item.series, item) for item in items}
    for series in own:
        wanted.setdefault(series.pk, _Asked(series, None))
    for cell in sorted(cells, key=lambda cell: cell.series.code):
        if not cell.is_empty:
            wanted.setdefault(cell.series_id, _Asked(cell.series, None))
    return list(wanted.values())


def _breakdowns(one: _Asked, drafts: Mapping[Place, Draft]) -> list[str]:
    """Keys of the rows of a series: those asked for, then those that were entered besides."""
    asked = list(one.item.breakdowns) if one.item else one.series.headline_keys if one.series.owner_id else []
    entered = {place[2] for place, draft in drafts.items() if place[0] == one.series.code and not draft.is_empty}
    return [*asked, *sorted(entered - set(asked))]


def _sheet(
    frequency: str,
    wanted: Sequence[_Asked],
    keys: Mapping[str, Sequence[str]],
    facts: _Facts,
    also: Sequence[GridColumn],
) -> Sheet:
    codes = {one.series.code for one in wanted}
    columns = {code: GridColumn(parse_period(code)) for one in wanted if one.item for code in one.item.period_codes}
    for column in also:
        if (column.period.frequency == "Q") == (frequency == Frequency.QUARTER):
            columns.setdefault(column.code, column)
    for place, draft in facts.drafts.items():
        if place[0] in codes and not draft.is_empty:
            detail = draft.time_detail or (columns[place[1]].detail if place[1] in columns else "")
            columns[place[1]] = GridColumn(parse_period(place[1]), detail)
    ordered = sorted(columns.values(), key=lambda column: column.period)
    return Sheet(
        frequency, tuple(ordered), tuple(_series(one, keys[one.series.code], ordered, facts) for one in wanted)
    )


def _series(one: _Asked, keys: Sequence[str], columns: Sequence[GridColumn], facts: _Facts) -> GridSeries:
    asked = {(period, key) for period in one.item.period_codes for key in one.item.breakdowns} if one.item else set()
    rows = []
    for key in keys:
        places = [(one.series.code, column.code, key) for column in columns]
        cells = [
            GridCell(
                place,
                asked=(place[1], key) in asked,
                draft=facts.drafts.get(place),
                national=facts.national.get(place),
                world=facts.world.get(place),
            )
            for place in places
        ]
        rows.append(GridRow(key, facts.words[key], tuple(cells), facts.last.get((one.series.code, key))))
    return GridSeries(
        code=one.series.code,
        name=one.series.name,
        unit=str(one.series.unit.name),
        symbol=one.series.unit.symbol,
        indicators=tuple(sorted(indicator.code for indicator in one.series.indicators.all())) if one.item else (),
        is_asked=one.item is not None,
        rows=tuple(rows),
    )


def place_of(cell: Cell) -> Place:
    """How a cell, read with its names, is called outside the database."""
    return cell.series.code, cell.period.code, cell.breakdown.key


def _draft(cell: Cell) -> Draft:
    said = (cell.footnote, cell.note, cell.explanation, cell.lower_bound, cell.upper_bound)
    return Draft(
        id=cell.pk,
        version=cell.version,
        typed=cell.typed,
        value=cell.value,
        status=cell.status,
        is_empty=cell.is_empty,
        has_notes=any(each not in ("", None) for each in said),
        mark=cell.mark,
        by=str(cell.changed_by or ""),
        at=cell.changed_at,
        open_comments=getattr(cell, "open_comments", 0),
        time_detail=cell.time_detail,
        source=cell.source,
    )
