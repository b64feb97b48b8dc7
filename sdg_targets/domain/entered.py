"""A figure as it is entered: its key, what was typed, what was read of it, and what was said with it.

Texts that are no numbers stay with the cell as ``unread``, so that nothing typed is lost and every slip has its sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from .disaggregation import BreakdownError, parse_breakdown
from .numbers import MAX_DIGITS
from .periods import PeriodError, parse_period
from .rows import ObservationRow
from .typed_numbers import TypedNumberError, read_typed
from .validation import MISSING, MULTIPLIERS

#: Columns that hold numbers, the value first.
NUMBERS: Final = ("value", "lower_bound", "upper_bound", "numerator", "denominator")
#: Those that are in the unit of the value: a sign % may stand behind them.
_OF_THE_UNIT: Final = frozenset(("value", "lower_bound", "upper_bound"))
#: Columns that hold texts.
TEXTS: Final = (
    "status", "nature", "unit", "multiplier", "base_period", "time_detail", "source", "footnote", "explanation",
)  # fmt: skip
#: An explanation that explains has at least so many letters and digits.
SHORTEST_EXPLANATION: Final = 10


@dataclass(frozen=True, slots=True, order=True)
class CellKey:
    """Series, reference area, time period and breakdown of an entered figure, in codes."""

    series: str
    area: str
    period: str
    breakdown: str = "_T"

    def canonical(self) -> "CellKey":
        """The same key as the database writes it: ``2015/16`` is ``2015/2016``; what cannot be read stays as it is."""
        period, breakdown = self.period, self.breakdown
        try:
            period = parse_period(period).code
            breakdown = parse_breakdown(breakdown).key
        except (PeriodError, BreakdownError):
            pass
        return CellKey(self.series, self.area, period, breakdown)


@dataclass(frozen=True, slots=True)
class Unread:
    """A text in a column of numbers that is no number, or could be two: the sentence, what it names, the readings."""

    column: str
    typed: str
    message: str
    values: Mapping[str, str]
    readings: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One entered figure. ``typed`` is its value as typed; ``explanation`` answers the warnings that it raises."""

    key: CellKey
    value: Decimal | None = None
    typed: str = ""
    status: str = ""
    nature: str = ""
    unit: str = ""
    multiplier: str = ""
    lower_bound: Decimal | None = None
    upper_bound: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    base_period: str = ""
    time_detail: str = ""
    source: str = ""
    footnote: str = ""
    explanation: str = ""
    unread: tuple[Unread, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether it says, by its status, why there is no value."""
        return self.value is None and self.status in MISSING

    @property
    def is_suppressed(self) -> bool:
        return self.value is None and self.status == "Q"

    @property
    def is_explained(self) -> bool:
        return sum(sign.isalnum() for sign in self.explanation) >= SHORTEST_EXPLANATION

    @property
    def amount(self) -> Decimal | None:
        """The value in single units: 1.5 with multiplier 3 (thousands) is 1,500."""
        return scaled(self.value, self.power)

    @property
    def power(self) -> int:
        """The multiplier as a power of ten; one that is none counts as 0 here, and rule V17 says so."""
        return int(self.multiplier) if self.multiplier in MULTIPLIERS else 0


def scaled(value: Decimal | None, power: int) -> Decimal | None:
    """A value times a power of ten."""
    return value if value is None or power == 0 else value.scaleb(power)


def typed_cell(key: CellKey, texts: Mapping[str, str], *, language: str = "en", percent: bool = False) -> Cell:
    """Make a cell of texts by column, as typed in ``language`` (``typed_numbers.PLAIN``: as programs write).

    A column that is not given is blank. Errors: ``KeyError`` for a column that a cell does not have; never for a text.
    """
    if unknown := set(texts) - {*NUMBERS, *TEXTS}:
        raise KeyError(f"A cell has no column {', '.join(sorted(unknown))}.")
    numbers: dict[str, Any] = {}
    unread = []
    for column in NUMBERS:
        try:
            numbers[column] = read_typed(texts.get(column, ""), language, percent=percent and column in _OF_THE_UNIT)
        except TypedNumberError as slip:
            numbers[column] = None
            unread.append(Unread(column, texts[column], slip.message, slip.values, slip.readings))
    words: dict[str, Any] = {column: texts[column].strip() for column in TEXTS if column in texts}
    return Cell(key.canonical(), typed=texts.get("value", ""), unread=tuple(unread), **words, **numbers)


def row_of(cell: Cell) -> ObservationRow:
    """The cell as a row, for the rules that every observation must keep. What was typed and not read stands as typed."""
    unread = {slip.column: slip.typed for slip in cell.unread}
    numbers = {column: unread.get(column) or _text(getattr(cell, column)) for column in NUMBERS}
    value = numbers.pop("value")
    texts = {column: getattr(cell, column) or None for column in TEXTS if column != "explanation"}
    key = cell.key
    return ObservationRow("", key.series, key.area, key.period, key.breakdown, value, **numbers, **texts)


def _text(number: Decimal | None) -> str | None:
    """The number in plain digits; one too long for them (nobody types such) in the short form."""
    if number is None:
        return None
    text = format(number, "f")
    return text if len(text) <= MAX_DIGITS else str(number)


__all__ = ["NUMBERS", "SHORTEST_EXPLANATION", "TEXTS", "Cell", "CellKey", "Unread", "row_of", "scaled", "typed_cell"]
