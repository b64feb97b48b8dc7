"""Lists of observations as the API and the export give them: made in SQL from a filtered query.

The rows and their order are the FilterSet's; the shape is decided here, once for JSON and once for CSV. Bulk answers
never become Python objects.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Q, QuerySet

from sdg_targets.domain.comparability import BREAK_SQL
from sdg_targets.models import Evidence, Observation

from .prepared import Prepared

#: The total order of observations: that of the table's key, in which periods follow each other in time.
KEY: Final = ("series_id", "area_id", "period__end", "period_id", "breakdown_id", "dataset_id", "known_from")
SORT: Final = tuple(column.replace("__", "_") for column in KEY)
COLUMNS: Final = (
    "id",
    "dataset_id",
    "series_id",
    "area_id",
    "period_id",
    "breakdown_id",
    "unit_id",
    "source_id",
    "footnote_id",
    "imported_id",
    "value",
    "value_text",
    "status",
    "nature",
    "multiplier",
    "lower_bound",
    "upper_bound",
    "numerator",
    "denominator",
    "base_period",
    "time_detail",
    "known_from",
)
JOINS: Final = """
    join sdg_targets_dataset d on d.id = o.dataset_id
    join sdg_targets_series s on s.id = o.series_id
    join sdg_targets_area a on a.id = o.area_id
    join sdg_targets_period p on p.id = o.period_id
    join sdg_targets_breakdown b on b.id = o.breakdown_id
    join sdg_targets_unit u on u.id = o.unit_id
    left join sdg_targets_note src on src.id = o.source_id
    left join sdg_targets_note foot on foot.id = o.footnote_id
    left join sdg_targets_import imp on imp.id = o.imported_id
"""
#: The fields of an observation, in order: name, SQL. Names are the contract of the API and of the CSV.
FIELDS: Final[tuple[tuple[str, str], ...]] = (
    ("dataset", "d.code"),
    ("series", "s.code"),
    ("area", "a.code"),
    ("area_m49", "a.m49"),
    ("area_name", "coalesce(nullif(a.name_{language}, ''), a.name_en)"),
    ("period", "p.code"),
    ("breakdown", "b.key"),
    ("sex", "coalesce(b.codes ->> 'SEX', '_T')"),
    ("age", "coalesce(b.codes ->> 'AGE', '_T')"),
    ("migratory_status", "coalesce(b.codes ->> 'MIGRATORY_STATUS', '_T')"),
    ("value", "o.value"),
    ("value_text", "o.value_text"),
    ("unit", "u.code"),
    ("multiplier", "o.multiplier"),
    ("status", "o.status"),
    ("break", BREAK_SQL),  # a JSON boolean; in CSV the words true and false
    ("nature", "o.nature"),
    ("lower_bound", "o.lower_bound"),
    ("upper_bound", "o.upper_bound"),
    ("numerator", "o.numerator"),
    ("denominator", "o.denominator"),
    ("base_period", "o.base_period"),
    ("time_detail", "o.time_detail"),
    ("source", "src.text"),
    ("footnote", "foot.text"),
    ("vintage", "imp.vintage"),
    ("known_from", "o.known_from"),
)


def fields_in(language: str) -> tuple[tuple[str, str], ...]:
    known = language if language in ("en", "fr", "es") else "en"
    return tuple((name, sql.format(language=known)) for name, sql in FIELDS)


def statement_of(queryset: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """A query's statement and parameters; a filter that nothing fits is a statement too, not an exception."""
    sql, parameters = queryset.query.get_compiler(DEFAULT_DB_ALIAS, elide_empty=False).as_sql()
    return sql, tuple(parameters)


def key_of(row: Observation) -> list[int]:
    """A row's place in the total order, as whole numbers; the row came with its period."""
    places = (row.series_id, row.area_id, row.period.end.toordinal(), row.period_id)
    return [*places, row.breakdown_id, row.dataset_id, row.known_from]


