"""Staged rows become rows of numbers, once: codes turn into ids, texts into numbers, and every rule is asked.

``resolved`` holds every staged row in the order of the key. Its ``verdict`` is blank where the row is not taken (a rule
is broken, it contradicts another, it says the same again) and ``new`` where it is, until it is compared with what stands.
Whatever is asked of the rows later is asked of this table; the text is read again only for rows that are refused.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from sdg_targets.domain.numbers import MAX_DIGITS, PLAIN_NUMBER_SQL
from sdg_targets.domain.rows import COLUMNS
from sdg_targets.domain.validation import RULES

#: The columns that make the key of an observation within a dataset.
KEY: Final = "series_id, area_id, period_id, breakdown_id"
#: How each column of an observation is read from a staged row, and what stands where the row says nothing.
BODY: Final = {
    "value": "v",
    "value_text": "s.value_text",
    "status": "coalesce(s.status, 'A')",
    "nature": "coalesce(s.nature, '_X')",
    "unit_id": "coalesce(u.id, ser.unit_id)::integer",
    "multiplier": "case when length(s.multiplier) <= 2 and s.multiplier ~ '^[0-9]+$' then s.multiplier::smallint"
    " when s.multiplier is null then 0 end",
    "lower_bound": "lo",
    "upper_bound": "hi",
    "numerator": "num",
    "denominator": "den",
    "base_period": "s.base_period",
    "time_detail": "s.time_detail",
    "source_id": "src.id",
    "footnote_id": "foot.id",
}

#: The numbers that are read from columns of text.
NUMBERS: Final = {
    "v": "value",
    "lo": "lower_bound",
    "hi": "upper_bound",
    "num": "numerator",
    "den": "denominator",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A staged row that breaks a rule, with the rows that say the opposite where there are any."""

    number: int
    place: str
    column: str
    rule: str
    found: str
    expected: str


def _numeric(column: str) -> str:
    return (
        f"case when s.{column} ~ '{PLAIN_NUMBER_SQL}' and length(s.{column}) <= {MAX_DIGITS}"
        f" then s.{column}::numeric end"
    )


def _reading(filled: Collection[str]) -> Callable[[str], str]:
    """Makes of SQL over staged rows that for a file which fills these columns alone: the others are null, and say so.

    The planner then strikes out what is asked of them; else each would be asked of each of a million rows.
    """
    nothing = {f"s.{column}": "null::text" for column in COLUMNS if column not in filled}
    nothing |= {name: "null::numeric" for name, column in NUMBERS.items() if column not in filled}
    if not nothing:
        return str
    names = re.compile(r'(?<![."\w])(' + "|".join(map(re.escape, nothing)) + r")\b")
    return lambda sql: names.sub(lambda match: nothing[match[1]], sql)


def _joined(which: str = "") -> str:
    """Staged rows joined with the catalogue; the rules' SQL speaks of these names. ``which`` narrows the rows.

    ``offset 0`` keeps the planner from writing the reading of a number into each place where the number is named.
    """
    numbers = ", ".join(f'{_numeric(column)} as "{name}"' for name, column in NUMBERS.items())
    return f"""
    (select s.*, {numbers} from staging s {which} offset 0) s
    left join (
        select one.code, one.id, one.unit_id, one.minimum, one.maximum,
               array(select d.code::text from sdg_targets_series_dimensions sd
                     join sdg_targets_dimension d on d.id = sd.dimension_id where sd.series_id = one.id) as dimensions
        from sdg_targets_series one offset 0
    ) ser on ser.code = s.series
    left join sdg_targets_area a on a.code = s.area
    left join staged_period p on p.code = s.period
    left join staged_breakdown b on b.code = s.breakdown
    left join tombstoned t on (t.series_id, t.area_id, t.period_id, t.breakdown_id) = (ser.id, a.id, p.id, b.id)
    left join sdg_targets_unit u on u.code = s.unit
    left join staged_note src on src.kind = 'source' and src.text = s.source
    left join staged_note foot on foot.kind = 'footnote' and foot.text = s.footnote
"""


#: Where a row stands: as its reader says, else by lines, which cells with line breaks before it move further down.
PLACE: Final = """coalesce(s.place, 'line ' || s.n + 1 + coalesce(
    (select further from staged_breaks broken where broken.n < s.n order by broken.n desc limit 1), 0))"""


def _rules() -> list[Any]:
    return [rule for rule in sorted(RULES.values(), key=lambda rule: rule.number) if rule.broken_sql]


