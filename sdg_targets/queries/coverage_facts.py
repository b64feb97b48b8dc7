"""What is there, for coverage: the newest row of each country and series, the categories there are, and the years.

Each question is one statement over sets. The present is read from ``Latest`` and from the few rows without a value, so
that the length of the history does not matter; a past moment is read from the versions known then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from sdg_targets.domain.coverage import NOT_SPECIFIED, Fact, Reach
from sdg_targets.domain.disaggregation import TOTAL
from sdg_targets.models import OPEN

from .known_context import KnownContext

#: A series and an area, by their ids.
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Division:
    """How far the figures of a country are broken down by a dimension.

    ``categories`` have a figure, the total among them; ``newest`` is the newest of those that are not the total.
    """

    categories: int
    newest: Fact | None


_NOW: Final = f"""(
    select series_id, area_id, breakdown_id, period_id, dataset_id, status, null::varchar as printed, true as has_value
    from sdg_targets_latest where series_id = any(%(series)s)
    union all
    select series_id, area_id, breakdown_id, period_id, dataset_id, status, value_text, false
    from sdg_targets_observation where known_to = {OPEN} and value is null and series_id = any(%(series)s))"""
_THEN: Final = """(
    select series_id, area_id, breakdown_id, period_id, dataset_id, status, value_text as printed,
           value is not null as has_value
    from sdg_targets_observation
    where known_from <= %(revision)s and known_to > %(revision)s and series_id = any(%(series)s))"""
_HEADLINE: Final = f"""
    select s.id as series_id, b.id as breakdown_id, b.key, k.place
    from sdg_targets_series s
    cross join unnest(case when s.headline = '{{}}' then array['{TOTAL}']::varchar[] else s.headline end)
        with ordinality as k (key, place)
    join sdg_targets_breakdown b on b.key = k.key
    where s.id = any(%(series)s)"""


def newest_facts(series: Sequence[int], areas: Sequence[int], known: KnownContext) -> dict[Pair, Fact]:
    """The newest row of each area in each series' headline breakdown: one with a value before any without.

    Of one period the first headline breakdown stands, within it the dataset of the lowest rank, as on every page.
    """
    rows = _asked(
        f"""select distinct on (o.series_id, o.area_id) o.series_id, o.area_id, p.code,
                   extract(year from p."end")::int, h.key, d.code, o.status, o.has_value, o.printed
            from {_rows(known)} o
            join ({_HEADLINE}) h on (h.series_id, h.breakdown_id) = (o.series_id, o.breakdown_id)
            join sdg_targets_period p on p.id = o.period_id
            join sdg_targets_dataset d on d.id = o.dataset_id
            where o.area_id = any(%(areas)s)
            order by o.series_id, o.area_id, o.has_value desc, p."end" desc, p.start desc, h.place, d.rank, d.id""",
        series=series,
        areas=areas,
        known=known,
    )
    return {(series_id, area_id): Fact(*fact) for series_id, area_id, *fact in rows}


def reaches(series: Sequence[int], known: KnownContext) -> dict[int, Reach]:
    """For whom each series is published at all, in any breakdown; a series that is missing here is for nobody."""
    rows = _asked(
        f"""select o.series_id, bool_or(a.status <> 'aggregate') from
            (select distinct series_id, area_id from {_rows(known)} every) o
            join sdg_targets_area a on a.id = o.area_id group by o.series_id""",
        series=series,
        known=known,
    )
    return {series_id: Reach.COUNTRIES if by_country else Reach.REGIONS for series_id, by_country in rows}


def divisions(series: Sequence[int], areas: Sequence[int], known: KnownContext) -> dict[tuple[int, int, str], Division]:
    """By series, area and expected dimension: the categories that have a figure, and the newest of them."""
    category = f"coalesce(b.codes ->> dim.code, '{TOTAL}')"
    newest = f"""order by p."end" desc, p.start desc, d.rank) filter (where {category} <> '{TOTAL}'))[1]"""
    rows = _asked(
        f"""select o.series_id, o.area_id, dim.code, count(distinct {category}),
                   (array_agg(p.code {newest}, (array_agg(extract(year from p."end")::int {newest},
                   (array_agg(d.code {newest}, (array_agg(o.status {newest}
            from {_rows(known)} o
            join sdg_targets_series_expected_dimensions e on e.series_id = o.series_id
            join sdg_targets_dimension dim on dim.id = e.dimension_id
            join sdg_targets_breakdown b on b.id = o.breakdown_id
            join sdg_targets_period p on p.id = o.period_id
            join sdg_targets_dataset d on d.id = o.dataset_id
            where o.area_id = any(%(areas)s) and o.has_value and {category} <> '{NOT_SPECIFIED}'
            group by 1, 2, 3""",
        series=series,
        areas=areas,
        known=known,
    )
    return {
        (series_id, area_id, dimension): Division(
            categories, Fact(period, year, "", dataset, status, has_value=True) if period else None
        )
        for series_id, area_id, dimension, categories, period, year, dataset, status in rows
    }


def years_there(series: Sequence[int], areas: Sequence[int], known: KnownContext) -> dict[Pair, int]:
    """By series and area: for how many years there is a figure in a headline breakdown."""
    rows = _asked(
        f"""select o.series_id, o.area_id, count(distinct extract(year from p."end"))
            from sdg_targets_observation o
            join ({_HEADLINE}) h on (h.series_id, h.breakdown_id) = (o.series_id, o.breakdown_id)
            join sdg_targets_period p on p.id = o.period_id
            where {_known(known)} and o.series_id = any(%(series)s) and o.area_id = any(%(areas)s)
              and o.value is not null
            group by 1, 2""",
        series=series,
        areas=areas,
        known=known,
    )
    return {(series_id, area_id): number for series_id, area_id, number in rows}


def years_published(series: Sequence[int], known: KnownContext) -> dict[int, int]:
    """By series: for how many years anybody has a figure, in any breakdown. The years expected of each country."""
    if known.is_now:
        periods = """select c.series_id, p."end" from sdg_targets_seriescoverage c
                     join sdg_targets_period p on p.code = any(c.periods) where c.series_id = any(%(series)s)"""
    else:
        periods = f"""select o.series_id, p."end" from
                      (select distinct series_id, period_id from sdg_targets_observation o
                       where {_known(known)} and series_id = any(%(series)s) and value is not null) o
                      join sdg_targets_period p on p.id = o.period_id"""
    rows = _asked(
        f'select series_id, count(distinct extract(year from "end")) from ({periods}) y group by 1',
        series=series,
        known=known,
    )
    return dict(rows)


def _rows(known: KnownContext) -> str:
    return _NOW if known.is_now else _THEN


def _known(known: KnownContext) -> str:
    return f"o.known_to = {OPEN}" if known.is_now else "o.known_from <= %(revision)s and o.known_to > %(revision)s"


def _asked(
    statement: str, *, series: Sequence[int], known: KnownContext, areas: Sequence[int] = ()
) -> list[tuple[Any, ...]]:
    """The rows of a statement; where no series is asked for there are none, and nothing is asked."""
    if not series:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, {"series": list(series), "areas": list(areas), "revision": known.revision})
        return list(cursor.fetchall())
