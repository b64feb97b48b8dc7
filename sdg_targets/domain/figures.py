"""Figures as people read them: a number in the reader's language, with its unit, or the words for why there is none.

Units: those of the observation; nothing is converted. Precision: that in which the value was written, unless fewer digits
are asked for. Separators (CLDR 44): English 1,234.5; French 1 234,5 with a narrow no-break space; Spanish 1234,5 and
12 345,6 with a no-break space from five digits on.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

MINUS: Final = "\u2212"
NARROW_SPACE: Final = "\u202f"
NO_BREAK_SPACE: Final = "\u00a0"
#: Decimal sign, sign between thousands, and the fewest whole digits that are grouped.
_SIGNS: Final = {"en": (".", ",", 4), "fr": (",", NARROW_SPACE, 4), "es": (",", NO_BREAK_SPACE, 5)}

#: The operators of a target rule as people write them.
OPERATORS: Final = {"<": "<", "<=": "≤", "=": "=", ">=": "≥", ">": ">"}


def rounded(value: Decimal, digits: int) -> Decimal:
    """The value with at most that many significant digits after the whole part's own; 24644.37 stays whole at 3."""
    if value == 0:
        return Decimal(0)
    places = max(0, digits - value.adjusted() - 1)
    step = Decimal(1).scaleb(-places)
    return value.quantize(step, rounding=ROUND_HALF_UP) if -value.as_tuple().exponent > places else value  # type: ignore[operator]


def number(value: Decimal, language: str = "en", *, digits: int | None = None) -> str:
    """A number in the reader's language.

    ``digits``: at most so many significant digits (whole digits are never dropped). Errors: ``ValueError`` for NaN and
    infinities, which are no figures.
    """
    if not value.is_finite():
        raise ValueError(f"{value} is not a figure.")
    shown = rounded(value, digits) if digits is not None else value
    text = format(abs(shown), "f")
    if digits is not None and "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _, fraction = text.partition(".")
    point, between, least = _SIGNS.get(language.split("-", maxsplit=1)[0], _SIGNS["en"])
    grouped = _grouped(whole, between) if len(whole) >= least else whole
    sign = MINUS if shown < 0 else ""
    return sign + grouped + (point + fraction if fraction else "")


def _grouped(whole: str, between: str) -> str:
    head = len(whole) % 3
    parts = ([whole[:head]] if head else []) + [whole[i : i + 3] for i in range(head, len(whole), 3)]
    return between.join(parts)


def with_unit(text: str, symbol: str, language: str = "en") -> str:
    """A number and its unit: 6.9% in English, 6,9 % in French and Spanish; other units stand after a space."""
    if not symbol:
        return text
    if symbol == "%":
        return text + ("%" if language.startswith("en") else NO_BREAK_SPACE + "%")
    return f"{text}{NO_BREAK_SPACE if len(symbol) <= 3 else ' '}{symbol}"


def age_in_years(end_year: int, *, this_year: int) -> int:
    """How old a figure is: years from the one it holds for to this one, never below 0."""
    return max(0, this_year - end_year)
