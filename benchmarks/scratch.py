"""A database of its own for a benchmark: made, filled with seeded synthetic figures, and dropped at the end."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idm.settings")
os.environ.setdefault("DEMO", "1")
django.setup()

from django.db import connection

from benchmarks import synthetic

#: The shape of the real database: series, areas, years; breakdowns multiply the sex and age series.
SERIES, AREAS, YEARS = 200, 250, 20
SEXES, AGES = ["_T", "F", "M"], ["_T", *synthetic.AGES]

REFERENCES = """
select setseed(0.5);
insert into sdg_targets_unit (code, name_en, name_fr, name_es, symbol_en, symbol_fr, symbol_es)
    values ('PT', 'Per cent', '', '', '%%', '', '');
insert into sdg_targets_dataset (code, name_en, name_fr, name_es, provider, reporting_type, evidence, rank, url, licence,
    note_en, note_fr, note_es) values ('BENCH', 'Synthetic', '', '', 'none', 'G', 'official', 1, '', '', '', '', '');
insert into sdg_targets_series (code, name_en, name_fr, name_es, unit_id, kind, position, headline, breaks,
    value_labels, note)
    select 'S' || i, 'Series ' || i, '', '', (select id from sdg_targets_unit), 'number', 0, '{_T}', '{}', '{}', ''
    from generate_series(1, %(series)s) i;
update sdg_targets_series set minimum = 0, maximum = 100;
insert into sdg_targets_dimension (code, name_en, name_fr, name_es, position)
    values ('SEX', 'Sex', '', '', 1), ('AGE', 'Age', '', '', 2);
insert into sdg_targets_category (dimension_id, code, name_en, name_fr, name_es, position)
    select d.id, c, c, '', '', 0 from sdg_targets_dimension d,
    unnest(case d.code when 'SEX' then %(sexes)s::text[] else %(ages)s::text[] end) c;
insert into sdg_targets_series_dimensions (series_id, dimension_id)
    select s.id, d.id from sdg_targets_series s, sdg_targets_dimension d;
insert into sdg_targets_area (code, name_en, name_fr, name_es, kind, status, counts_as_country, sort_en, sort_fr,
    sort_es, footnote_en, footnote_fr, footnote_es)
    select 'A' || i, 'Area ' || i, '', '', 'country', 'member', true, 'area ' || i, '', '', '', '', ''
    from generate_series(1, %(areas)s) i;
insert into sdg_targets_period (code, frequency, start, "end")
    select y, 'A', make_date(y, 1, 1), make_date(y, 12, 31) from generate_series(2025 - %(years)s, 2024) y;
insert into sdg_targets_breakdown (key, codes) values ('_T', '{}');
insert into sdg_targets_revision (number, made_at, reason, is_break, note)
    select n, timestamptz '2020-01-01' + n * interval '1 day', 'routine', false, '' from generate_series(1, 10) n;
"""


@contextmanager
def empty_database() -> Iterator[None]:
    """A new, empty, migrated database for what is measured; dropped afterwards."""
    name = f"bench_{os.getpid()}"
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


@contextmanager
def scratch_database() -> Iterator[Any]:
    """A cursor in an empty database with the references above."""
    with empty_database(), connection.cursor() as cursor:
        make_references(cursor)
        yield cursor


def make_references(cursor: Any, *, series: int = SERIES, areas: int = AREAS, years: int = YEARS) -> None:
    """A catalogue, areas, periods and revisions for synthetic figures."""
    cursor.execute(REFERENCES, {"series": series, "areas": areas, "years": years, "sexes": SEXES, "ages": AGES})


def timed(cursor: Any, statement: str, parameters: Any = None) -> float:
    """Seconds that a statement takes, its rows fetched."""
    start = time.perf_counter()
    cursor.execute(statement, parameters)
    if cursor.description:
        cursor.fetchall()
    return time.perf_counter() - start


def buffers(cursor: Any, statement: str) -> tuple[int, float]:
    """Buffers touched by a statement, and its best execution time of five in milliseconds."""
    best, touched = float("inf"), 0
    for _ in range(5):
        cursor.execute(f"explain (analyze, buffers, format json) {statement}")
        (plan,) = cursor.fetchone()
        tree = plan[0] if isinstance(plan, list) else json.loads(plan)[0]
        touched = tree["Plan"]["Shared Hit Blocks"] + tree["Plan"]["Shared Read Blocks"]
        best = min(best, tree["Execution Time"])
    return touched, best


__all__ = ["AREAS", "SERIES", "YEARS", "buffers", "empty_database", "scratch_database", "timed"]
