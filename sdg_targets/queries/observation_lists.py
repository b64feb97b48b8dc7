"""Lists of observations as the API and the export give them: made in SQL from a filtered query.

The rows and their order are the FilterSet's; the shape is decided here, once for JSON and once for CSV. Bulk answers
never become Python objects.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import F, Func, IntegerField, Q, QuerySet, Subquery

from sdg_targets.domain.comparability import BREAK_SQL
from sdg_targets.models import Area, Evidence, Latest, Observation, ReportingType

from .known_context import KnownContext, known_since

#: The total order of observations: that of the table's key, in which periods follow each other in time.
KEY: Final = ("series_id", "area_id", "period__end", "period_id", "breakdown_id", "dataset_id", "known_from")
_SORT: Final = tuple(column.replace("__", "_") for column in KEY)
#: The key as whole numbers, for a cursor: a day is counted as ``date.toordinal`` counts it.
_AS_NUMBERS: Final = ", ".join(f"{c} - date '0001-01-01' + 1" if c == "period_end" else c for c in _SORT)
_COLUMNS: Final = (
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
_JOINS: Final = """
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


#: The place of a row's breakdown among those that stand for the whole of its series; the total where none is named.
_HEADLINE: Final = Func(
    F("series__headline"),
    F("breakdown__key"),
    template="array_position(coalesce(nullif(%(expressions)s)",
    arg_joiner=", '{}'), '{_T}'), ",
    output_field=IntegerField(null=True),
)


@dataclass(frozen=True, slots=True)
class ObservationPage:
    """A page of observations as JSON text, how many there are in it, and the key after which the next one begins.

    ``own`` are rows that stand beside ``data``, not in it: a country's own figures of series that the global dataset has.
    """

    data: str
    count: int
    next_key: tuple[int, ...] | None
    series_ids: tuple[int, ...]
    own: str = "[]"
    own_series_ids: tuple[int, ...] = ()


def _fields(language: str) -> tuple[tuple[str, str], ...]:
    known = language if language in ("en", "fr", "es") else "en"
    return tuple((name, sql.format(language=known)) for name, sql in FIELDS)


