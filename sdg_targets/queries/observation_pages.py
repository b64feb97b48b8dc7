"""Pages of observations as JSON, made in one statement each: of a filtered list, and of the newest figures of an area."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import BooleanField, F, Func, IntegerField, QuerySet, Subquery, TextField, Value, Window
from django.db.models.functions import RowNumber

from sdg_targets.models import Area, Latest, Observation, ReportingType

from .known_context import KnownContext, known_since
from .observation_lists import COLUMNS, JOINS, KEY, SORT, after, fields_in, statement_of
from .plain_questions import PlainQuestion, plain_question
from .prepared import Prepared, asked_for

#: The key as whole numbers, for a cursor: a day is counted as ``date.toordinal`` counts it.
_AS_NUMBERS: Final = ", ".join(f"{c} - date '0001-01-01' + 1" if c == "period_end" else c for c in SORT)
#: The place of a row's breakdown among those that stand for the whole of its series; the total where none is named.
_HEADLINE: Final = Func(
    F("series__headline"),
    F("breakdown__key"),
    template="array_position(coalesce(nullif(%(expressions)s)",
    arg_joiner=", '{}'), '{_T}'), ",
    output_field=IntegerField(null=True),
)
#: Ten tables can be joined in very many orders, and looking for the best took half as long as the page itself: they are taken
#: a few at a time, in the order in which they stand (the page, then what it refers to by key).
_A_FEW_AT_A_TIME: Final = "join_collapse_limit = 4"
#: The statements of plain questions, by columns and language.
_PREPARED: Final[dict[tuple[tuple[str, ...], str], Prepared | None]] = {}


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


def observation_page(
    queryset: QuerySet[Observation], *, size: int, key: Sequence[int] | None, language: str
) -> ObservationPage:
    """One page of a filtered query, in one statement."""
    question = None if key else plain_question(queryset)
    if question and (prepared := _prepared(question, queryset, language)):
        return _page(prepared.ask(*question.values, size), size)
    rows, parameters = _rows_of(after(queryset, key) if key else queryset)
    with connection.cursor() as cursor:
        cursor.execute(f"set local {_A_FEW_AT_A_TIME}; {_page_of(rows, language)}", [*parameters, size, size, size])
        return _page(cursor.fetchone(), size)


def _prepared(question: PlainQuestion, queryset: QuerySet[Observation], language: str) -> Prepared | None:
    """The statement of a page that answers a plain question, made when the first such question is asked."""
    key = (question.columns, language)
    if key not in _PREPARED:
        rows, parameters = _rows_of(queryset)
        places = [asked_for(number) for number in range(1, len(parameters) + 1)]
        size = [asked_for(len(parameters) + 1)] * 3
        made = Prepared.of(_page_of(rows, language), [*places, *size], setting=_A_FEW_AT_A_TIME)
        _PREPARED[key] = made if parameters == question.values else None  # ``None``: more is asked than was seen
    return _PREPARED[key]


def _rows_of(queryset: QuerySet[Observation], **more: F) -> tuple[str, tuple[Any, ...]]:
    """The statement of the rows in their order, each with its turn, and its parameters; ``more`` are columns beside."""
    turn = Window(RowNumber(), order_by=[*KEY])
    return statement_of(queryset.order_by(*KEY).values(*COLUMNS, period_end=F("period__end"), turn=turn, **more))


#: The column that tells a country's own figures from the global ones.
_WHOSE: Final = {"reporting_type": F("dataset__reporting_type")}
#: Whether a row of a page is a country's own, of a series of which the page has a global figure too.
_BESIDE: Final = f"""one.reporting_type = '{ReportingType.NATIONAL}'
    and min(one.reporting_type) over (partition by one.series_id) = '{ReportingType.GLOBAL}'"""


def _page_of(rows: str, language: str, *, beside: str = "false") -> str:
    """The statement that makes a page of the rows which another gives. Its last three parameters are the page's size.

    Rows that meet the condition ``beside`` stand apart.
    """
    columns = ", ".join(f'{sql} as "{name}"' for name, sql in fields_in(language))
    made = "coalesce(json_agg(observation order by turn) filter (where on_page and"
    return f"""with page as materialized ({rows} limit %s::integer + 1),
          parted as (select one.*, one.turn <= %s::integer as on_page, {beside} as beside from page one)
        select {made} not beside), '[]')::text, count(*), array_agg(distinct series_id),
               (select array[{_AS_NUMBERS}] from page where turn = %s::integer),
               {made} beside), '[]')::text, array_agg(distinct series_id) filter (where beside)
        from (select o.turn, o.series_id, o.on_page, o.beside, (select one from (select {columns}) one) as observation
              from parted o {JOINS}) named"""


def _page(found: tuple[Any, ...], size: int) -> ObservationPage:
    data, count, series, last, own, own_series = found
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
        source = source.filter(_is_any("series__code", series))
    one = Subquery(Area.objects.filter(code=code).values("pk")[:1])  # a value before the joins: plans begin with it
    found = source.filter(area_id=one).annotate(headline=_HEADLINE).filter(headline__isnull=False)
    first = ("dataset__reporting_type", "dataset__rank", "dataset_id")
    newest = found.order_by("series_id", *first, "-period__end", "-period__start", "headline")
    ids = newest.distinct("series_id", "dataset__reporting_type").values("observation_id" if known.is_now else "pk")
    return rows.filter(pk__in=ids)


def _is_any(field: str, codes: Sequence[str]) -> Func:
    """A code is one of several, which are a single parameter: the statement is the same for any number of them."""
    given = Value(codes, output_field=ArrayField(TextField()))
    return Func(F(field), given, template="(%(expressions)s))", arg_joiner=" = any(", output_field=BooleanField())


def profile_page(code: str, known: KnownContext, *, series: Sequence[str], size: int, language: str) -> ObservationPage:
    """A page of the newest figures of an area, as ``newest_of_area`` finds them, its own beside the global ones.

    What is asked at present is the same statement for each area and any series: each connection plans it once.
    """
    if not known.is_now:
        rows, parameters = _rows_of(newest_of_area(code, known, series=series), **_WHOSE)
        with connection.cursor() as cursor:
            made = _page_of(rows, language, beside=_BESIDE)
            cursor.execute(f"set local {_A_FEW_AT_A_TIME}; {made}", [*parameters, size, size, size])
            return _page(cursor.fetchone(), size)
    given = (code, list(series)) if series else (code,)
    return _page(_newest_now(language, some=bool(series)).ask(*given, size), size)


#: What stands for what is asked while the statement is made. No code holds a NUL, and PostgreSQL takes none.
_AREA, _SERIES = "\0area", "\0series"


@lru_cache(maxsize=16)
def _newest_now(language: str, *, some: bool) -> Prepared:
    """A page of the newest figures of an area at present, of all series or of some."""
    rows, parameters = _rows_of(newest_of_area(_AREA, known_since(None), series=_SERIES if some else ()), **_WHOSE)
    asked = {_AREA: asked_for(1), _SERIES: asked_for(2)}
    size = [asked_for(3 if some else 2)] * 3
    return Prepared.of(_page_of(rows, language, beside=_BESIDE), [*(asked.get(one, one) for one in parameters), *size])


def as_json(page: ObservationPage, *, series: Mapping[str, str], own: str = "", **around: Any) -> bytes:
    """The page's JSON, with what is said of each series (JSON too) and other members around it; no row is read again.

    ``own`` is the name under which rows stand that are beside the page's.
    """
    outer = json.dumps(around, ensure_ascii=False, cls=DjangoJSONEncoder)
    notes = ", ".join(f"{json.dumps(code)}: {note}" for code, note in series.items())
    beside = f', "{own}": {page.own}' if own else ""
    return f'{outer[:-1]}{", " if around else ""}"series": {{{notes}}}, "data": {page.data}{beside}}}'.encode()
