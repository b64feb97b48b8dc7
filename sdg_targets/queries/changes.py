"""What changed between two moments of knowledge, observation by observation: new, revised, withdrawn, or said otherwise.

What was withdrawn for confidentiality has no value before either: it is gone from every moment.

A change of precision is no revision: 2.40221 and 2.4022124 are one figure, written with more digits. Two versions agree
in that way when the one with more decimals, rounded to those of the other, is the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connection
from django.utils.translation import get_language

from sdg_targets.domain.changes import ChangeKind
from sdg_targets.domain.languages import LANGUAGES, local_name
from sdg_targets.models.observations import ObservationQuerySet

from .observation_lists import day_of

#: The key of an observation, and the order of a list of changes (the end of the period is the order of time).
_KEY: Final = ("series_id", "area_id", "period_id", "breakdown_id", "dataset_id")
_ORDER: Final = ("series_id", "area_id", "period_end", "period_id", "breakdown_id", "dataset_id")
#: What an observation says. Two versions that say the same are no change: an import and its undoing leave nothing behind.
_SAID: Final = (
    "value", "value_text", "status", "nature", "unit_id", "multiplier", "lower_bound", "upper_bound", "numerator",
    "denominator", "base_period", "time_detail", "source_id", "footnote_id",
)  # fmt: skip
_FEWER_DECIMALS: Final = "least(scale(trim_scale(a.value)), scale(trim_scale(b.value)))"
_KIND: Final = f"""case
    when t.series_id is not null and b.status = 'Q' then '{ChangeKind.SUPPRESSED}'
    when b.id is null then '{ChangeKind.WITHDRAWN}'
    when a.id is null then '{ChangeKind.NEW}'
    when a.value is not distinct from b.value and a.status = b.status then '{ChangeKind.DESCRIBED}'
    when a.status = b.status and round(a.value, {_FEWER_DECIMALS}) = round(b.value, {_FEWER_DECIMALS})
        then '{ChangeKind.PRECISION}'
    else '{ChangeKind.REVISED}' end"""


def _row(version: str) -> str:
    return f"({', '.join(f'{version}.{column}' for column in _SAID)})"


def _same(one: str, other: str) -> str:
    return " and ".join(f"{one}.{column} = {other}.{column}" for column in _KEY)


#: The version before and the one after of every key that changed between two revisions, what kind of change it is, the
#: last revision that changed it, and whether one that did is a break. ``t`` are values withdrawn for confidentiality.
_CHANGES: Final = f"""
    select k.*, p."end" as period_end, {_KIND} as kind, a.value as old_value, b.value as new_value,
           a.status as old_status, b.status as new_status, a.value_text as old_text, b.value_text as new_text,
           coalesce(b.known_from, (
               select max(e.known_to) from sdg_targets_observation_past e
               where {_same("e", "k")} and e.known_to > {{since}} and e.known_to <= {{until}})) as revision,
           exists (
               select from sdg_targets_observation e join sdg_targets_revision r
                   on r.is_break and r.number in (e.known_from, e.known_to)
                   and r.number > {{since}} and r.number <= {{until}}
               where {_same("e", "k")}) as is_break
    from ({{touched}}) k
    join sdg_targets_period p on p.id = k.period_id
    left join sdg_targets_observation a on {_same("a", "k")} and a.known_from <= {{since}} and a.known_to > {{since}}
    left join sdg_targets_observation b on {_same("b", "k")} and b.known_from <= {{until}} and b.known_to > {{until}}
    left join (
        select distinct {", ".join(_KEY)} from sdg_targets_tombstone
        where revision_id > {{since}} and revision_id <= {{until}}) t on {_same("t", "k")}
    where a.id is distinct from b.id and (t.series_id is not null or {_row("a")} is distinct from {_row("b")})"""
#: Whole numbers in the place of a change (``Change.place``), which a cursor carries.
PLACES: Final = len(_ORDER)
#: What a change says, in order: names are the contract of the API and of the CSV.
_COLUMNS: Final = (
    ("dataset", "d.code"),
    ("series", "s.code"),
    ("area", "r.code"),
    ("period", "p.code"),
    ("breakdown", "w.key"),
    ("kind", "c.kind"),
    ("old_value", "c.old_value"),
    ("new_value", "c.new_value"),
    ("old_status", "c.old_status"),
    ("new_status", "c.new_status"),
    ("old_text", "c.old_text"),
    ("new_text", "c.new_text"),
    ("revision", "c.revision"),
    ("reason", "v.reason"),
    ("is_break", "c.is_break"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One observation that changed: its key in codes, and what stood before and after.

    ``old_value`` is ``None`` where there was no value or no observation (``new``), ``new_value`` likewise
    (``withdrawn``, ``suppressed``). Values are in the unit of the series. ``revision`` is the last that changed it,
    ``reason`` is why; where ``is_break``, what stood before and after cannot be compared.
    """

    dataset: str
    series: str
    area: str
    period: str
    breakdown: str
    kind: str
    old_value: Decimal | None
    new_value: Decimal | None
    old_status: str | None
    new_status: str | None
    old_text: str | None
    new_text: str | None
    revision: int
    reason: str
    is_break: bool
    area_name: str
    breakdown_id: int
    place: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SeriesChanges:
    """How many observations of a series changed in each way."""

    code: str
    name: str
    counts: Mapping[str, int]

    @property
    def in_order(self) -> tuple[int, ...]:
        """The counts in the order in which the kinds are always given."""
        return tuple(self.counts.get(kind, 0) for kind in ChangeKind)


