"""Writing observations: staged rows become versions, all at once or not at all.

One set-based write serves every way in (imports now, submissions later): compare with what is believed, supersede what
changed, add what is new, and keep ``Latest`` and ``SeriesCoverage`` true in the same transaction.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from sdg_targets.domain.rows import OPTIONAL
from sdg_targets.domain.validation import MISSING
from sdg_targets.models import OPEN, Dataset, Revision
from sdg_targets.models.releases import REVISION_LOCK

from .resolving import BODY, KEY, Taken
from .staging import count_anew

_CURRENT: Final = "sdg_targets_observation_current"
_BODY: Final = tuple(BODY)
#: What a column is called in a file, where it is not the column's own name.
_OWN_COLUMN: Final = {"unit_id": "unit", "source_id": "source", "footnote_id": "footnote"}
#: Where what stood beside the old value can stand beside the new one too; elsewhere it goes with the old one.
_STANDS: Final = {
    "status": f"r.value is null or cur.status not in ({', '.join(repr(code) for code in sorted(MISSING))})",
    "value_text": "r.value is null",
    "lower_bound": "cur.lower_bound <= r.value",
    "upper_bound": "r.value <= cur.upper_bound",
}


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the staged rows, and of the rows that the file no longer has."""

    new: int
    revised: int
    unchanged: int
    withdrawn: int

    @property
    def changed(self) -> int:
        return self.new + self.revised + self.withdrawn