def refuse_broken_rows(*, today: date, filled: Collection[str] = COLUMNS) -> list[Refused]:
    """Resolve all staged rows and ask every rule of each; returns the rows refused, with what is wrong with each.

    ``filled`` are the columns that the file has.
    """
    asked, read = {"today": today}, _reading(filled)
    broken = " or ".join(f"({rule.broken_sql})" for rule in _rules())
    body = ", ".join(f"{sql} as {column}" for column, sql in BODY.items())
    with connection.cursor() as cursor:
        # Tables of codes are small whatever the statistics say: they are hashed, never looped over. The SQL of the rules
        # is ours, from the table of rules; what it compares with is a parameter.
        cursor.execute("set local enable_nestloop = off")
        cursor.execute(
            f"""create temporary table resolved on commit drop as
                select *, case when not broken and turn = 1 then 'new' end as verdict, null::bigint as old_id
                from (select *, row_number() over (partition by {KEY} order by broken, n) as turn
                      from (select s.n, ser.id::integer as series_id, a.id::integer as area_id, p.id as period_id,
                                   b.id as breakdown_id, {read(body)}, coalesce({read(broken)}, false) as broken
                            from {read(_joined())}) each) counted""",
            asked,
        )
        refused = _explain_broken(cursor, asked)
        cursor.execute("set local enable_nestloop = on")
        return refused + _refuse_contradictions(cursor)


def _explain_broken(cursor: Any, asked: dict[str, Any]) -> list[Refused]:
    """Every rule that each broken row breaks: asked one by one of these rows alone.

    Of a row whose key was withdrawn for confidentiality nothing that was found is told.
    """
    rules = _rules()
    cases = ", ".join(f"case when {rule.broken_sql} then '{rule.number}' end" for rule in rules)
    columns = ", ".join(f"'{rule.column}'" for rule in rules)
    cursor.execute(
        f"""select s.n, {PLACE}, broken.rule,
                   case when t.series_id is null then coalesce(to_jsonb(s) ->> broken.col, '') else '' end
            from {_joined("where s.n in (select n from resolved where broken)")},
            unnest(array[{cases}], array[{columns}]) as broken(rule, col)
            where broken.rule is not null order by s.n, broken.rule""",
        asked,
    )
    return [_refused(*row) for row in cursor.fetchall()]


def _refused(number: int, place: str, rule_number: str, found: str) -> Refused:
    rule = RULES[rule_number]
    return Refused(number, place, rule.column, rule.number, found, rule.sentence)


def _refuse_contradictions(cursor: Any) -> list[Refused]:
    """Rows of the same key that disagree: all are refused, each naming the others."""
    cursor.execute(
        f"""with several as (select distinct {KEY} from resolved where turn > 1 and not broken),
              told as (
                select r.n, count(r.value) over same as valued, count(*) over same as many,
                       min(r.value) over same as least, max(r.value) over same as most,
                       string_agg({PLACE}, ', ') over same as places, {PLACE} as place, s.value as found
                from several join resolved r using ({KEY}) join staging s on s.n = r.n where not r.broken
                window same as (partition by {KEY}))
            select n, place, found, places from told
            where least is distinct from most or valued not in (0, many) order by n"""
    )
    found = cursor.fetchall()
    if found:
        cursor.execute(
            "update resolved set verdict = null, broken = true where n = any(%s)", [[number for number, *_ in found]]
        )
    sentence = RULES["V18"].sentence
    return [
        Refused(n, place, "value", "V18", value or "", f"{sentence} ({places})") for n, place, value, places in found
    ]


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken of a file: how many rows of which series (by id), and how many say again what another row says."""

    rows: int
    repeated: int
    series: dict[int, str]


def count_taken() -> Taken:
    """Count the rows that no rule refused."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select ser.id, ser.code, counted.rows, counted.repeated from sdg_targets_series ser join (
                 select series_id, count(verdict) as rows, count(*) filter (where turn > 1 and not broken) as repeated
                 from resolved group by 1) counted
               on counted.series_id = ser.id where counted.rows > 0 order by 2"""
        )
        found = cursor.fetchall()
    series = {pk: code for pk, code, _rows, _repeated in found}
    return Taken(sum(row[2] for row in found), sum(row[3] for row in found), series)


__all__ = ["BODY", "KEY", "PLACE", "Refused", "Taken", "count_taken", "refuse_broken_rows"]
