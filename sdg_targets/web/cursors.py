"""Cursor pages: the key of the last row, packed; stable while rows are added, quick however far one reads."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any

from .problems import BadParameter


def pack(key: Sequence[Any]) -> str:
    """A key as a short text for an address."""
    return base64.urlsafe_b64encode(json.dumps(list(key), separators=(",", ":")).encode()).decode().rstrip("=")


def unpack(text: str, *, length: int) -> list[int]:
    """The key in a cursor. Errors: ``BadParameter`` where it was not made by ``pack`` for so many whole numbers."""
    try:
        key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error) as error:
        raise BadParameter("cursor", "This cursor was not given out here: follow the “next” address.") from error
    if not isinstance(key, list) or len(key) != length or not all(type(part) is int for part in key):
        raise BadParameter("cursor", "This cursor was not given out here: follow the “next” address.")
    return key


def page_size(text: str | None, *, usual: int, most: int) -> int:
    """The number of rows asked for. Errors: ``BadParameter`` where it is not from 1 to ``most``."""
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most):
        raise BadParameter("page_size", f"page_size is a whole number from 1 to {most}.")
    return int(text)
