"""The rules an observation must keep: one table, with each rule's sentence, and its check in Python and in SQL.

The Python check looks at one row and a ``Reference`` of what is known; the SQL check is a condition over the staged
row ``s`` joined with the catalogue (series ``ser``, area ``a``, period ``p``, breakdown ``b``, unit ``u``, the key ``t``
of a value withdrawn for confidentiality) and the numbers already read (``v``, ``lo``, ``hi``, ``den``). Both are true where
the rule is broken; a property test shows that they agree. Rule V18 looks at several rows at once and has no check of a
single row.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from .disaggregation import TOTAL, BreakdownError, parse_breakdown
from .languages import gettext_noop
from .numbers import MAX_DIGITS, PLAIN_NUMBER_SQL, is_plain_number
from .periods import PeriodError, parse_period
from .rows import ObservationRow

#: Codes that the checks need (SDMX CL_OBS_STATUS, the UN's nature codes); the models give them words.
STATUSES: Final = frozenset("ABEPULMOQK")
MISSING: Final = frozenset("LMOQK")
NATURES: Final = frozenset(("C", "CA", "E", "G", "M", "N", "_X"))
#: Powers of ten in which a figure may be given.
MULTIPLIERS: Final = frozenset(str(n) for n in range(13))
#: The rule that keeps out what was withdrawn for confidentiality.
WITHDRAWN: Final = "V21"
NUMERIC_COLUMNS: Final = ("lower_bound", "upper_bound", "numerator", "denominator")
#: The longest text of each column that is not a free text.
LENGTHS: Final[Mapping[str, int]] = {"value_text": 40, "base_period": 40, "time_detail": 200}


class Strength(StrEnum):
    """How much a finding weighs: an error blocks, a warning needs an explanation, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """What the checks need to know of a series."""

    unit: str
    dimensions: frozenset[str]
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """What is known: series, areas, units, categories by dimension, and the day on which the check is made.

    ``withdrawn`` are the keys (series, area, period, breakdown) whose values were withdrawn for confidentiality.
    """

    series: Mapping[str, SeriesFacts]
    areas: frozenset[str]
    units: frozenset[str]
    categories: Mapping[str, frozenset[str]]
    today: date
    withdrawn: frozenset[tuple[str, str, str, str]] = frozenset()


