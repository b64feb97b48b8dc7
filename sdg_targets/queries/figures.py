"""A figure as every page and chart takes it: the value with all that must stand beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet, Subquery
from django.utils.translation import get_language

from sdg_targets.domain.comparability import is_break
from sdg_targets.domain.languages import LANGUAGES, local_name
from sdg_targets.models import AreaStatus, Latest, Nature, Observation, ReportingType, Series, SeriesCoverage

from .known_context import KnownContext

#: What a figure is read from. A model object for each of some thousand rows would take most of a page's time.
_COLUMNS: Final = (
    "id",
    "series_id",
    "dataset__code",
    "dataset__reporting_type",
    "area_id",
    "area__code",
    "area__status",
    "period__code",
    "period__end",
    "breakdown__key",
    "value",
    "status",
    "nature",
    "value_text",
    "unit__code",
    "multiplier",
    "base_period",
    "source__text",
    "footnote__text",
    *(f"area__name_{language}" for language in LANGUAGES),
    *(f"unit__symbol_{language}" for language in LANGUAGES),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One observation, read. ``value`` is ``None`` where ``status`` says why; ``printed`` is what the publisher wrote."""

    series_id: int
    area_id: int
    area_code: str
    area_name: str
    is_aggregate: bool
    period: str
    period_end: date
    breakdown: str
    value: Decimal | None
    status: str
    nature: str
    symbol: str
    printed: str | None = None
    source: str = ""
    footnote: str = ""
    dataset: str = ""
    word: str = ""
    is_break: bool = False
    is_national: bool = False
    unit: str = ""
    multiplier: int = 0
    base_period: str = ""
    observation_id: int | None = None

    @property
    def measure(self) -> tuple[str, int, str]:
        """In what it is measured: two figures whose unit, multiplier or base period differ are not compared."""
        return self.unit, self.multiplier, self.base_period

    @property
    def year(self) -> int:
        return self.period_end.year

    @property
    def is_made(self) -> bool:
        """Whether an agency estimated or modelled it: it is marked, and never looks like country data."""
        return self.nature in (Nature.ESTIMATED, Nature.MODELLED)


def read_figures(rows: "QuerySet[Observation]", series: Iterable[Series]) -> Iterator[Figure]:
    """The figures of a query's rows, in its order, in one query; ``series`` are those that the rows can be of."""
    known = {one.pk: one for one in series}
    asked = get_language()
    for row in rows.values_list(*_COLUMNS, named=True):
        yield _figure(row, known[row.series_id], asked)


def _figure(row: Any, series: Series, asked: str | None) -> Figure:
    return Figure(
        series_id=row.series_id,
        area_id=row.area_id,
        area_code=row.area__code,
        area_name=_local(row, "area__name", asked),
        is_aggregate=row.area__status == AreaStatus.AGGREGATE,
        period=row.period__code,
        period_end=row.period__end,
        breakdown=row.breakdown__key,
        value=row.value,
        status=row.status,
        nature=row.nature,
        symbol=_local(row, "unit__symbol", asked),
        printed=row.value_text,
        source=row.source__text or "",
        footnote=row.footnote__text or "",
        dataset=row.dataset__code,
        word=series.word_for(row.value),
        is_break=is_break(row.status, row.period__end.year, series.breaks),
        is_national=row.dataset__reporting_type == ReportingType.NATIONAL,
        unit=row.unit__code,
        multiplier=row.multiplier,
        base_period=row.base_period or "",
        observation_id=row.id,
    )


def _local(row: Any, stem: str, asked: str | None) -> str:
    return local_name({language: getattr(row, f"{stem}_{language}") for language in LANGUAGES}, asked).text


def headline_rows(series: Series, known: KnownContext, **where: object) -> list[Figure]:
    """Figures of a series in its headline breakdown, one for each area and period.

    They are of one dataset, the first of the series; a country's own stand beside, not among them. Where an area has
    several headline breakdowns in a period, the first in the series' own order stands. ``where`` narrows the rows
    (``area_id``, ``period__code`` ...).
    """
    rows = of_headline(series, known).filter(**where)
    ordered = rows.order_by("period__end", "period__start", "area_id")
    return preferred(read_figures(ordered, [series]), series)


def newest_rows(series: Series, known: KnownContext) -> list[Figure]:
    """The newest figure with a value of each area, and of each area that has none its newest row without.

    Between headline breakdowns of one period the first in the series' own order stands. What is believed now is read
    from ``Latest``, so that the length of the history does not matter; a past moment is read from the rows.
    """
    rows = of_headline(series, known)
    valued = rows.with_value()
    if known.is_now:
        newest = Latest.objects.filter(series=series, breakdown__key__in=series.headline_keys)
        valued = valued.filter(pk__in=newest.values("observation_id"))
    found = latest_of(_newest_of_each(valued, series))
    without = {figure.area_id: figure for figure in _newest_of_each(rows.filter(value=None), series)}
    return [*found.values(), *(figure for area, figure in without.items() if area not in found)]


def _newest_of_each(rows: "QuerySet[Observation]", series: Series) -> list[Figure]:
    """Of each area and breakdown the figure with the greatest end of period; the oldest first."""
    one = ("area_id", "breakdown_id")
    newest = rows.order_by(*one, "-period__end", "-period__start").distinct(*one)
    return sorted(preferred(read_figures(newest, [series]), series), key=lambda figure: figure.period_end)


def of_headline(series: Series, known: KnownContext) -> Any:
    """Rows of the headline breakdowns in the one dataset that is shown of a series: figures of areas are set side by side."""
    rows = Observation.objects.known_at(known.revision).filter(dataset_id=_first_dataset(series))
    return rows.filter(series=series, breakdown__key__in=series.headline_keys)


def _first_dataset(series: Series) -> Subquery:
    """Of the global datasets that hold figures of a series, the one of the lowest rank."""
    held = SeriesCoverage.objects.filter(series=series, dataset__reporting_type=ReportingType.GLOBAL)
    return Subquery(held.order_by("dataset__rank", "dataset_id").values("dataset_id")[:1])


def preferred(rows: Iterable[Figure], series: Series) -> list[Figure]:
    """One figure for each area and period: that of the first headline breakdown that is there."""
    order = {key: place for place, key in enumerate(series.headline_keys)}
    chosen: dict[tuple[int, str], Figure] = {}
    for row in rows:
        key = (row.area_id, row.period)
        standing = chosen.get(key)
        if standing is None or order.get(row.breakdown, 99) < order.get(standing.breakdown, 99):
            chosen[key] = row
    return list(chosen.values())


def latest_of(figures: Iterable[Figure]) -> dict[int, Figure]:
    """The newest figure with a value of each area, by area id. The first headline breakdown wins only within a period."""
    newest: dict[int, Figure] = {}
    for item in figures:
        standing = newest.get(item.area_id)
        if item.value is not None and (standing is None or item.period_end >= standing.period_end):
            newest[item.area_id] = item
    return newest
