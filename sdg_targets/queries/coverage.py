"""Coverage, answered: every expected figure with its state, by series, by indicator and by country.

Expected is what ``domain.coverage`` says: it is decided there, and here only joined with what is there. The number of
queries does not grow with the number of countries, series or observations.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sdg_targets.domain.coverage import (
    Fact,
    Reach,
    State,
    Summary,
    best_of,
    is_division,
    state_by_dimension,
    state_of,
    summary,
)
from sdg_targets.models import Area, Dimension, Indicator, Series

from .coverage_facts import (
    categories_there,
    newest_by_dimension,
    newest_facts,
    reaches,
    years_published,
    years_there,
)
from .known_context import KnownContext


@dataclass(frozen=True, slots=True)
class CoverageQuestion:
    """Of which series and areas coverage is asked, at which moment of knowledge.

    ``dimension`` is the code of a dimension whose breakdowns are asked for; blank asks for the headline figures. Age is
    counted up to ``reference_year``.
    """

    series: tuple[Series, ...]
    areas: tuple[Area, ...]
    known: KnownContext
    reference_year: int
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One expected figure: of a series, for an area and, where ``dimension`` is not blank, broken down by it.

    ``fact`` is the newest row: of the headline breakdown or, for a dimension, of those that name a category of it.
    """

    series: Series
    area: Area
    dimension: str
    state: State
    fact: Fact | None

    @property
    def has_figure(self) -> bool:
        return self.state is State.FIGURE

    @property
    def year(self) -> int | None:
        """The year that the figure is for, where there is one."""
        return self.fact.year if self.fact and self.has_figure else None


@dataclass(frozen=True, slots=True)
class IndicatorCell:
    """One indicator for one area: the state of the first of its series that has a figure, else the best reason."""

    indicator: Indicator
    area: Area
    state: State
    cell: Cell | None

    @property
    def year(self) -> int | None:
        return self.cell.year if self.cell else None


