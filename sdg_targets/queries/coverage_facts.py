"""What is there, for coverage: the newest row of each country and series, the categories there are, and the years.

Each question is one statement over sets. The present is read from ``Latest`` and from the few rows without a value, so
that the length of the history does not matter; a past moment is read from the versions known then.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.db import connection

from sdg_targets.domain.coverage import NOT_SPECIFIED, Fact, Reach
from sdg_targets.domain.disaggregation import TOTAL
from sdg_targets.models import OPEN, ReportingType

from .known_context import KnownContext

#: A series and an area, by their ids.
Pair = tuple[int, int]

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

#: Figures of a national dataset are those of its own country (``ObservationQuerySet.shown_by_areas``, in SQL).
_OWN_OR_GLOBAL: Final = f"(d.reporting_type = '{ReportingType.GLOBAL}' or d.area_id = o.area_id)"
#: A category of an expected dimension, and the joins that it is read through.
_CATEGORY: Final = f"coalesce(b.codes ->> dim.code, '{TOTAL}')"
_EXPECTED: Final = """
    join sdg_targets_series_expected_dimensions e on e.series_id = o.series_id
    join sdg_targets_breakdown b on b.id = o.breakdown_id
    join sdg_targets_dimension dim on dim.id = e.dimension_id"""


def newest_facts(series: Sequence[int], areas: Sequence[int], known: KnownContext) -> dict[Pair, Fact]:
    """The newest row of each area in each series' headline breakdown: one with a value before any without.

    The global dataset's comes before a country's own, whose newer figure stands beside it, as on every page. Of one period
    the first headline breakdown stands, within it the dataset of the lowest rank.
    """
    rows = _asked(
        f"""select distinct on (o.series_id, o.area_id) o.series_id, o.area_id, p.code,
                   extract(year from p."end")::int, h.key, d.code, o.status, o.has_value, o.printed
            from {_rows(known)} o
            join ({_HEADLINE}) h on (h.series_id, h.breakdown_id) = (o.series_id, o.breakdown_id)
            join sdg_targets_period p on p.id = o.period_id
            join sdg_targets_dataset d on d.id = o.dataset_id
            where o.area_id = any(%(areas)s) and {_OWN_OR_GLOBAL}
            order by o.series_id, o.area_id, o.has_value desc, d.reporting_type, p."end" desc, p.start desc, h.place,
                     d.rank, d.id""",
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


def categories_there(
    series: Sequence[int], areas: Sequence[int], known: KnownContext
) -> dict[tuple[int, int, str], int]:
    """By series, area and expected dimension: how many categories have a figure; the total is one of them."""
    rows = _asked(
        f"""select o.series_id, o.area_id, dim.code, count(distinct {_CATEGORY})
            from {_rows(known)} o {_EXPECTED}
            where o.area_id = any(%(areas)s) and o.has_value and {_CATEGORY} <> '{NOT_SPECIFIED}'
            group by 1, 2, 3""",
        series=series,
        areas=areas,
        known=known,
    )
    return {(series_id, area_id, dimension): number for series_id, area_id, dimension, number in rows}


def newest_by_dimension(
    series: Sequence[int], areas: Sequence[int], known: KnownContext, *, dimension: str
) -> dict[Pair, Fact]:
    """By series and area: the newest figure of a category of the dimension; its breakdown is left blank, it is one of many."""
    rows = _asked(
        f"""select distinct on (o.series_id, o.area_id) o.series_id, o.area_id, p.code,
                   extract(year from p."end")::int, '', d.code, o.status, true
            from {_rows(known)} o {_EXPECTED} and dim.code = %(dimension)s
            join sdg_targets_period p on p.id = o.period_id
            join sdg_targets_dataset d on d.id = o.dataset_id
            where o.area_id = any(%(areas)s) and o.has_value and {_CATEGORY} not in ('{TOTAL}', '{NOT_SPECIFIED}')
            order by o.series_id, o.area_id, p."end" desc, p.start desc, d.rank, d.id""",
        series=series,
        areas=areas,
        known=known,
        dimension=dimension,
    )
    return {(series_id, area_id): Fact(*fact) for series_id, area_id, *fact in rows}


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
    statement: str, *, series: Sequence[int], known: KnownContext, areas: Sequence[int] = (), dimension: str = ""
) -> list[tuple[Any, ...]]:
    """The rows of a statement; where no series is asked for there are none, and nothing is asked."""
    if not series:
        return []
    with connection.cursor() as cursor:
        given = {"series": list(series), "areas": list(areas), "revision": known.revision, "dimension": dimension}
        cursor.execute(statement, given)
        return list(cursor.fetchall())
