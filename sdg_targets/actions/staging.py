"""Staging: rows of a file, as text, in a temporary table that ends with the transaction.

COPY fills it (``filling``); the texts that stand in it are listed once, and each period, breakdown and note among them
gets its number; ``resolving`` then turns the rows into numbers. Nothing here is seen by anyone else, and a killed import
leaves nothing.
"""

from typing import Any, Final

from django.db import connection

from sdg_targets.domain.rows import COLUMNS
from sdg_targets.formats.plain_csv import PROVENANCE

from .interning import intern_breakdowns, intern_periods

#: Columns of the staging table that a file can fill.
TEXT_COLUMNS: Final = (*COLUMNS, *PROVENANCE)
#: Columns in which few texts stand again and again: each text is listed once.
LISTED: Final = ("series", "period", "breakdown", "source", "footnote", *PROVENANCE)
#: From so many rows on, the planner's statistics are renewed on the way.
MANY: Final = 1_000
#: Sorting and hashing of a million rows fits; for the transaction of an import alone.
MEMORY: Final = "256MB"
#: The temporary tables that are filled before the rows are read; ``resolving`` and ``observations`` make the others.
TABLES: Final = {
    "staged_text": "kind text, text text",
    "staged_breaks": "n integer, further bigint",
    "staged_period": "code text, id integer, start date",
    "staged_breakdown": "code text, id integer, dimensions text[]",
    "staged_note": "kind text, text text, id integer, is_new boolean",
    "tombstoned": "series_id integer, area_id integer, period_id integer, breakdown_id integer",
}
#: Every temporary table of an import.
TEMPORARY: Final = ("staging", *TABLES, "resolved", "change", "withdrawal", "touched", "newest")


def create_tables() -> None:
    """Make the temporary tables of this transaction, and give it the memory for them."""
    columns = ", ".join(f'"{name}" text' for name in TEXT_COLUMNS)
    with connection.cursor() as cursor:
        # A transaction may hold several imports (the shipped files do): each begins with empty tables.
        cursor.execute(f"drop table if exists {', '.join('pg_temp.' + name for name in TEMPORARY)}")
        cursor.execute(
            f"create temporary table staging (n integer generated always as identity (cache 1000), {columns})"
            " on commit drop"
        )
        for name, columns in TABLES.items():
            cursor.execute(f"create temporary table {name} ({columns}) on commit drop")
        cursor.execute(f"set local work_mem = '{MEMORY}'")


def list_texts(names: tuple[str, ...]) -> None:
    """List each text of the columns in which texts repeat, in one pass over the rows; ``names`` are those filled."""
    listed = [name for name in LISTED if name in names]
    sets = ", ".join(f"({name})" for name in listed)
    kinds = " ".join(f"when grouping({name}) = 0 then '{name}'" for name in listed)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""insert into staged_text (kind, text)
                select kind, text from (
                  select case {kinds} end as kind, coalesce({", ".join(listed)}) as text
                  from staging group by grouping sets ({sets})) each where text is not null"""
        )


def texts(kind: str) -> list[str]:
    """The texts of a column that is listed, sorted. Errors: ``ValueError`` for another column."""
    if kind not in LISTED:
        raise ValueError(f"The texts of {kind} are not listed.")
    with connection.cursor() as cursor:
        cursor.execute("select text from staged_text where kind = %s order by 1", [kind])
        return [text for (text,) in cursor.fetchall()]


def resolve() -> None:
    """Find the periods, breakdowns and notes that the staged rows name, interning new periods and breakdowns."""
    with connection.cursor() as cursor:
        periods, breakdowns = intern_periods(texts("period")), intern_breakdowns(texts("breakdown"))
        _insert(cursor, "staged_period", [(code, period.pk, period.start) for code, period in periods.items()])
        _insert(cursor, "staged_breakdown", [(key, of.pk, sorted(of.codes)) for key, of in breakdowns.items()])
        _number_notes(cursor)
        cursor.execute("analyze staged_period, staged_breakdown, staged_note, tombstoned")


def _number_notes(cursor: Any) -> None:
    """Give each text its note's number, or a new one. A new note is written only when a row that has it is."""
    cursor.execute(
        """insert into staged_note (kind, text, id, is_new)
           select t.kind, t.text, coalesce(n.id, nextval(pg_get_serial_sequence('sdg_targets_note', 'id'))), n.id is null
           from staged_text t left join sdg_targets_note n on n.kind = t.kind and n.digest = md5(t.text)
           where t.kind in ('source', 'footnote')"""
    )


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


def count_rows() -> int:
    """How many rows are staged."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from staging")
        (count,) = cursor.fetchone()
    return int(count)
