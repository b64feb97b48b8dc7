"""Staging: rows of a file, as text, in a temporary table that ends with the transaction.

COPY fills it (``filling``); the catalogue is joined to it; the rules are asked of all rows in one statement. Nothing here
is seen by anyone else, and a killed import leaves nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from sdg_targets.domain.disaggregation import BreakdownError, parse_breakdown
from sdg_targets.domain.numbers import MAX_DIGITS, PLAIN_NUMBER_SQL
from sdg_targets.domain.periods import PeriodError, parse_period
from sdg_targets.domain.rows import COLUMNS
from sdg_targets.domain.validation import RULES
from sdg_targets.formats.plain_csv import PROVENANCE
from sdg_targets.models import Breakdown, BreakdownCategory, Category, Period

#: Columns of the staging table that a file can fill.
TEXT_COLUMNS: Final = (*COLUMNS, *PROVENANCE)
#: Tables of codes that staged rows are joined with.
LOOKED_UP: Final = ("sdg_targets_series", "sdg_targets_area", "sdg_targets_unit", "sdg_targets_note")
#: From so many rows on, the planner's statistics are renewed on the way.
MANY: Final = 1_000
#: Every temporary table of an import, here and in ``observations``.
TEMPORARY: Final = (
    "staging",
    "staged_period",
    "staged_breakdown",
    "tombstoned",
    "spared",
    "change",
    "withdrawal",
    "touched",
    "newest",
)


@dataclass(frozen=True, slots=True)
class Refused:
    """A staged row that breaks a rule, with the rows that say the opposite where there are any."""

    number: int
    place: str
    column: str
    rule: str
    found: str
    expected: str


def create_tables() -> None:
    """Make the temporary tables of this transaction."""
    columns = ", ".join(f'"{name}" text' for name in TEXT_COLUMNS)
    with connection.cursor() as cursor:
        # A transaction may hold several imports (the shipped files do): each begins with empty tables.
        cursor.execute(f"drop table if exists {', '.join('pg_temp.' + name for name in TEMPORARY)}")
        cursor.execute(
            f"create temporary table staging (n integer generated always as identity, {columns}) on commit drop"
        )
        cursor.execute("create temporary table staged_period (code text, id bigint, start date) on commit drop")
        cursor.execute(
            "create temporary table staged_breakdown (code text, id bigint, dimensions text[]) on commit drop"
        )
        cursor.execute(
            "create temporary table tombstoned"
            " (series_id bigint, area_id bigint, period_id bigint, breakdown_id bigint) on commit drop"
        )


def resolve() -> None:
    """Find the periods and breakdowns that the staged rows name, interning the new ones."""
    with connection.cursor() as cursor:
        cursor.execute("select distinct period from staging")
        periods = [code for (code,) in cursor.fetchall() if code is not None]
        cursor.execute("select distinct breakdown from staging")
        keys = [key for (key,) in cursor.fetchall() if key is not None]
        _insert(cursor, "staged_period", list(_periods(periods)))
        _insert(cursor, "staged_breakdown", list(_breakdowns(keys)))
        cursor.execute("analyze staging, staged_period, staged_breakdown")
        count_anew(cursor, "staging", *LOOKED_UP)


def count_anew(cursor: Any, rows: str, *tables: str) -> None:
    """New statistics of the tables, as this transaction sees them, where ``rows`` are many.

    Nobody else counts what is not yet committed; and a table of which only dead rows were ever counted (after an import
    that was rolled back) passes for empty: joins of thousands of rows then took minutes instead of a second.
    """
    cursor.execute(f"select count(*) from (select from {rows} limit {MANY}) first_rows")
    if cursor.fetchone() == (MANY,):
        cursor.execute(f"analyze {', '.join(tables)}")


def _insert(cursor: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        places = ", ".join(["%s"] * len(rows))
        cursor.execute(f"insert into {table} values {places}", rows)


def _periods(codes: list[str]) -> Iterator[tuple[str, int, date]]:
    read = {}
    for code in codes:
        try:
            read[code] = parse_period(code)
        except PeriodError:
            continue
    Period.objects.bulk_create(
        [Period(code=p.code, frequency=p.frequency, start=p.start, end=p.end) for p in sorted(set(read.values()))],
        ignore_conflicts=True,
    )
    ids = dict(Period.objects.filter(code__in={p.code for p in read.values()}).values_list("code", "id"))
    for code, period in read.items():
        yield code, ids[period.code], period.start


def _breakdowns(keys: list[str]) -> Iterator[tuple[str, int, list[str]]]:
    categories = {
        (dimension, code): pk for dimension, code, pk in Category.objects.values_list("dimension__code", "code", "pk")
    }
    read = {}
    for key in keys:
        try:
            parsed = parse_breakdown(key)
        except BreakdownError:
            continue
        if all(part in categories for part in parsed.parts):
            read[key] = parsed
    Breakdown.objects.bulk_create(
        [Breakdown(key=b.key, codes=b.codes) for b in set(read.values())], ignore_conflicts=True
    )
    ids = dict(Breakdown.objects.filter(key__in={b.key for b in read.values()}).values_list("key", "id"))
    BreakdownCategory.objects.bulk_create(
        [
            BreakdownCategory(breakdown_id=ids[b.key], category_id=categories[part])
            for b in set(read.values())
            for part in b.parts
        ],
        ignore_conflicts=True,
    )
    for key, parsed in read.items():
        yield key, ids[parsed.key], sorted(parsed.codes)


def _numeric(column: str) -> str:
    return (
        f"case when s.{column} ~ '{PLAIN_NUMBER_SQL}' and length(s.{column}) <= {MAX_DIGITS}"
        f" then s.{column}::numeric end"
    )


#: Staged rows joined with the catalogue; the rules' SQL speaks of these names.
_JOINED: Final = f"""
    staging s
    left join sdg_targets_series series_row on series_row.code = s.series
    left join lateral (
        select series_row.id, series_row.unit_id, series_row.minimum, series_row.maximum,
               array(select d.code::text from sdg_targets_series_dimensions sd
                     join sdg_targets_dimension d on d.id = sd.dimension_id
                     where sd.series_id = series_row.id) as dimensions
    ) ser on true
    left join sdg_targets_area a on a.code = s.area
    left join staged_period p on p.code = s.period
    left join staged_breakdown b on b.code = s.breakdown
    left join sdg_targets_unit u on u.code = s.unit
    left join tombstoned t on (t.series_id, t.area_id, t.period_id, t.breakdown_id) = (ser.id, a.id, p.id, b.id)
    left join lateral (select {_numeric("value")}, {_numeric("lower_bound")}, {_numeric("upper_bound")},
                              {_numeric("denominator")}) as numbers(v, lo, hi, den) on true