def count_up_to(rows: "QuerySet[Observation]", most: int) -> int | None:
    """How many rows there are; ``None`` where there are more than ``most``, which are not counted to their end."""
    found = rows.order_by().values("pk")[: most + 1].count()
    return found if found <= most else None


def day_of(number: int) -> date:
    """The day that a number in a cursor stands for; one that stands for none is the first or the last."""
    return date.fromordinal(min(max(number, 1), date.max.toordinal()))


def after(queryset: QuerySet[Observation], numbers: Sequence[int]) -> QuerySet[Observation]:
    """The rows after a key in the total order, written so that the index serves it. A day that is none is the last."""
    day = KEY.index("period__end")
    key: list[int | date] = [*numbers]
    key[day] = day_of(numbers[day])
    condition = Q()
    for place in range(len(key)):
        same = Q(**{KEY[n]: key[n] for n in range(place)})
        condition |= same & Q(**{f"{KEY[place]}__gt": key[place]})
    return queryset.filter(condition & Q(series_id__gte=key[0]))


def _in_csv(name: str, sql: str) -> str:
    return f"{sql}::text" if name == "break" else sql


def observation_csv(queryset: QuerySet[Observation], *, language: str) -> tuple[str, tuple[Any, ...]]:
    """The whole result as a statement and its parameters, for COPY; the required notice stands on each row."""
    inner, parameters = statement_of(queryset.order_by().values(*COLUMNS, period_end=F("period__end")))
    columns = ", ".join(f'{_in_csv(name, sql)} as "{name}"' for name, sql in fields_in(language))
    known = language if language in ("en", "fr", "es") else "en"
    notice = f"""(select string_agg(distinct coalesce(nullif(m.notice_{known}, ''), m.notice_en), ' ')
        from sdg_targets_series_indicators si join sdg_targets_migrationprofile m on m.indicator_id = si.indicator_id
        where si.series_id = s.id)"""
    of_dataset = (
        f"case when d.evidence <> '{Evidence.OFFICIAL}' then coalesce(nullif(d.note_{known}, ''), d.note_en) end"
    )
    order = ", ".join(f"o.{column}" for column in SORT)
    statement = f"""select {columns}, n.notice from ({inner}) o {JOINS}
        left join lateral (select coalesce(nullif({notice}, ''), {of_dataset}) as notice) n on true order by {order}"""
    return statement, tuple(parameters)


#: The tables that figures are asked for by, or whose words stand beside them, and that may be edited without a revision.
_CATALOGUE: Final = (
    "area",
    "dataset",
    "series",
    "unit",
    "target",
    "indicator",
    "migrationprofile",
    "series_indicators",
)


#: A row's version is its place and the transaction that wrote it. The sums stand side by side: rows of two tables may have
#: the same place.
_DIGEST: Final = "concat_ws(',', {})".format(
    ", ".join(
        f"(select coalesce(sum(hashtidextended(ctid, xmin::text::bigint)), 0) from sdg_targets_{table})"
        for table in _CATALOGUE
    )
)
_STATE: Final = Prepared.of(
    f"""select coalesce(max(number), 0), max(made_at), {_DIGEST} from (
          select number, made_at from sdg_targets_revision order by number desc limit 1) newest"""
)


@dataclass(frozen=True, slots=True)
class Freshness:
    """What an answer hangs on besides its address: the newest revision, when it was made, and the catalogue's state."""

    revision: int
    made_at: datetime | None
    catalogue: str


def freshness() -> Freshness:
    """The newest revision and the state of the catalogue, in one query.

    The state changes whenever a name, a flag or a notice of the catalogue does: it is a digest of its rows' versions. A
    figure may not be sent again as unchanged when the notice that must stand beside it is new. The tables are small
    (some hundred rows), and each row carries the number of the transaction that wrote it.
    """
    return Freshness(*_STATE.ask())
