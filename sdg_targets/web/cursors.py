"""Cursor pages: the key of the last row, packed; stable while rows are added, quick however far one reads."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any

from .problems import BadParameter

#: Longer than any cursor given out here.
LONGEST = 200
#: Keys are whole numbers of the database.
LARGEST = 2**31 - 1
FOREIGN = "This cursor was not given out here: follow the “next” address."


def pack(key: Sequence[Any]) -> str:
    """A key as a short text for an address."""
    return base64.urlsafe_b64encode(json.dumps(list(key), separators=(",", ":")).encode()).decode().rstrip("=")


def unpack(text: str, *, length: int) -> list[int]:
    """The key in a cursor. Errors: ``BadParameter`` where it was not made by ``pack`` for so many whole numbers."""
    if len(text) > LONGEST:
        raise BadParameter("cursor", FOREIGN)
    try:
        key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, RecursionError, binascii.Error) as error:
        raise BadParameter("cursor", FOREIGN) from error
    if not isinstance(key, list) or len(key) != length:
        raise BadParameter("cursor", FOREIGN)
    if not all(type(part) is int and 0 <= part <= LARGEST for part in key):
        raise BadParameter("cursor", FOREIGN)
    return key


def page_size(text: str | None, *, usual: int, most: int) -> int:
    """The number of rows asked for. Errors: ``BadParameter`` where it is not from 1 to ``most``."""
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most):
        raise BadParameter("page_size", f"page_size is a whole number from 1 to {most}.")
    return int(text)