"""


def refuse_broken_rows(*, today: date) -> list[Refused]:
    """Ask every rule of every staged row, take the broken ones out of staging, and say what was wrong with each."""
    rules = [rule for rule in sorted(RULES.values(), key=lambda r: r.number) if rule.broken_sql]
    cases = ", ".join(f"case when {rule.broken_sql} then '{rule.number}' end" for rule in rules)
    columns = ", ".join(f"'{rule.column}'" for rule in rules)
    with connection.cursor() as cursor:
        # The SQL of the rules is ours, from the table of rules; what it compares with is a parameter. Of a row whose key
        # was withdrawn for confidentiality nothing that was found is told.
        cursor.execute(
            f"""select s.n, s.place, broken.rule,
                       case when t.series_id is null then coalesce(to_jsonb(s) ->> broken.col, '') else '' end
                from {_JOINED},
                unnest(array[{cases}], array[{columns}]) as broken(rule, col)
                where broken.rule is not null order by s.n, broken.rule""",
            {"today": today},
        )
        refused = [_refused(*row) for row in cursor.fetchall()]
        cursor.execute("delete from staging where n = any(%s)", [[r.number for r in refused]])
    return refused + _refuse_contradictions()


def _refused(number: int, place: str, rule_number: str, found: str) -> Refused:
    rule = RULES[rule_number]
    return Refused(number, place, rule.column, rule.number, found, rule.sentence)


def _refuse_contradictions() -> list[Refused]:
    """Rows of the same key that disagree: all are refused, each naming the others."""
    with connection.cursor() as cursor:
        cursor.execute(
            """with keyed as (
                 select s.n, s.place, s.value, s.series, a.id area_id, p.id period_id, b.id breakdown_id,
                        coalesce((s.value::numeric)::text, '') || '/' || coalesce(s.status, '') as said
                 from staging s join sdg_targets_area a on a.code = s.area
                 join staged_period p on p.code = s.period join staged_breakdown b on b.code = s.breakdown),
               told as (
                 select *, count(*) over same as many,
                        min(trim_scale(nullif(split_part(said, '/', 1), '')::numeric)) over same as least,
                        max(trim_scale(nullif(split_part(said, '/', 1), '')::numeric)) over same as most,
                        count(value) over same as valued,
                        string_agg(place, ', ') over same as places
                 from keyed window same as (partition by series, area_id, period_id, breakdown_id))
               select n, place, value, places from told
               where many > 1 and (least is distinct from most or valued not in (0, many)) order by n"""
        )
        found = cursor.fetchall()
        cursor.execute("delete from staging where n = any(%s)", [[row[0] for row in found]])
    sentence = RULES["V18"].sentence
    return [
        Refused(n, place, "value", "V18", value or "", f"{sentence} ({places})") for n, place, value, places in found
    ]


def drop_repeats() -> int:
    """Take out rows that say the same thing again; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            """delete from staging where n in (
                 select n from (
                   select s.n, row_number() over (partition by s.series, s.area, p.id, b.id order by s.n) as turn
                   from staging s join staged_period p on p.code = s.period
                   join staged_breakdown b on b.code = s.breakdown) told where turn > 1)"""
        )
        return int(cursor.rowcount)


def count_rows() -> int:
    """How many rows are staged."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from staging")
        (count,) = cursor.fetchone()
    return int(count)


def staged_series() -> list[str]:
    """The series that the staged rows name, sorted."""
    with connection.cursor() as cursor:
        cursor.execute("select distinct series from staging where series is not null order by 1")
        return [code for (code,) in cursor.fetchall()]


def staged_provenance(column: str) -> list[str]:
    """The distinct texts of ``dataset``, ``vintage`` or ``retrieved`` in the staged rows."""
    if column not in PROVENANCE:
        raise ValueError(f"{column} is not a column of provenance.")
    with connection.cursor() as cursor:
        cursor.execute(f"select distinct {column} from staging where {column} is not null order by 1")
        return [text for (text,) in cursor.fetchall()]
