"""Writing observations: staged rows become versions, all at once or not at all.

One set-based write serves every way in (imports now, submissions later): compare with what is believed, supersede what
changed, add what is new, and keep ``Latest`` and ``SeriesCoverage`` true in the same transaction.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from sdg_targets.domain.rows import OPTIONAL
from sdg_targets.models import OPEN, Dataset, Revision
from sdg_targets.models.releases import REVISION_LOCK

from .staging import count_anew

_CURRENT: Final = "sdg_targets_observation_current"
_KEY: Final = "series_id, area_id, period_id, breakdown_id"
_BODY: Final = (
    "value",
    "value_text",
    "status",
    "nature",
    "unit_id",
    "multiplier",
    "lower_bound",
    "upper_bound",
    "numerator",
    "denominator",
    "base_period",
    "time_detail",
    "source_id",
    "footnote_id",
)
#: How each body column is read from a staged row, and what stands where the row says nothing.
_STAGED: Final = {
    "value": "s.value::numeric",
    "value_text": "s.value_text",
    "status": "coalesce(s.status, 'A')",
    "nature": "coalesce(s.nature, '_X')",
    "unit_id": "coalesce(u.id, ser.unit_id)",
    "multiplier": "coalesce(s.multiplier::smallint, 0)",
    "lower_bound": "s.lower_bound::numeric",
    "upper_bound": "s.upper_bound::numeric",
    "numerator": "s.numerator::numeric",
    "denominator": "s.denominator::numeric",
    "base_period": "s.base_period",
    "time_detail": "s.time_detail",
    "source_id": "src.id",
    "footnote_id": "foot.id",
}
_OWN_COLUMN: Final = {"unit_id": "unit", "source_id": "source", "footnote_id": "footnote"}


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


def compare_staged(*, dataset: Dataset, carries: frozenset[str], complete: bool, backfill: bool = False) -> Written:
    """Set the staged rows against what is believed now: new, revised, unchanged; and, of a complete file, withdrawn.

    What a file does not carry it does not change: such columns keep the value they have. A backfill (an older
    publication loaded on purpose) adds what is not there and revises nothing.
    """
    with connection.cursor() as cursor:
        count_anew(cursor, "staging", _CURRENT)
        _intern_notes(cursor)
        _create_change(cursor, dataset, carries)
        if backfill:
            cursor.execute("update change set verdict = 'unchanged' where verdict = 'revised'")
        cursor.execute("select verdict, count(*) from change group by verdict")
        counts = dict(cursor.fetchall())
        withdrawn = _create_withdrawal(cursor, dataset) if complete else 0
    return Written(counts.get("new", 0), counts.get("revised", 0), counts.get("unchanged", 0), withdrawn)


def _intern_notes(cursor: Any) -> None:
    for kind in ("source", "footnote"):
        cursor.execute(
            f"""insert into sdg_targets_note (kind, text, digest, lang)
                select distinct '{kind}', {kind}, md5({kind}), 'en' from staging where {kind} is not null
                on conflict (kind, digest) do nothing"""
        )


def _create_change(cursor: Any, dataset: Dataset, carries: frozenset[str]) -> None:
    kept = {name for name in OPTIONAL if name not in carries}
    merged, differs = [], []
    for column in _BODY:
        staged = _STAGED[column]
        if _OWN_COLUMN.get(column, column) in kept:
            merged.append(f"case when cur.id is null then {staged} else cur.{column} end as {column}")
        else:
            merged.append(f"{staged} as {column}")
            differs.append(f"cur.{column} is distinct from {staged}")
    cursor.execute(
        f"""create temporary table change on commit drop as
            select ser.id as series_id, a.id as area_id, p.id as period_id, b.id as breakdown_id, cur.id as old_id,
                   case when cur.id is null then 'new' when {" or ".join(differs)} then 'revised' else 'unchanged' end
                       as verdict,
                   {", ".join(merged)}
            from staging s
            join sdg_targets_series ser on ser.code = s.series
            join sdg_targets_area a on a.code = s.area
            join staged_period p on p.code = s.period
            join staged_breakdown b on b.code = s.breakdown
            left join sdg_targets_unit u on u.code = s.unit
            left join sdg_targets_note src on src.kind = 'source' and src.digest = md5(s.source)
            left join sdg_targets_note foot on foot.kind = 'footnote' and foot.digest = md5(s.footnote)
            left join sdg_targets_observation_current cur
                on (cur.series_id, cur.area_id, cur.period_id, cur.breakdown_id) = (ser.id, a.id, p.id, b.id)
               and cur.dataset_id = %s""",
        [dataset.pk],
    )
    cursor.execute("analyze change")


def _create_withdrawal(cursor: Any, dataset: Dataset) -> int:
    """Rows believed now, of the series in the file, that the file no longer has."""
    cursor.execute(
        f"""create temporary table withdrawal on commit drop as
            select cur.id from sdg_targets_observation_current cur
            where cur.dataset_id = %s and cur.series_id in (select distinct series_id from change)
              and not exists (select from change c where
                (c.series_id, c.area_id, c.period_id, c.breakdown_id) =
                (cur.series_id, cur.area_id, cur.period_id, cur.breakdown_id))
              and not exists (select from spared k where ({_KEY}) =
                (cur.series_id, cur.area_id, cur.period_id, cur.breakdown_id))""",
        [dataset.pk],
    )
    return int(cursor.rowcount)


def spare_refused_keys() -> None:
    """Remember the keys of all staged rows before any is refused: a refused row does not withdraw its predecessor.

    Nor does a file withdraw the tombstone of a value that was withdrawn for confidentiality.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """create temporary table spared on commit drop as
               select distinct ser.id as series_id, a.id as area_id, p.id as period_id, b.id as breakdown_id
               from staging s join sdg_targets_series ser on ser.code = s.series
               join sdg_targets_area a on a.code = s.area
               join staged_period p on p.code = s.period join staged_breakdown b on b.code = s.breakdown
               union select series_id, area_id, period_id, breakdown_id from tombstoned"""
        )


