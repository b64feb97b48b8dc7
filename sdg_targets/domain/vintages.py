"""Vintages: a provider's own labels of its publications, and which of two is the older.

Labels seen: ``2019.Q3.G.01`` (UN Statistics Division), ``2020-10`` (a snapshot by month), ``2021`` and dates.
"""

import re
from typing import Final

_QUARTER: Final = re.compile(r"(?P<y>[0-9]{4})\.?Q(?P<q>[1-4])(?:\.[A-Z]\.(?P<n>[0-9]+))?")
_DATE: Final = re.compile(r"(?P<y>[0-9]{4})(?:-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2}))?)?")


def vintage_order(label: str) -> tuple[int, int, int, int] | None:
    """Where a label stands in time (year, month, day, number), or ``None`` where it says no time.

    A quarter stands at its last month: 2019.Q3 comes after 2019-08 and before 2019-10.
    """
    if match := _QUARTER.match(label):
        return int(match["y"]), 3 * int(match["q"]), 31, int(match["n"] or 0)
    if match := _DATE.match(label):
        return int(match["y"]), int(match["m"] or 12), int(match["d"] or 31), 0
    return None


def is_older(label: str, *, than: str) -> bool:
    """Whether a publication is certainly older than another; labels without a time are never older."""
    first, second = vintage_order(label), vintage_order(than)
    return first is not None and second is not None and first < second
