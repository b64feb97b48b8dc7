"""Every rule of the house in one book: its number, weight, column and sentence, what it compares, and an example.

The public page, the API and the messages of imports and submissions take their words from here; nothing is written twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .checking import ENTRY_RULES
from .languages import gettext_noop
from .validation import READER_RULES, RULES, Strength


class Scope(StrEnum):
    """What a rule looks at."""

    ROW = "row"
    CELL = "cell"
    SUBMISSION = "submission"
    FILE = "file"


#: Each scope in a sentence, in the order of the book.
SCOPES: Final[Mapping[Scope, str]] = {
    Scope.ROW: gettext_noop("Every figure, entered or imported, by itself and with the catalogue"),
    Scope.CELL: gettext_noop("An entered figure with its series and with the figures beside it"),
    Scope.SUBMISSION: gettext_noop("Entered figures with each other, and with those published"),
    Scope.FILE: gettext_noop("A publisher’s file, before a row is a row"),
}
#: What a weight does.
WEIGHTS: Final[Mapping[Strength, str]] = {
    Strength.ERROR: gettext_noop("Error: blocks until it is put right"),
    Strength.WARNING: gettext_noop("Warning: passes with an explanation"),
    Strength.NOTE: gettext_noop("Note: informs"),
}
_OF_ROWS: Final = gettext_noop("The figure with itself and with the catalogue")
_OF_ROWS_TOGETHER: Final = gettext_noop("Rows of one file with each other")
_OF_FILES: Final = gettext_noop("The file with what its publisher’s format promises")
#: What each rule of rows finds: a column, and a text in it. The tests try every one.
ROW_EXAMPLES: Final[Mapping[str, tuple[str, str]]] = {
    "V01": ("series", "SI_RMT_COSTS"),
    "V02": ("area", "AB9"),
    "V03": ("period", "2019*"),
    "V04": ("period", "2100"),
    "V05": ("breakdown", "SEX=X"),
    "V06": ("breakdown", "AGE=Y0T4"),
    "V07": ("value", "24,644"),
    "V08": ("numerator", "1/2"),
    "V09": ("value", ""),
    "V10": ("status", "L"),
    "V11": ("unit", "PERCENT"),
    "V12": ("unit", "USD"),
    "V13": ("value", "100.1"),
    "V14": ("lower_bound", "99"),
    "V15": ("status", "X"),
    "V16": ("nature", "NA"),
    "V17": ("multiplier", "13"),
    "V19": ("value_text", "…" * 41),
    "V20": ("denominator", "0"),
}
#: Of rules that a column and a text do not show.
_TOLD_EXAMPLES: Final[Mapping[str, str]] = {
    "V18": "KEN 2015 5 · KEN 2015 7",
    "V19": "time_detail > 200",
    "V21": "Q",
    "R01": "AB9 · XKX",
    "R02": "24,644,",
    "R04": "2015,0",
    "R11": "SEX=F · Sex=Male",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule as the book tells it. Sentence and ``compares`` are for translators, the example is the same everywhere."""

    number: str
    strength: Strength
    column: str
    sentence: str
    compares: str
    example: str
    scope: Scope


def rulebook() -> tuple[Entry, ...]:
    """Every rule, in the order of the scopes and their numbers."""
    rows = [
        Entry(
            number,
            rule.strength,
            rule.column,
            rule.sentence,
            _OF_ROWS if rule.broken is not None else _OF_ROWS_TOGETHER,
            _TOLD_EXAMPLES.get(number) or ROW_EXAMPLES[number][1] or "—",
            Scope.ROW,
        )
        for number, rule in sorted(RULES.items())
    ]
    entered = [
        Entry(
            rule.number,
            rule.strength,
            rule.column,
            rule.sentence,
            rule.compares,
            rule.example,
            Scope.SUBMISSION if rule.of_cell is None else Scope.CELL,
        )
        for rule in ENTRY_RULES.values()
    ]
    files = [
        Entry(number, Strength.ERROR, "", said, _OF_FILES, _TOLD_EXAMPLES.get(number, ""), Scope.FILE)
        for number, said in READER_RULES.items()
    ]
    order = list(Scope)
    return tuple(sorted((*rows, *entered, *files), key=lambda entry: (order.index(entry.scope), entry.number)))


__all__ = ["ROW_EXAMPLES", "SCOPES", "WEIGHTS", "Entry", "Scope", "rulebook"]
