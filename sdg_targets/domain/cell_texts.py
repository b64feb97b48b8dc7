"""Numbers as they stand in a field in which they are typed: in the person's language, without signs between thousands.

What stands in a field is copied, pasted and sent back: it must be read as the very same number.
"""

from decimal import Decimal

from .typed_numbers import TypedNumberError, read_typed

#: What divides whole digits from the others.
_DECIMAL_SIGN = {"en": ".", "fr": ",", "es": ","}


def text_in_field(value: Decimal | None, language: str) -> str:
    """The text of a number that ``read_typed`` reads back as it is, with the precision it was written in.

    Three decimals could be thousands to a reader of French or Spanish: a nought before the number says that they are none.
    """
    if value is None:
        return ""
    plain = format(value, "f").replace(".", _DECIMAL_SIGN.get(language, "."))
    try:
        read_typed(plain, language)
    except TypedNumberError:
        sign, digits = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
        return f"{sign}0{digits}"
    return plain


def text_of_cell(value: Decimal | None, typed: str, language: str) -> str:
    """What stands in the field of a cell: its number, or what was typed and could not be read."""
    return typed if value is None else text_in_field(value, language)