def _sql(queryset: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
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


def observation_page(
    queryset: QuerySet[Observation], *, size: int, key: Sequence[int] | None, language: str
) -> ObservationPage:
    """One page of a filtered query, in one statement."""
    return _page(_rows_of_page(after(queryset, key) if key else queryset, size), size=size, language=language)


def _rows_of_page(queryset: QuerySet[Observation], size: int, **more: F) -> tuple[str, tuple[Any, ...]]:
    """The statement of the rows of a page and of the one after them, with its parameters; ``more`` are columns beside."""
    return _sql(queryset.order_by(*KEY).values(*_COLUMNS, period_end=F("period__end"), **more)[: size + 1])


#: The column that tells a country's own figures from the global ones.
_WHOSE: Final = {"reporting_type": F("dataset__reporting_type")}
#: Whether a row of a page is a country's own, of a series of which the page has a global figure too.
_BESIDE: Final = f"""page.reporting_type = '{ReportingType.NATIONAL}'
    and min(page.reporting_type) over (partition by series_id) = '{ReportingType.GLOBAL}'"""


def _page(rows: tuple[str, tuple[Any, ...]], *, size: int, language: str, beside: str = "false") -> ObservationPage:
    """The page of the rows that a statement gives; those that meet the condition ``beside`` stand apart."""
    inner, parameters = rows
    pairs = ", ".join(f"'{name}', {sql}" for name, sql in _fields(language))
    order = ", ".join(f"o.{column}" for column in _SORT)
    # Ten tables can be joined in very many orders, and looking for the best took half as long as the page itself: here
    # they are taken a few at a time, in the order in which they stand (the page, then what it refers to by key).
    made = f"json_agg(json_build_object({pairs}) order by {order}) filter (where o.turn <= %s and"
    statement = f"""set local join_collapse_limit = 4;
        with page as materialized ({inner}), numbered as (
            select page.*, row_number() over (order by {", ".join(_SORT)}) as turn, {beside} as beside from page)
        select coalesce({made} not o.beside), '[]')::text, coalesce({made} o.beside), '[]')::text,
               array_agg(distinct o.series_id) filter (where o.beside),
               count(*), array_agg(distinct o.series_id),
               (select array[{_AS_NUMBERS}] from numbered where turn = %s)
        from numbered o {_JOINS}"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, size, size, size])
        data, own, own_series, count, series, last = cursor.fetchone()
    following = tuple(last) if count > size else None
    return ObservationPage(data, min(count, size), following, tuple(series or ()), own, tuple(own_series or ()))


def newest_of_area(code: str, known: KnownContext, *, series: Sequence[str] = ()) -> QuerySet[Observation]:
    """The newest figure with a value of each series of an area: one rule says which (docs/decisions.md, 9).

    Of a series that the global dataset has, the newest of the country's own as well.

    What is believed now is found through ``Latest``; a past moment through the rows themselves.
    """
    rows = Observation.objects.known_at(known.revision)
    source: QuerySet[Any] = Latest.objects.shown_by_areas() if known.is_now else rows.with_value().shown_by_areas()
    if series:
        source = source.filter(series__code__in=series)
    one = Subquery(Area.objects.filter(code=code).values("pk")[:1])  # a value before the joins: plans begin with it
    found = source.filter(area_id=one).annotate(headline=_HEADLINE).filter(headline__isnull=False)
    first = ("dataset__reporting_type", "dataset__rank", "dataset_id")
    newest = found.order_by("series_id", *first, "-period__end", "-period__start", "headline")
    ids = newest.distinct("series_id", "dataset__reporting_type").values("observation_id" if known.is_now else "pk")
    return rows.filter(pk__in=ids)


def profile_page(code: str, known: KnownContext, *, series: Sequence[str], size: int, language: str) -> ObservationPage:
    """A page of the newest figures of an area, as ``newest_of_area`` finds them, its own beside the global ones.

    What is asked at present is the same statement for each area and for as many series: it is made once, with names in it
    in place of which the codes are put. Making it took longer than answering it.
    """
    if not known.is_now:
        then = _rows_of_page(newest_of_area(code, known, series=series), size, **_WHOSE)
        return _page(then, size=size, language=language, beside=_BESIDE)
    statement, parameters = _newest_now(len(series), size)
    given = {_AREA: code, **{_SERIES.format(n): one for n, one in enumerate(series)}}
    asked = (statement, tuple(given.get(one, one) for one in parameters))
    return _page(asked, size=size, language=language, beside=_BESIDE)


#: What stands for a code in a statement that is made once. No code holds a NUL, and PostgreSQL takes none.
_AREA: Final = "\0area"
_SERIES: Final = "\0series{}"


@lru_cache(maxsize=64)
def _newest_now(series: int, size: int) -> tuple[str, tuple[Any, ...]]:
    """The rows of a page of the newest figures of an area at present, of so many series (0: of all)."""
    names = [_SERIES.format(n) for n in range(series)]
    return _rows_of_page(newest_of_area(_AREA, known_since(None), series=names), size, **_WHOSE)


def _in_csv(name: str, sql: str) -> str:
    return f"{sql}::text" if name == "break" else sql


def observation_csv(queryset: QuerySet[Observation], *, language: str) -> tuple[str, tuple[Any, ...]]:
    """The whole result as a statement and its parameters, for COPY; the required notice stands on each row."""
    inner, parameters = _sql(queryset.order_by().values(*_COLUMNS, period_end=F("period__end")))
    columns = ", ".join(f'{_in_csv(name, sql)} as "{name}"' for name, sql in _fields(language))
    known = language if language in ("en", "fr", "es") else "en"
    notice = f"""(select string_agg(distinct coalesce(nullif(m.notice_{known}, ''), m.notice_en), ' ')
        from sdg_targets_series_indicators si join sdg_targets_migrationprofile m on m.indicator_id = si.indicator_id
        where si.series_id = s.id)"""
    of_dataset = (
        f"case when d.evidence <> '{Evidence.OFFICIAL}' then coalesce(nullif(d.note_{known}, ''), d.note_en) end"
    )
    order = ", ".join(f"o.{column}" for column in _SORT)
    statement = f"""select {columns}, n.notice from ({inner}) o {_JOINS}
        left join lateral (select coalesce(nullif({notice}, ''), {of_dataset}) as notice) n on true order by {order}"""
    return statement, tuple(parameters)


#: The tables whose words stand beside figures and may be edited without a revision.
_CATALOGUE: Final = ("area", "dataset", "series", "unit", "indicator", "migrationprofile", "series_indicators")


#: A row's version is its place and the transaction that wrote it. The sums stand side by side: rows of two tables may have
#: the same place.
_DIGEST: Final = "concat_ws(',', {})".format(
    ", ".join(
        f"(select coalesce(sum(hashtidextended(ctid, xmin::text::bigint)), 0) from sdg_targets_{table})"
        for table in _CATALOGUE
    )
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
    with connection.cursor() as cursor:
        cursor.execute(
            f"""select coalesce(max(number), 0), max(made_at), {_DIGEST} from (
                  select number, made_at from sdg_targets_revision order by number desc limit 1) newest"""
        )
        return Freshness(*cursor.fetchone())


def as_json(page: ObservationPage, *, made: Mapping[str, str] | None = None, **around: Any) -> bytes:
    """The page's JSON with other members around it, without reading and writing its rows again.

    ``made`` are members that are JSON already.
    """
    outer = json.dumps(around, ensure_ascii=False, cls=DjangoJSONEncoder)
    inner = ", ".join(f'"{name}": {text}' for name, text in {"data": page.data, **(made or {})}.items())
    return (f"{outer[:-1]}, {inner}}}" if around else f"{{{inner}}}").encode()
