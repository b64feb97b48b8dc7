"""Events summed up to observations: incidents and disasters are published one by one, figures are of an area and a year.

Every figure of an event goes into exactly one observation. The observation stands for the first of them; the others are
declared as gathered, so that the statement of an import adds up to what was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sdg_targets.domain.rows import ObservationRow, Problem, Reading


@dataclass(frozen=True, slots=True)
class Key:
    """What the figures of several events are summed up by."""

    series: str
    area: str
    period: str
    breakdown: str


@dataclass(slots=True)
class _Sum:
    first: str
    value: int = 0
    figures: int = 0


@dataclass(slots=True)
class Gathering:
    """Sums by key, in the order in which keys were met, and the problems met on the way."""

    problems: list[Problem] = field(default_factory=list)
    _sums: dict[Key, _Sum] = field(default_factory=dict)

    def add(self, key: Key, place: str, value: int) -> None:
        """Add a figure of the event at a place to the observation with this key."""
        entry = self._sums.setdefault(key, _Sum(place))
        entry.value += value
        entry.figures += 1

    def reading(self, format_name: str, *, series: Sequence[str]) -> Reading:
        """The observations and problems as a reading; the place of an observation is that of its first event."""
        rows = (
            ObservationRow(
                place=entry.first if entry.figures == 1 else f"{entry.first} and {entry.figures - 1} more",
                series=key.series,
                area=key.area,
                period=key.period,
                breakdown=key.breakdown,
                value=str(entry.value),
                status="A",
            )
            for key, entry in self._sums.items()
        )
        items: list[ObservationRow | Problem] = [*self.problems, *rows]
        gathered = sum(entry.figures for entry in self._sums.values()) - len(self._sums)
        return Reading(format_name, "", tuple(series), frozenset(("status",)), iter(items), gathered=gathered)
