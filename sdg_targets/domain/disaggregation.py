"""Breakdowns: combinations of categories, and the one key that stands for each.

``_T`` is the total. A key lists the categories that are not totals, ``DIMENSION=CODE``, sorted by dimension and joined
by semicolons: ``AGE=Y0T4;SEX=F``. The breakdown in which every dimension is a total is ``_T``, never an empty text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

TOTAL: Final = "_T"
#: The dimension whose categories are the reference areas themselves: where refugees are from, where money is sent.
COUNTERPART: Final = "COUNTERPART_AREA"
#: No key is longer than its column.
LONGEST_KEY: Final = 200
_CODE: Final = re.compile(r"[A-Za-z0-9_+.\-]{1,40}")


class BreakdownError(ValueError):
    """A text that is not a breakdown key; the message says what would be one."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One combination: dimension and category codes, totals left out, sorted by dimension."""

    parts: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        return ";".join(f"{dimension}={code}" for dimension, code in self.parts) or TOTAL

    @property
    def codes(self) -> dict[str, str]:
        return dict(self.parts)

    @property
    def is_total(self) -> bool:
        return not self.parts

    def __str__(self) -> str:
        return self.key


def breakdown(codes: Mapping[str, str]) -> Breakdown:
    """The breakdown with these codes; totals are left out. Errors: ``BreakdownError`` on a malformed code, or too many."""
    for dimension, code in codes.items():
        if not _CODE.fullmatch(dimension) or not _CODE.fullmatch(code):
            raise BreakdownError(f"{dimension}={code} is not a pair of codes.")
    made = Breakdown(tuple(sorted((d, c) for d, c in codes.items() if c != TOTAL)))
    if len(made.key) > LONGEST_KEY:
        raise BreakdownError(f"A breakdown's key has at most {LONGEST_KEY} signs; this one has {len(made.key)}.")
    return made


def parse_breakdown(key: str) -> Breakdown:
    """Read a key; any order and explicit totals are accepted. Errors: ``BreakdownError``."""
    given = key.strip()
    if given == TOTAL:
        return Breakdown()
    codes: dict[str, str] = {}
    for part in given.split(";"):
        dimension, sign, code = part.strip().partition("=")
        if not sign:
            raise BreakdownError(f"{part!r} is not DIMENSION=CODE; the total is {TOTAL}.")
        if dimension in codes:
            raise BreakdownError(f"{dimension} stands twice in {given!r}.")
        codes[dimension] = code
    return breakdown(codes)
