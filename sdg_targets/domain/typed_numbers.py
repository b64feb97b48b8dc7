"""Numbers as people type them or paste them from a spreadsheet, read in the language they work in: exactly, or not at all.

A text that could be two numbers is no number here. ``1,234`` is a thousand and more to one person and a little over one to
another, and a wrong guess is off by a thousand in silence; the error carries both readings, so that a page can ask.
Shape: text in, ``Decimal`` out with the precision as typed; a blank is ``None``.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from .languages import gettext_noop
from .numbers import MAX_DIGITS, NumberError, is_plain_number

#: The notation of programs and workbooks, 1234.5: no language's.
PLAIN: Final = ""
#: What a number looks like to readers of a language, for sentences that say what would be right.
EXAMPLES: Final[Mapping[str, str]] = {PLAIN: "1234.5", "en": "1234.5", "fr": "1234,5", "es": "1234,5"}

_MINUS: Final = "-\u2212\u2013"
#: Signs that are not seen and come along when text is pasted.
_UNSEEN: Final = str.maketrans("", "", "\u200b\u200e\u200f\u2060\ufeff")
#: Spaces and apostrophes that stand between thousands.
_BETWEEN: Final = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007", " ") | {"\u2019": "'"})
_WHOLE: Final = re.compile(r"[0-9]+")
_SPACED: Final = re.compile(
    r"([1-9][0-9]{0,2}(?:( )[0-9]{3}(?:\2[0-9]{3})*|(')[0-9]{3}(?:\3[0-9]{3})*))(?:[.,]([0-9]+))?"
)
_SIGNED: Final = re.compile(r"([0-9]*)([.,])([0-9]+)")
_GROUPED: Final = re.compile(r"([1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?:\.[0-9]{3})+))(?:([.,])([0-9]+))?")


class TypedNumberError(NumberError):
    """A text that is no number, or could be two.

    ``message`` is a sentence for the translators' catalogue, ``values`` what it names, ``readings`` the numbers that were
    perhaps meant.
    """

    def __init__(self, message: str, values: Mapping[str, str], readings: tuple[Decimal, ...] = ()) -> None:
        super().__init__(message % values)
        self.message, self.values, self.readings = message, values, readings


NO_NUMBER: Final = gettext_noop("“%(typed)s” is no number: write one such as %(example)s.")
NO_DIGITS: Final = gettext_noop(
    "“%(typed)s” is no number: leave the value empty and choose the reason why there is none."
)
OTHER_DIGITS: Final = gettext_noop("“%(typed)s” has other digits than 0 to 9: write one such as %(example)s.")
TOO_LONG: Final = gettext_noop("The number has more than %(most)s signs.")
TWO_READINGS: Final = gettext_noop(
    "“%(typed)s” can be read as %(first)s or as %(second)s (decimal point): write the first without a sign between thousands,"
    " the second with a nought before it."
)
BRACKETS: Final = gettext_noop(
    "“%(typed)s” in brackets can be a negative number or an estimate: write the number with a minus sign or without brackets."
)


def read_typed(text: str, language: str = "en", *, percent: bool = False) -> Decimal | None:
    """Read a number as typed; ``None`` where nothing was. ``percent``: a sign % behind it repeats the unit.

    ``language`` is that of the person (``en``, ``fr``, ``es``), or ``PLAIN``. Errors: ``TypedNumberError``, whatever the text.
    """
    given = text.translate(_UNSEEN).strip()
    if not given:
        return None
    if language == PLAIN:
        return _plain(given)
    _check(given, language)
    body = given.translate(_BETWEEN)
    if percent:
        body = body.removesuffix("%").rstrip()
    if body.startswith("(") and body.endswith(")"):
        number = _unsigned(body[1:-1].strip(), given, language)
        raise TypedNumberError(BRACKETS, _named(given, language), (number.copy_negate(), number))
    negative = body[:1] in tuple(_MINUS)
    try:
        number = _unsigned(body[1:].lstrip() if negative or body[:1] == "+" else body, given, language)
    except TypedNumberError as slip:
        if not negative:
            raise
        raise TypedNumberError(
            slip.message, slip.values, tuple(reading.copy_negate() for reading in slip.readings)
        ) from slip
    return number.copy_negate() if negative else number  # the sign alone: no digit is rounded away


def _plain(given: str) -> Decimal:
    if not is_plain_number(given):
        raise TypedNumberError(NO_NUMBER, _named(given, PLAIN))
    return Decimal(given)


def _check(given: str, language: str) -> None:
    """Say what is wrong with a text that cannot be a number. Errors: ``TypedNumberError``."""
    if len(given) > MAX_DIGITS:
        raise TypedNumberError(TOO_LONG, {"most": str(MAX_DIGITS)})
    if not any(sign.isdigit() for sign in given):
        raise TypedNumberError(NO_DIGITS, _named(given, language))
    if any(sign.isdigit() and not sign.isascii() for sign in given):
        raise TypedNumberError(OTHER_DIGITS, _named(given, language))


def _unsigned(body: str, given: str, language: str) -> Decimal:
    if _WHOLE.fullmatch(body):
        return Decimal(body)
    if match := _SPACED.fullmatch(body):
        return _made(re.sub("[ ']", "", match[1]), match[4])
    if match := _SIGNED.fullmatch(body):
        return _with_one_sign(match[1], match[2], match[3], given, language)
    match = _GROUPED.fullmatch(body)
    if match and (match[2] is None or match[2] not in match[1]):
        return _made(re.sub("[.,]", "", match[1]), match[3])
    raise TypedNumberError(NO_NUMBER, _named(given, language))


def _with_one_sign(whole: str, sign: str, after: str, given: str, language: str) -> Decimal:
    """A number with one point or comma. Three digits after it can be thousands, unless it is English's own point."""
    decimal = _made(whole or "0", after)
    could_be_thousands = len(after) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    if could_be_thousands and not (language == "en" and sign == "."):
        thousands = Decimal(whole + after)
        values = _named(given, language) | {"first": str(thousands), "second": str(decimal)}
        raise TypedNumberError(TWO_READINGS, values, (thousands, decimal))
    return decimal


def _made(whole: str, after: str | None) -> Decimal:
    return Decimal(f"{whole}.{after}" if after else whole)


def _named(given: str, language: str) -> dict[str, str]:
    """What the sentences name; half of a pair of UTF-16, which no page could print, is replaced."""
    typed = given[:MAX_DIGITS].encode(errors="replace").decode().replace("\0", "?")
    return {"typed": typed, "example": EXAMPLES.get(language, EXAMPLES["en"])}


__all__ = ["EXAMPLES", "PLAIN", "TypedNumberError", "read_typed"]