def lock_writing() -> None:
    """Wait for other writers, to the end of the transaction: two imports at once have a serial result."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [REVISION_LOCK])


def compare_staged(
    taken: Taken, *, dataset: Dataset, carries: frozenset[str], complete: bool, backfill: bool = False
) -> Written:
    """Set the rows taken against what is believed now: new, revised, unchanged; and, of a complete file, withdrawn.

    What a file does not carry it does not change: such columns keep the value they have, unless it was said of an older
    value and cannot be true of the new one (a reason why there is none, a bound beyond which it lies). A backfill (an older
    publication loaded on purpose) adds what is not there and revises nothing. ``change`` is left: what is to be written.
    """
    with connection.cursor() as cursor:
        if not _anything_stands(cursor, dataset, taken):
            cursor.execute("alter table resolved rename to change")
            return Written(taken.rows, 0, 0, 0)
        count_anew(cursor, "resolved", "resolved", _CURRENT)
        _create_change(cursor, dataset, carries, backfill)
        cursor.execute("select count(*) filter (where verdict = 'new'), count(*) from change")
        new, changed = cursor.fetchone()
        withdrawn = _create_withdrawal(cursor, dataset) if complete else 0
    return Written(new, changed - new, taken.rows - changed, withdrawn)


def _anything_stands(cursor: Any, dataset: Dataset, taken: Taken) -> bool:
    """Whether the dataset holds any row of the series of the file: else all is new, and nothing is looked up."""
    cursor.execute(
        f"""select exists (select from unnest(%s::integer[]) as given(id) where exists (
              select from {_CURRENT} cur where cur.series_id = given.id and cur.dataset_id = %s))""",
        [list(taken.series), dataset.pk],
    )
    return bool(cursor.fetchone()[0])


def _create_change(cursor: Any, dataset: Dataset, carries: frozenset[str], backfill: bool) -> None:
    """The rows that are to be written, in the order of the key: new ones, and revised ones with what they keep."""
    kept = {name for name in OPTIONAL if name not in carries}
    merged, differs = [], []
    for column in _BODY:
        if _OWN_COLUMN.get(column, column) in kept:
            stands = _STANDS.get(column, "true")
            merged.append(
                f"case when cur.id is null or not coalesce({stands}, true) then r.{column} else cur.{column} end as {column}"
            )
        else:
            merged.append(f"r.{column}")
            differs.append(f"cur.{column} is distinct from r.{column}")
    wanted = "cur.id is null" if backfill else f"(cur.id is null or {' or '.join(differs)})"
    same = " and ".join(f"cur.{column} = r.{column}" for column in KEY.split(", "))
    cursor.execute(
        f"""create temporary table change on commit drop as
            select {", ".join(f"r.{column}" for column in KEY.split(", "))}, cur.id as old_id,
                   case when cur.id is null then 'new' else 'revised' end as verdict, {", ".join(merged)}
            from resolved r left join {_CURRENT} cur on {same} and cur.dataset_id = %s
            where r.verdict is not null and {wanted} order by {KEY}""",
        [dataset.pk],
    )


def _create_withdrawal(cursor: Any, dataset: Dataset) -> int:
    """Rows believed now, of the series in the file, that the file no longer has.

    A row that is refused is one it has. Nor does a file withdraw the tombstone of a value withdrawn for confidentiality.
    """
    same = " and ".join(f"r.{column} = cur.{column}" for column in KEY.split(", "))
    cursor.execute(
        f"""create temporary table withdrawal on commit drop as
            select cur.id from {_CURRENT} cur
            where cur.dataset_id = %s
              and cur.series_id in (select distinct series_id from resolved where verdict is not null)
              and not exists (select from resolved r where {same})
              and not exists (select from tombstoned r where {same})""",
        [dataset.pk],
    )
    return int(cursor.rowcount)


def write_compared(*, dataset: Dataset, revision: Revision, import_id: int | None, complete: bool) -> None:
    """Write what ``compare_staged`` found, as one revision."""
    with connection.cursor() as cursor:
        _intern_notes(cursor)
        begin_touching(cursor)
        gone = "select old_id from change where verdict = 'revised'"
        if complete and _exists(cursor, "withdrawal"):
            gone += " union all select id from withdrawal"
        _supersede(cursor, gone, revision.number)
        columns = ", ".join(_BODY)
        cursor.execute(
            f"""insert into {_CURRENT} (dataset_id, {KEY}, {columns}, imported_id, known_from, known_to)
                select %s, {KEY}, {columns}, %s, %s, {OPEN} from change where verdict is not null""",
            [dataset.pk, import_id, revision.number],
        )
        cursor.execute(
            """insert into touched select distinct series_id, area_id, breakdown_id from change
               where verdict is not null"""
        )
        renew_touched(cursor, dataset, revision, rows="change")
        count_anew(cursor, "change", "sdg_targets_latest")


def _exists(cursor: Any, table: str) -> bool:
    cursor.execute("select to_regclass(%s) is not null", [f"pg_temp.{table}"])
    return bool(cursor.fetchone()[0])


def _intern_notes(cursor: Any) -> None:
    """Write the notes that were new, of the rows that are written."""
    cursor.execute(
        """insert into sdg_targets_note (id, kind, text, digest, lang)
           select id, kind, text, md5(text), 'en' from staged_note n where is_new and exists (
             select from change c where c.verdict is not null
             and case n.kind when 'source' then c.source_id = n.id else c.footnote_id = n.id end)"""
    )


def begin_touching(cursor: Any) -> None:
    """An empty table of what a write touches: of these keys ``Latest`` and ``SeriesCoverage`` are brought up to date."""
    cursor.execute("drop table if exists pg_temp.touched, pg_temp.newest")
    cursor.execute(
        "create temporary table touched (series_id integer, area_id integer, breakdown_id integer) on commit drop"
    )


def _supersede(cursor: Any, ids: str, revision: int) -> None:
    """Move the versions that are no longer believed to the past partition, closing their knowledge."""
    columns = ", ".join(("id", "dataset_id", *KEY.split(", "), *_BODY, "imported_id", "known_from"))
    cursor.execute(
        f"""with gone as (delete from sdg_targets_observation_current where id in ({ids}) returning *),
            kept as (insert into sdg_targets_observation_past ({columns}, known_to)
                     overriding system value select {columns}, %s from gone)
            insert into touched select distinct series_id, area_id, breakdown_id from gone""",
        [revision],
    )


def _refresh_latest(cursor: Any, dataset: Dataset) -> None:
    """The newest value of each key that was touched: its place among all periods is one number, the greatest is sought."""
    cursor.execute(
        f"""create temporary table newest on commit drop as
           with told as (select distinct series_id, area_id, breakdown_id from touched),
             placed as (select id, row_number() over (order by "end", start, id) as place from sdg_targets_period),
             best as (
               select o.series_id, o.area_id, o.breakdown_id, max(placed.place) as place
               from told t join {_CURRENT} o
                 on (o.series_id, o.area_id, o.breakdown_id) = (t.series_id, t.area_id, t.breakdown_id)
                and o.dataset_id = %(dataset)s and o.value is not null
               join placed on placed.id = o.period_id
               group by 1, 2, 3)
           select o.series_id, o.area_id, o.breakdown_id, o.period_id, o.id as observation_id,
                  o.value, o.status, o.nature, o.unit_id
           from best join placed using (place) join {_CURRENT} o
             on (o.series_id, o.area_id, o.period_id, o.breakdown_id)
              = (best.series_id, best.area_id, placed.id, best.breakdown_id)
            and o.dataset_id = %(dataset)s""",
        {"dataset": dataset.pk},
    )
    cursor.execute(
        """delete from sdg_targets_latest l using (select distinct * from touched) t
           where l.dataset_id = %(dataset)s
             and (l.series_id, l.area_id, l.breakdown_id) = (t.series_id, t.area_id, t.breakdown_id)""",
        {"dataset": dataset.pk},
    )
    cursor.execute(
        """insert into sdg_targets_latest
             (dataset_id, series_id, area_id, breakdown_id, period_id, observation_id, value, status, nature, unit_id)
           select %(dataset)s, series_id, area_id, breakdown_id, period_id, observation_id, value, status, nature, unit_id
           from newest""",
        {"dataset": dataset.pk},
    )


def _refresh_coverage(cursor: Any, dataset: Dataset, revision: int) -> None:
    """Count each touched series anew: its rows by area and by period in one pass, then what there is of either."""
    cursor.execute(
        """delete from sdg_targets_seriescoverage
           where dataset_id = %(dataset)s and series_id in (select series_id from touched)""",
        {"dataset": dataset.pk},
    )
    cursor.execute(
        f"""insert into sdg_targets_seriescoverage
             (dataset_id, series_id, observations, areas, countries, first_end, last_end, periods, last_revision)
           select %(dataset)s, c.series_id, sum(c.rows) filter (where a.id is not null), count(a.id),
                  count(a.id) filter (where a.counts_as_country), min(p."end"), max(p."end"),
                  array_agg(p.code order by p."end", p.start, p.code) filter (where p.id is not null), %(revision)s
           from (select o.series_id, o.area_id, o.period_id, count(*) as rows from {_CURRENT} o
                 where o.dataset_id = %(dataset)s and o.value is not null
                   and o.series_id in (select distinct series_id from touched)
                 group by grouping sets ((o.series_id, o.area_id), (o.series_id, o.period_id))) c
           left join sdg_targets_area a on a.id = c.area_id left join sdg_targets_period p on p.id = c.period_id
           group by c.series_id""",
        {"dataset": dataset.pk, "revision": revision},
    )


def write_anew(*, dataset: Dataset, revision: Revision, gone: str, again: str) -> None:
    """Supersede current versions, and let past ones stand again as they were, with the import that brought them.

    ``gone`` and ``again`` are SELECTs of the ids of current and of past versions.
    """
    columns = ", ".join(("dataset_id", KEY, *_BODY, "imported_id"))
    with connection.cursor() as cursor:
        begin_touching(cursor)
        _supersede(cursor, gone, revision.number)
        cursor.execute(
            f"""with written as (
                  insert into sdg_targets_observation ({columns}, known_from, known_to)
                  select {columns}, %s, {OPEN} from sdg_targets_observation_past where id in ({again})
                  order by {KEY} returning series_id, area_id, breakdown_id)
                insert into touched select distinct series_id, area_id, breakdown_id from written""",
            [revision.number],
        )
        renew_touched(cursor, dataset, revision)


def renew_touched(cursor: Any, dataset: Dataset, revision: Revision, *, rows: str = "touched") -> None:
    """Make ``Latest`` and ``SeriesCoverage`` true again for all that was touched; ``rows`` says whether that is much."""
    count_anew(cursor, rows, "touched", _CURRENT, "sdg_targets_observation_past", "sdg_targets_latest")
    _refresh_latest(cursor, dataset)
    _refresh_coverage(cursor, dataset, revision.number)