def write_compared(*, dataset: Dataset, revision: Revision, import_id: int | None, complete: bool) -> None:
    """Write what ``compare_staged`` found, as one revision."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table touched (series_id bigint, area_id bigint, breakdown_id bigint) on commit drop"
        )
        gone = "select old_id from change where verdict = 'revised'"
        if complete:
            gone += " union all select id from withdrawal"
        _supersede(cursor, gone, revision.number)
        columns = ", ".join(_BODY)
        cursor.execute(
            f"""with written as (
                  insert into sdg_targets_observation
                    (dataset_id, {_KEY}, {columns}, imported_id, known_from, known_to)
                  select %s, {_KEY}, {columns}, %s, %s, {OPEN} from change where verdict in ('new', 'revised')
                  order by {_KEY}
                  returning series_id, area_id, breakdown_id)
                insert into touched select distinct series_id, area_id, breakdown_id from written""",
            [dataset.pk, import_id, revision.number],
        )
        count_anew(cursor, "change", _CURRENT, "sdg_targets_observation_past")
        _refresh_latest(cursor, dataset)
        _refresh_coverage(cursor, dataset, revision.number)
        count_anew(cursor, "change", "sdg_targets_latest")


def _supersede(cursor: Any, ids: str, revision: int) -> None:
    """Move the versions that are no longer believed to the past partition, closing their knowledge."""
    columns = ", ".join(("id", "dataset_id", *_KEY.split(", "), *_BODY, "imported_id", "known_from"))
    cursor.execute(
        f"""with gone as (delete from sdg_targets_observation_current where id in ({ids}) returning *),
            kept as (insert into sdg_targets_observation_past ({columns}, known_to)
                     overriding system value select {columns}, %s from gone)
            insert into touched select distinct series_id, area_id, breakdown_id from gone""",
        [revision],
    )


def _refresh_latest(cursor: Any, dataset: Dataset) -> None:
    cursor.execute(
        """create temporary table newest on commit drop as
           select distinct on (o.series_id, o.area_id, o.breakdown_id)
                  o.series_id, o.area_id, o.breakdown_id, o.period_id, o.id as observation_id,
                  o.value, o.status, o.nature, o.unit_id
           from (select distinct * from touched) t
           join sdg_targets_observation_current o
             on (o.series_id, o.area_id, o.breakdown_id) = (t.series_id, t.area_id, t.breakdown_id)
            and o.dataset_id = %(dataset)s and o.value is not null
           join sdg_targets_period p on p.id = o.period_id
           order by o.series_id, o.area_id, o.breakdown_id, p."end" desc, p.start desc""",
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
    cursor.execute(
        """delete from sdg_targets_seriescoverage
           where dataset_id = %(dataset)s and series_id in (select series_id from touched)""",
        {"dataset": dataset.pk},
    )
    cursor.execute(
        """insert into sdg_targets_seriescoverage
             (dataset_id, series_id, observations, areas, countries, first_end, last_end, periods, last_revision)
           select %(dataset)s, o.series_id, count(*), count(distinct o.area_id),
                  count(distinct o.area_id) filter (where a.counts_as_country), min(p."end"), max(p."end"),
                  (select array_agg(q.code order by q."end", q.start, q.code) from sdg_targets_period q
                   where q.id = any(array_agg(distinct o.period_id))), %(revision)s
           from sdg_targets_observation_current o
           join sdg_targets_area a on a.id = o.area_id join sdg_targets_period p on p.id = o.period_id
           where o.dataset_id = %(dataset)s and o.value is not null
             and o.series_id in (select series_id from touched)
           group by o.series_id""",
        {"dataset": dataset.pk, "revision": revision},
    )


def write_anew(*, dataset: Dataset, revision: Revision, gone: str, again: str) -> None:
    """Supersede current versions, and let past ones stand again as they were, with the import that brought them.

    ``gone`` and ``again`` are SELECTs of the ids of current and of past versions.
    """
    columns = ", ".join(("dataset_id", _KEY, *_BODY, "imported_id"))
    with connection.cursor() as cursor:
        begin_touching(cursor)
        _supersede(cursor, gone, revision.number)
        cursor.execute(
            f"""with written as (
                  insert into sdg_targets_observation ({columns}, known_from, known_to)
                  select {columns}, %s, {OPEN} from sdg_targets_observation_past where id in ({again})
                  order by {_KEY} returning series_id, area_id, breakdown_id)
                insert into touched select distinct series_id, area_id, breakdown_id from written""",
            [revision.number],
        )
        renew_touched(cursor, dataset, revision)


def begin_touching(cursor: Any) -> None:
    """An empty table of the series, areas and breakdowns that a deed touches."""
    cursor.execute("drop table if exists pg_temp.touched, pg_temp.newest")
    cursor.execute(
        "create temporary table touched (series_id bigint, area_id bigint, breakdown_id bigint) on commit drop"
    )


def renew_touched(cursor: Any, dataset: Dataset, revision: Revision) -> None:
    """Make ``Latest`` and ``SeriesCoverage`` true again for all that was touched."""
    count_anew(cursor, "touched", _CURRENT, "sdg_targets_observation_past")
    _refresh_latest(cursor, dataset)
    _refresh_coverage(cursor, dataset, revision.number)