Check = Callable[[ObservationRow, Reference], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: number, strength, the column it is about, its sentence, and its two checks."""

    number: str
    strength: Strength
    column: str
    sentence: str
    broken: Check | None
    broken_sql: str


RULES: Final[dict[str, Rule]] = {}


def rule(number: str, strength: Strength, column: str, sentence: str, *, sql: str) -> Callable[[Check], Check]:
    """Enter a check into the table of rules with its sentence and its SQL twin."""

    def enter(check: Check) -> Check:
        RULES[number] = Rule(number, strength, column, sentence, check, sql)
        return check

    return enter


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None and is_plain_number(text) else None


ERROR, WARNING, NOTE = Strength.ERROR, Strength.WARNING, Strength.NOTE


def _sql_list(codes: frozenset[str]) -> str:
    return ", ".join(f"'{code}'" for code in sorted(codes))


@rule("V01", ERROR, "series", gettext_noop("The series is in the catalogue."), sql="ser.id is null")
def unknown_series(row: ObservationRow, known: Reference) -> bool:
    return row.series not in known.series


@rule("V02", ERROR, "area", gettext_noop("The reference area is in the list of areas."), sql="a.id is null")
def unknown_area(row: ObservationRow, known: Reference) -> bool:
    return row.area not in known.areas


@rule(
    "V03", ERROR, "period", gettext_noop("The time period is a year, quarter, month, day or range."), sql="p.id is null"
)
def unreadable_period(row: ObservationRow, known: Reference) -> bool:
    try:
        parse_period(row.period)
    except PeriodError:
        return True
    return False


@rule("V04", ERROR, "period", gettext_noop("The time period has begun."), sql="p.start > %(today)s")
def future_period(row: ObservationRow, known: Reference) -> bool:
    try:
        return parse_period(row.period).start > known.today
    except PeriodError:
        return False


@rule(
    "V05", ERROR, "breakdown", gettext_noop("Each category of the breakdown is in the catalogue."), sql="b.id is null"
)
def unknown_category(row: ObservationRow, known: Reference) -> bool:
    try:
        parts = parse_breakdown(row.breakdown).parts
    except BreakdownError:
        return True
    return any(code not in known.categories.get(dimension, frozenset()) for dimension, code in parts)


@rule(
    "V06",
    ERROR,
    "breakdown",
    gettext_noop("The breakdown uses only dimensions of the series."),
    sql="b.id is not null and ser.id is not null and not b.dimensions <@ ser.dimensions",
)
def foreign_dimension(row: ObservationRow, known: Reference) -> bool:
    if row.series not in known.series or unknown_category(row, known):
        return False
    return not set(parse_breakdown(row.breakdown).codes) <= known.series[row.series].dimensions


@rule(
    "V07",
    ERROR,
    "value",
    gettext_noop("A value is a plain number, such as 1234.5."),
    sql="s.value is not null and v is null",
)
def unreadable_value(row: ObservationRow, known: Reference) -> bool:
    return row.value is not None and not is_plain_number(row.value)


@rule(
    "V08",
    ERROR,
    "lower_bound",
    gettext_noop("Bounds, numerator and denominator are plain numbers."),
    sql=" or ".join(
        f"(s.{c} is not null and (s.{c} !~ '{PLAIN_NUMBER_SQL}' or length(s.{c}) > {MAX_DIGITS}))"
        for c in NUMERIC_COLUMNS
    ),
)
def unreadable_bound(row: ObservationRow, known: Reference) -> bool:
    texts = (getattr(row, column) for column in NUMERIC_COLUMNS)
    return any(text is not None and not is_plain_number(text) for text in texts)


@rule(
    "V09",
    ERROR,
    "status",
    gettext_noop("Where there is no value, the status says why (L, M, O, Q or K)."),
    sql=f"s.value is null and coalesce(s.status, 'A') not in ({_sql_list(MISSING)})",
)
def missing_without_reason(row: ObservationRow, known: Reference) -> bool:
    return row.value is None and (row.status or "A") not in MISSING


@rule(
    "V10",
    ERROR,
    "status",
    gettext_noop("A status that says why a value is missing stands only where there is none."),
    sql=f"s.value is not null and s.status in ({_sql_list(MISSING)})",
)
def value_with_reason_for_none(row: ObservationRow, known: Reference) -> bool:
    return row.value is not None and row.status in MISSING


@rule("V11", ERROR, "unit", gettext_noop("The unit is in the catalogue."), sql="s.unit is not null and u.id is null")
def unknown_unit(row: ObservationRow, known: Reference) -> bool:
    return row.unit is not None and row.unit not in known.units


@rule(
    "V12",
    ERROR,
    "unit",
    gettext_noop("The unit is that of the series."),
    sql="u.id is not null and ser.id is not null and u.id <> ser.unit_id",
)
def other_unit(row: ObservationRow, known: Reference) -> bool:
    if row.unit not in known.units or row.series not in known.series:
        return False
    return row.unit != known.series[row.series].unit


@rule(
    "V13",
    ERROR,
    "value",
    gettext_noop("The value lies between the limits of the series (a share: 0 to 100 per cent)."),
    sql="v < ser.minimum or v > ser.maximum",
)
def out_of_range(row: ObservationRow, known: Reference) -> bool:
    value, facts = _number(row.value), known.series.get(row.series)
    if value is None or facts is None:
        return False
    below = facts.minimum is not None and value < facts.minimum
    return below or (facts.maximum is not None and value > facts.maximum)


@rule(
    "V14",
    ERROR,
    "lower_bound",
    gettext_noop("The value lies between its bounds."),
    sql="lo > hi or v < lo or v > hi",
)
def bounds_do_not_hold(row: ObservationRow, known: Reference) -> bool:
    value, lower, upper = _number(row.value), _number(row.lower_bound), _number(row.upper_bound)
    pairs = ((lower, upper), (lower, value), (value, upper))
    return any(small is not None and large is not None and small > large for small, large in pairs)


@rule(
    "V15",
    ERROR,
    "status",
    gettext_noop("The observation status is a known code."),
    sql=f"s.status is not null and s.status not in ({_sql_list(STATUSES)})",
)
def unknown_status(row: ObservationRow, known: Reference) -> bool:
    return row.status is not None and row.status not in STATUSES


@rule(
    "V16",
    ERROR,
    "nature",
    gettext_noop("The nature of the figure is a known code."),
    sql=f"s.nature is not null and s.nature not in ({_sql_list(NATURES)})",
)
def unknown_nature(row: ObservationRow, known: Reference) -> bool:
    return row.nature is not None and row.nature not in NATURES


@rule(
    "V17",
    ERROR,
    "multiplier",
    gettext_noop("The multiplier is a power of ten from 0 to 12."),
    sql="s.multiplier is not null and s.multiplier !~ '^([0-9]|1[0-2])$'",
)
def unknown_multiplier(row: ObservationRow, known: Reference) -> bool:
    return row.multiplier is not None and row.multiplier not in MULTIPLIERS


RULES["V18"] = Rule(
    "V18", ERROR, "value", gettext_noop("One key has one value: rows of the same key do not disagree."), None, ""
)


@rule(
    "V19",
    ERROR,
    "time_detail",
    gettext_noop("No text is longer than its column."),
    sql=" or ".join(f"length(s.{c}) > {n}" for c, n in LENGTHS.items()),
)
def text_too_long(row: ObservationRow, known: Reference) -> bool:
    return any(len(getattr(row, column) or "") > longest for column, longest in LENGTHS.items())


@rule("V20", ERROR, "denominator", gettext_noop("A denominator is not zero."), sql="den = 0")
def zero_denominator(row: ObservationRow, known: Reference) -> bool:
    return _number(row.denominator) == 0


@rule(
    WITHDRAWN,
    ERROR,
    "",
    gettext_noop("A value that was withdrawn for confidentiality does not come back."),
    sql="t.series_id is not null",
)
def withdrawn_for_confidentiality(row: ObservationRow, known: Reference) -> bool:
    try:
        key = (row.series, row.area, parse_period(row.period).code, parse_breakdown(row.breakdown).key)
    except (PeriodError, BreakdownError):
        return False
    return key in known.withdrawn


#: What readers find before a row is a row.
READER_RULES: Final[Mapping[str, str]] = {
    "R01": gettext_noop("Each code of the file has a meaning here."),
    "R02": gettext_noop("A value is a number as the publisher writes numbers."),
    "R03": gettext_noop("The row has all the cells that its heading promises."),
    "R04": gettext_noop("A figure is one that the office reports: placeholders of the template are none."),
    "R05": gettext_noop("A row gives a value, or a status that says why there is none."),
    "R06": gettext_noop("A series is mapped to what the file gives, because definition, area and unit are the same."),
    "R11": gettext_noop("Columns of one row do not contradict each other."),
    "R12": gettext_noop("An event is counted once: records that sum up other records are left out."),
    "M01": gettext_noop(
        "A text of metadata is of an indicator, a field and a language that are known, and stands once."
    ),
}


def broken_rules(row: ObservationRow, known: Reference) -> Iterator[Rule]:
    """The rules of a single row that this row breaks, in order of their numbers."""
    for entry in sorted(RULES.values(), key=lambda rule: rule.number):
        if entry.broken is not None and entry.broken(row, known):
            yield entry


def sentence(number: str) -> str:
    """What a rule asks for, by its number (rules of rows and of readers)."""
    return RULES[number].sentence if number in RULES else READER_RULES[number]


__all__ = [
    "LENGTHS",
    "MISSING",
    "MULTIPLIERS",
    "RULES",
    "TOTAL",
    "WITHDRAWN",
    "Reference",
    "Rule",
    "SeriesFacts",
    "Strength",
    "broken_rules",
    "sentence",
]
