"""What a person wrote into one row of a template, read and compared: new, changed, unchanged, refused, or a clash.

A row says something of one cell of a submission. It is read against three things: what stood there when the template was
made (the base, known by the version that the row names), what stands there now, and what the row says. Whoever left a row
as it was changes nothing, whatever others did meanwhile; whoever changed it after somebody else is shown both.

A state is what a cell says as text by column: numbers are plain decimals, a blank is nothing, and a column that the file
does not have is not in it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from .languages import gettext_noop
from .numbers import is_plain_number
from .typed_numbers import PLAIN, TypedNumberError, read_typed
from .validation import LENGTHS, MISSING, NUMERIC_COLUMNS, STATUSES, sentence

#: The columns that a person fills in, as attributes of a cell.
NUMBERS: Final = ("value", *NUMERIC_COLUMNS)
IN_THE_UNIT: Final = frozenset(("value", "lower_bound", "upper_bound"))
TEXTS: Final = ("source", "footnote", "note", "base_period", "time_detail", "explanation")
ENTERED: Final = ("value", "status", "multiplier", *NUMERIC_COLUMNS, *TEXTS)
#: What a blank means where it does not mean nothing.
BLANK: Final[Mapping[str, str]] = {"status": "A", "multiplier": "0"}
_CODE: Final = re.compile(r"([A-Z])(?:\W.*)?", re.DOTALL)
_POWER: Final = re.compile(r"([0-9]{1,2})(?:[^0-9].*)?", re.DOTALL)

NO_STATUS: Final = gettext_noop("Choose a status from the list of the cell, such as A or L.")
NO_MULTIPLIER: Final = gettext_noop("Choose a multiplier from the list of the cell: a power of ten from 0 to 12.")
STANDS_TWICE: Final = gettext_noop(
    "The same observation stands in %(place)s and says something else: keep one of the two."
)

State = Mapping[str, str]
EMPTY: Final[State] = {}


@dataclass(frozen=True, slots=True)
class Given:
    """The text of one cell; ``exact`` where a workbook held a number, which is written 1234.5 in every language."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Slip:
    """Why a cell is refused: the column, the rule, what was found, and a sentence (for translators) of what is right."""

    column: str
    rule: str
    found: str
    message: str
    values: Mapping[str, str] = field(default_factory=dict)


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    CLASH = "clash"
    REFUSED = "refused"
    UNCHANGED = "unchanged"


def read_entry(given: Mapping[str, Given], language: str, *, percent: bool) -> tuple[dict[str, str], list[Slip]]:
    """What a row says, by column, and what of it cannot be taken. ``percent``: a sign % behind a number is its unit's."""
    said: dict[str, str] = {}
    slips: list[Slip] = []
    for column in ENTERED:
        cell = given.get(column)
        if cell is not None and not cell.text:
            said[column] = BLANK.get(column, "")
        elif cell is not None:
            text, slip = _read(column, cell, language, percent=percent and column in IN_THE_UNIT)
            said[column] = text
            slips += [slip] if slip else []
    if not slips:
        slips += _contradictions(said)
    return said, slips


def _read(column: str, cell: Given, language: str, *, percent: bool) -> tuple[str, Slip | None]:
    if column in NUMBERS:
        return _number(column, cell, language, percent=percent)
    if column == "status":
        return _coded(column, cell.text, _CODE, STATUSES, ("V15", NO_STATUS))
    if column == "multiplier":
        return _coded(column, cell.text, _POWER, frozenset(map(str, range(13))), ("V17", NO_MULTIPLIER))
    longest = LENGTHS.get(column)
    if longest is not None and len(cell.text) > longest:
        return cell.text, Slip(column, "V19", cell.text[:80], sentence("V19"))
    return cell.text, None


def _number(column: str, cell: Given, language: str, *, percent: bool) -> tuple[str, Slip | None]:
    try:
        number = read_typed(cell.text, PLAIN if cell.exact else language, percent=percent)
    except TypedNumberError as error:
        rule = "V07" if column == "value" else "V08"
        return cell.text, Slip(column, rule, cell.text[:80], error.message, error.values)
    return ("" if number is None else format(number, "f")), None


def _coded(
    column: str, text: str, form: re.Pattern[str], known: frozenset[str], refusal: tuple[str, str]
) -> tuple[str, Slip | None]:
    """A code, with or without its words behind it as the lists have them."""
    match = form.fullmatch(text)
    if match is None or match[1] not in known:
        return text, Slip(column, refusal[0], text[:80], refusal[1])
    return match[1], None


def _contradictions(said: State) -> list[Slip]:
    value, status = said.get("value", ""), said.get("status", "A")
    return [Slip("status", "V10", status, sentence("V10"))] if value and status in MISSING else []


def no_reason() -> Slip:
    """A source or a note was written, and neither a value nor the reason why there is none."""
    return Slip("value", "V09", "", sentence("V09"))


def says_something(state: State) -> bool:
    """Whether there is a value in it, or the reason why there is none."""
    return bool(state.get("value")) or state.get("status") in MISSING


def same(column: str, one: str, other: str) -> bool:
    """Whether two texts of a column mean the same: 6.20 is 6.2, a blank status is A."""
    first, second = one or BLANK.get(column, ""), other or BLANK.get(column, "")
    if first != second and column in NUMBERS and is_plain_number(first) and is_plain_number(second):
        return Decimal(first) == Decimal(second)
    return first == second


def differing(mine: State, other: State) -> list[str]:
    """The columns of a row that say something else than another state, in order."""
    return [column for column in ENTERED if column in mine and not same(column, mine[column], other.get(column, ""))]


def judge(mine: State, *, base: State | None, now: State, seen: int | None, version: int) -> Outcome:
    """What becomes of a row that could be read.

    ``base`` is what the cell said at the version ``seen``, which the row names (``None``: the row names none); ``now`` is
    what it says at its present ``version`` (0: nothing was ever entered).
    """
    if not differing(mine, now):
        return Outcome.UNCHANGED
    if seen is None or base is None:
        if not says_something(mine):
            return Outcome.UNCHANGED  # a blank in a file that saw nothing takes nothing away
    elif not differing(mine, base):
        return Outcome.UNCHANGED
    elif seen != version:
        return Outcome.CLASH
    if says_something(now):
        return Outcome.CHANGED
    return Outcome.NEW if says_something(mine) else Outcome.REFUSED  # see ``no_reason``
