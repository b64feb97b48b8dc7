"""Which figures of a series may be set beside each other: not over a break in the series, and joined by a line not over a
missing year either.
"""

from collections.abc import Collection, Sequence
from typing import Final, Protocol, TypeVar

#: SDMX CL_OBS_STATUS: the figure cannot be set beside the ones before.
BREAK: Final = "B"
#: The same as ``is_break``, of an observation ``o`` joined with its period ``p`` and its series ``s``.
BREAK_SQL: Final = f"""(o.status = '{BREAK}' or extract(year from p."end") = any(s.breaks))"""


class Dated(Protocol):
    """What a line is made of: the year in which the figure is counted, and its observation status."""

    @property
    def year(self) -> int: ...
    @property
    def status(self) -> str: ...


P = TypeVar("P", bound=Dated)


def is_break(status: str, year: int, breaks: Collection[int]) -> bool:
    """Whether a figure is the first of a break: its status says so, or the catalogue names its year for its series."""
    return status == BREAK or year in breaks


def parts(points: Sequence[P], breaks: Collection[int] = ()) -> list[list[P]]:
    """The points, oldest first, in runs that may be joined.

    A new run begins after a missing year, at a figure marked as a break, and at the first figure of or after a year in
    ``breaks`` (the catalogue's, for breaks that the publisher's file does not mark).
    """
    runs: list[list[P]] = []
    for point in points:
        before = runs[-1][-1] if runs else None
        if before is None or not _joined(before, point, breaks):
            runs.append([])
        runs[-1].append(point)
    return runs


def _joined(before: Dated, point: Dated, breaks: Collection[int]) -> bool:
    if is_break(point.status, point.year, ()) or any(before.year < year <= point.year for year in breaks):
        return False
    return point.year - before.year <= 1
