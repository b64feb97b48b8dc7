"""Which figures may be set beside each other.

In time: not over a break in the series, and joined by a line not over a missing year either. A country's own figure and the
global one: where series, unit, breakdown, period and definition agree.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from typing import Final, Generic, Protocol, TypeVar

from .languages import gettext_noop

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


class Obstacle(StrEnum):
    """Why a country's own figures and the global ones of a series cannot be compared, the first that applies."""

    NO_VALUE = "no_value"
    BREAKDOWN = "breakdown"
    PERIOD = "period"
    UNIT = "unit"
    DEFINITION = "definition"


#: Each obstacle in words.
OBSTACLES: Final = {
    Obstacle.NO_VALUE: gettext_noop("the global dataset has no value"),
    Obstacle.BREAKDOWN: gettext_noop("their breakdowns differ"),
    Obstacle.PERIOD: gettext_noop("there is no period for which both have a value"),
    Obstacle.UNIT: gettext_noop("they are in different units"),
    Obstacle.DEFINITION: gettext_noop("the office notes a departure from the global definition"),
}
#: No published figure has more digits.
MOST_DIGITS: Final = 1000
#: The sentence with which an office says that there is no departure. Source: metadata of the Office for National
#: Statistics, where it ends the field in which departures are described.
_NO_DEPARTURE: Final = re.compile(r"\bdata follows the UN specification for this indicator\.", re.IGNORECASE)


class Measured(Protocol):
    """What must agree before two figures of a series are compared, and the value; ``None`` where there is none."""

    @property
    def period(self) -> str: ...
    @property
    def period_end(self) -> date: ...
    @property
    def breakdown(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def measure(self) -> tuple[str, int, str]: ...


M = TypeVar("M", bound=Measured)


@dataclass(frozen=True, slots=True)
class Comparison(Generic[M]):
    """A country's own figure and the global one of the newest period that both have, or why they are not compared.

    Without a common period and breakdown there is no pair; another unit or definition leaves the pair and no difference.
    """

    obstacle: Obstacle | None
    own: M | None = None
    other: M | None = None

    @property
    def difference(self) -> Decimal | None:
        """The country's own value less the global one, in their unit; ``None`` where they are not comparable."""
        if self.obstacle or not self.own or not self.other or self.own.value is None or self.other.value is None:
            return None
        return self.own.value - self.other.value

    @property
    def agrees(self) -> bool:
        """Whether they are one figure, perhaps printed with different precision."""
        return self.difference is not None and same_figure(self.own.value, self.other.value)  # type: ignore[union-attr, arg-type]


def compare(own: Sequence[M], others: Sequence[M], *, departs: bool) -> Comparison[M]:
    """Compare a country's own figures of a series with the global ones, for the newest period that both have.

    ``departs`` is whether the office notes a departure from the global definition. Of two breakdowns in one period that
    which ``own`` has first stands.
    """
    there = {(figure.period, figure.breakdown): figure for figure in others if figure.value is not None}
    if not there:
        return Comparison(Obstacle.NO_VALUE)
    mine = [figure for figure in own if figure.value is not None]
    pairs = [(figure, there[key]) for figure in mine if (key := (figure.period, figure.breakdown)) in there]
    if not pairs:
        shared = {figure.breakdown for figure in mine} & {breakdown for _period, breakdown in there}
        return Comparison(Obstacle.PERIOD if shared else Obstacle.BREAKDOWN)
    one, other = max(pairs, key=lambda pair: pair[0].period_end)
    if one.measure != other.measure:
        return Comparison(Obstacle.UNIT, one, other)
    return Comparison(Obstacle.DEFINITION if departs else None, one, other)


def departs(text: str) -> bool:
    """Whether an office's text on departures from the global definition notes any; it may say that there is none."""
    return bool(text.strip()) and _NO_DEPARTURE.search(text) is None


def same_figure(one: Decimal, other: Decimal) -> bool:
    """Whether the one with more decimals, rounded to those of the other, is the other: 2.40221 and 2.4022124 are one."""
    places = min(_decimals(one), _decimals(other))
    step, context = Decimal(1).scaleb(-places), Context(prec=MOST_DIGITS, rounding=ROUND_HALF_UP)
    return one.quantize(step, context=context) == other.quantize(step, context=context)


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))
