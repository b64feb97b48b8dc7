"""Numbers as publishers write them, read exactly: never through a float, never guessed.

Shape: text in, the plain decimal text out (ASCII digits, point, no separators), which PostgreSQL's ``numeric`` and
``decimal.Decimal`` both read to the same value with the written precision kept.
"""

import re
from decimal import Decimal
from typing import Final

#: Digits a value may have on either side of the point: more is no statistic but an attack or a slip.
MAX_DIGITS: Final = 60

_PLAIN: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
_THOUSANDS: Final = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
#: The same rule in PostgreSQL's words, for rows that are never Python objects.
PLAIN_NUMBER_SQL: Final = r"^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?$"


class NumberError(ValueError):
    """A text that is not a number; the message says what would be one."""


def is_plain_number(text: str) -> bool:
    """Whether the text is a plain decimal: ``-12.50`` or ``3e-05``; no separators, no NaN, no other scripts' digits."""
    return len(text) <= MAX_DIGITS and _PLAIN.fullmatch(text) is not None


def plain_number(text: str) -> str:
    """Read ``24,644`` or ``3e-05`` into plain decimal text. Errors: ``NumberError``."""
    given = text.strip().replace("\u2212", "-")
    if _THOUSANDS.fullmatch(given):
        given = given.replace(",", "")
    if not is_plain_number(given):
        raise NumberError(f"{text!r} is not a number: write digits with a decimal point, such as 1234.5.")
    if "e" in given.lower():
        return format(Decimal(given), "f")
    return given.removeprefix("+")
