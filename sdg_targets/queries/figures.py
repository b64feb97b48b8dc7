"""A figure as every page and chart takes it: the value with all that must stand beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sdg_targets.models import Observation, Series

from .known_context import KnownContext


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
    word: str = ""

    @property
    def year(self) -> int:
        return self.period_end.year


def figure(row: Observation, series: Series) -> Figure:
    """The figure of an observation that came with names (``Observation.objects.with_names()``)."""
    return Figure(
        series_id=row.series_id,
        area_id=row.area_id,
        area_code=row.area.code,
        area_name=str(row.area.name),
        is_aggregate=row.area.status == "aggregate",
        period=row.period.code,
        period_end=row.period.end,
        breakdown=row.breakdown.key,
        value=row.value,
        status=row.status,
        nature=row.nature,
        symbol=row.unit.symbol,
        printed=row.value_text,
        source=row.source.text if row.source else "",
        footnote=row.footnote.text if row.footnote else "",
        word=series.word_for(row.value),
    )


def headline_rows(series: Series, known: KnownContext, **where: object) -> list[Figure]:
    """Figures of a series in its headline breakdown, one for each area and period.

    Where an area has several headline breakdowns in a period, the first in the series' own order stands; among datasets
    the one with the lowest rank. ``where`` narrows the rows (``area_id``, ``period__code`` ...).
    """
    rows = (
        Observation.objects.known_at(known.revision)
        .filter(series=series, breakdown__key__in=series.headline or ["_T"], **where)
        .with_names()
        .order_by("period__end", "period__start", "dataset__rank", "area_id")
    )
    return preferred(rows, series)


def preferred(rows: Iterable[Observation], series: Series) -> list[Figure]:
    """One figure for each area and period: the first headline breakdown that is there, the first dataset."""
    order = {key: place for place, key in enumerate(series.headline or ["_T"])}
    chosen: dict[tuple[int, int], Observation] = {}
    for row in rows:
        key = (row.area_id, row.period_id)
        standing = chosen.get(key)
        if standing is None or order.get(row.breakdown.key, 99) < order.get(standing.breakdown.key, 99):
            chosen[key] = row
    return [figure(row, series) for row in chosen.values()]


def latest_of(figures: Iterable[Figure]) -> dict[int, Figure]:
    """The newest figure with a value of each area, by area id. The first headline breakdown wins only within a period."""
    newest: dict[int, Figure] = {}
    for item in figures:
        standing = newest.get(item.area_id)
        if item.value is not None and (standing is None or item.period_end >= standing.period_end):
            newest[item.area_id] = item
    return newest