def changes_page(
    rows: ObservationQuerySet, *, since: int, until: int, kind: str = "", after: Sequence[int] = (), size: int
) -> list[Change]:
    """Changes between two revisions among the observations of a query, after a place in the order; one query.

    ``rows`` are observations of any version, filtered as a list of them is. ``kind`` narrows to one kind of change.
    """
    sql, parameters = _listed(rows, since, until, kind, after)
    order = ", ".join(f"c.{name}" for name in _ORDER)
    columns = f"{', '.join(sql for _name, sql in _COLUMNS)}, r.name_en, r.name_fr, r.name_es, c.breakdown_id"
    with connection.cursor() as cursor:
        cursor.execute(f"select {columns}, {order} {sql} order by {order} limit %s", [*parameters, size])
        return [_change(row) for row in cursor.fetchall()]


def _change(row: tuple[Any, ...]) -> Change:
    width = len(_COLUMNS)
    series_id, area_id, end, *rest = row[width + 4 :]
    return Change(
        **dict(zip((name for name, _sql in _COLUMNS), row[:width], strict=True)),
        area_name=_name(row[width : width + 3]),
        breakdown_id=row[width + 3],
        place=(series_id, area_id, end.toordinal(), *rest),
    )


def changes_csv(rows: ObservationQuerySet, *, since: int, until: int, kind: str = "") -> tuple[str, list[Any]]:
    """All changes as a statement and its parameters, for COPY."""
    sql, parameters = _listed(rows, since, until, kind, ())
    written = {"is_break": 'c.is_break::text as "break"'}  # true and false, not t and f
    columns = ", ".join(written.get(name, f'{sql} as "{name}"') for name, sql in _COLUMNS)
    return f"select {columns} {sql} order by {', '.join(f'c.{name}' for name in _ORDER)}", parameters


def _listed(
    rows: ObservationQuerySet, since: int, until: int, kind: str, after: Sequence[int]
) -> tuple[str, list[Any]]:
    """The changes joined with their codes, from ``from`` to ``where``."""
    sql, parameters = _statement(rows, since, until)
    conditions = ["true"]
    if kind:
        conditions.append("c.kind = %s")
        parameters.append(kind)
    if after:
        conditions.append(f"({', '.join('c.' + name for name in _ORDER)}) > ({', '.join(['%s'] * PLACES)})")
        parameters += [*after[:2], day_of(after[2]), *after[3:]]
    joined = f"""from ({sql}) c
        join sdg_targets_dataset d on d.id = c.dataset_id join sdg_targets_series s on s.id = c.series_id
        join sdg_targets_area r on r.id = c.area_id join sdg_targets_period p on p.id = c.period_id
        join sdg_targets_breakdown w on w.id = c.breakdown_id
        join sdg_targets_revision v on v.number = c.revision where {" and ".join(conditions)}"""
    return joined, parameters


def series_changes(rows: ObservationQuerySet, *, since: int, until: int) -> list[SeriesChanges]:
    """How many observations of each series changed in each way, in the order of the codes; one query."""
    sql, parameters = _statement(rows, since, until)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""select s.code, s.name_en, s.name_fr, s.name_es, c.kind, count(*) from ({sql}) c
                join sdg_targets_series s on s.id = c.series_id group by 1, 2, 3, 4, 5 order by 1""",
            parameters,
        )
        found: dict[str, tuple[str, dict[str, int]]] = {}
        for code, *names, kind, number in cursor.fetchall():
            found.setdefault(code, (_name(names), {}))[1][kind] = number
    return [SeriesChanges(code, name, counts) for code, (name, counts) in found.items()]


def _statement(rows: ObservationQuerySet, since: int, until: int) -> tuple[str, list[Any]]:
    """The changes by their ids. Versions that began and versions that ended are two questions, each with its index."""
    parts, parameters = [], []
    for touched in (rows.begun_between(since, until), rows.ended_between(since, until)):
        compiler = touched.order_by().values(*_KEY).query.get_compiler(DEFAULT_DB_ALIAS, elide_empty=False)
        sql, given = compiler.as_sql()
        parts.append(sql)
        parameters += given
    return _CHANGES.format(touched=" union ".join(parts), since=int(since), until=int(until)), parameters


def _name(names: Sequence[str]) -> str:
    return local_name(dict(zip(LANGUAGES, names, strict=True)), get_language()).text