@dataclass(frozen=True, slots=True)
class DimensionCount:
    """For how many areas an indicator has figures broken down by an expected dimension."""

    dimension: Dimension
    areas: int


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator across the areas asked for: in all, and in each of the groups asked for."""

    indicator: Indicator
    summary: Summary
    by_group: tuple[Summary, ...]
    dimensions: tuple[DimensionCount, ...]
    cells: tuple[IndicatorCell, ...]

    @property
    def plain(self) -> str:
        """What the indicator means, in one plain sentence of ours (read with its profile)."""
        return self.indicator.migration.text("plain")

    @property
    def state(self) -> State:
        """The state of the best of its cells."""
        return best_of(cell.state for cell in self.cells)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area across the indicators asked for."""

    area: Area
    summary: Summary
    cells: tuple[IndicatorCell, ...]


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One series across the areas asked for, with the years for which anybody has a figure."""

    series: Series
    summary: Summary
    dimensions: tuple[DimensionCount, ...]
    years: int


def expected_series() -> list[Series]:
    """The series of the indicators followed here, with what is expected of them, in three queries."""
    rows = Series.objects.about_migration()
    return list(rows.select_related("unit").prefetch_related("indicators__migration", "expected_dimensions"))


class Coverage:
    """The answers to one question; what is there is read once, when it is first needed."""

    def __init__(self, question: CoverageQuestion) -> None:
        self.question = question

    @cached_property
    def _series_ids(self) -> list[int]:
        return [series.pk for series in self.question.series]

    @cached_property
    def _area_ids(self) -> list[int]:
        return [area.pk for area in self.question.areas]

    @cached_property
    def _facts(self) -> dict[tuple[int, int], Fact]:
        return newest_facts(self._series_ids, self._area_ids, self.question.known)

    @cached_property
    def _reaches(self) -> dict[int, Reach]:
        return reaches(self._series_ids, self.question.known)

    @cached_property
    def _categories(self) -> dict[tuple[int, int, str], int]:
        return categories_there(self._series_ids, self._area_ids, self.question.known)

    @cached_property
    def _divided(self) -> dict[tuple[int, str], set[int]]:
        """By series and expected dimension: the areas whose figures are broken down by it."""
        found: dict[tuple[int, str], set[int]] = {}
        for (series_id, area_id, code), categories in self._categories.items():
            if is_division(categories):
                found.setdefault((series_id, code), set()).add(area_id)
        return found

    @cached_property
    def _by_dimension(self) -> dict[tuple[int, int], Fact]:
        asked = self.question.dimension
        return newest_by_dimension(self._series_ids, self._area_ids, self.question.known, dimension=asked)

    @cached_property
    def _of_indicator(self) -> dict[int, list[Series]]:
        """The series of which figures are expected, by the ids of their indicators."""
        found: dict[int, list[Series]] = {}
        for series in self._expecting:
            for indicator in series.indicators.all():
                found.setdefault(indicator.pk, []).append(series)
        return found

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every expected figure, in the order in which series and areas are asked for."""
        return tuple(self._cell(series, area) for series in self._expecting for area in self.question.areas)

    @cached_property
    def _expecting(self) -> list[Series]:
        """The series of which figures are expected.

        Not those whose place a newer series that is asked for, and was published, has taken; and with a dimension only
        those of which a breakdown by it is expected.
        """
        replaced = {series.predecessor_id for series in self.question.series if series.pk in self._reaches}
        wanted = self.question.dimension
        return [
            series
            for series in self.question.series
            if series.pk not in replaced and (not wanted or wanted in expected_codes(series))
        ]

    def _cell(self, series: Series, area: Area) -> Cell:
        fact = self._facts.get((series.pk, area.pk))
        state = state_of(fact, self._reaches.get(series.pk, Reach.NOBODY))
        dimension = self.question.dimension
        if dimension:
            categories = self._categories.get((series.pk, area.pk, dimension), 0)
            state = state_by_dimension(state, categories=categories)
            fact = self._by_dimension.get((series.pk, area.pk))
        return Cell(series, area, dimension, state, fact)

    def years(self, cells: Iterable[Cell]) -> dict[tuple[int, int], tuple[int, int]]:
        """For each cell's series and area: years with a figure, of the years for which the series is published."""
        asked = list(cells)
        series = sorted({cell.series.pk for cell in asked})
        there = years_there(series, sorted({cell.area.pk for cell in asked}), self.question.known)
        published = years_published(series, self.question.known)
        pairs = {(cell.series.pk, cell.area.pk) for cell in asked}
        return {pair: (there.get(pair, 0), published.get(pair[0], 0)) for pair in pairs}

    def by_series(self) -> list[SeriesRow]:
        """Each series asked for across the areas."""
        found: dict[int, list[Cell]] = {}
        for cell in self.cells:
            found.setdefault(cell.series.pk, []).append(cell)
        published = years_published(self._series_ids, self.question.known)
        return [
            SeriesRow(
                series, self._summary(found.get(series.pk, ())), self._dimensions([series]), published.get(series.pk, 0)
            )
            for series in self._expecting
        ]

    def by_indicator(
        self, indicators: Sequence[Indicator], groups: Sequence[frozenset[int]] = ()
    ) -> list[IndicatorRow]:
        """Each indicator across the areas, in all and in each group (a set of ids of areas)."""
        rows = []
        for indicator, cells in self._indicator_cells(indicators):
            by_group = tuple(self._summary([c for c in cells if c.area.pk in group]) for group in groups)
            dimensions = self._dimensions(self._of_indicator.get(indicator.pk, ()))
            rows.append(IndicatorRow(indicator, self._summary(cells), by_group, dimensions, cells))
        return rows

    def by_area(self, rows: Sequence[IndicatorRow]) -> list[AreaRow]:
        """The rows of indicators seen from the areas: each area across the indicators."""
        columns = zip(*(row.cells for row in rows), strict=True) if rows else ()
        return [AreaRow(cells[0].area, self._summary(cells), cells) for cells in columns]

    def in_all(self, rows: Sequence[IndicatorRow]) -> Summary:
        """Every indicator for every area, counted."""
        return self._summary([cell for row in rows for cell in row.cells])

    def _indicator_cells(self, indicators: Sequence[Indicator]) -> list[tuple[Indicator, tuple[IndicatorCell, ...]]]:
        """The indicators with their cells; with a dimension, those of which a breakdown by it is expected."""
        by_series: dict[int, dict[int, Cell]] = {}
        for cell in self.cells:
            by_series.setdefault(cell.series.pk, {})[cell.area.pk] = cell
        found = []
        for indicator in indicators:
            mine = [by_series[s.pk] for s in self._of_indicator.get(indicator.pk, ()) if s.pk in by_series]
            if mine or not self.question.dimension:
                found.append((indicator, tuple(self._best(indicator, area, mine) for area in self.question.areas)))
        return found

    def _best(self, indicator: Indicator, area: Area, series: Sequence[dict[int, Cell]]) -> IndicatorCell:
        cells = [cells[area.pk] for cells in series]
        state = best_of(cell.state for cell in cells)
        return IndicatorCell(indicator, area, state, next((cell for cell in cells if cell.state is state), None))

    def _dimensions(self, series: Sequence[Series]) -> tuple[DimensionCount, ...]:
        """For each dimension expected of any of the series: for how many areas one of them is broken down by it."""
        expected = {dimension.code: dimension for one in series for dimension in one.expected_dimensions.all()}
        ordered = sorted(expected.values(), key=lambda dimension: (dimension.position, dimension.code))
        divided = [
            set().union(*(self._divided.get((one.pk, dimension.code), set()) for one in series))
            for dimension in ordered
        ]
        return tuple(DimensionCount(dimension, len(areas)) for dimension, areas in zip(ordered, divided, strict=True))

    def _summary(self, cells: Iterable[Cell | IndicatorCell]) -> Summary:
        given = list(cells)
        return summary(
            [cell.state for cell in given],
            [cell.year for cell in given if cell.year is not None],
            reference_year=self.question.reference_year,
        )


def expected_codes(series: Series) -> list[str]:
    """Codes of the dimensions by which a series should be broken down (read with them)."""
    return [dimension.code for dimension in series.expected_dimensions.all()]
