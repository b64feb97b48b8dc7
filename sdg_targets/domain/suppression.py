"""Small counts: what must be hidden, what must be hidden beside it, and whether a table gives away what it hides.

Primary: a count under the threshold of its series. Secondary: as many others as it takes that no hidden one is the rest of
published ones, over every total and its parts in all dimensions at once. A table is what is published of one series, area and
period: breakdown key to value, ``None`` where it is suppressed. Counts are whole and not negative.

Whether a hidden value can be calculated is decided by elimination over all relations of the table (``relations.py``), so it
finds every chain of subtractions. Beside that, values are narrowed to the numbers that remain possible (hidden ones are
known to be at least 1 where zeros are told): two hidden counts that sum to 2 are both 1. The narrowing goes relation by
relation; it is not a linear programme over the whole table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from .disaggregation import Breakdown, parse_breakdown
from .relations import Relation, relations

#: Breakdown key to value; ``None`` is suppressed. A breakdown that is not there is not published at all.
Table = Mapping[str, Decimal | None]
#: The observation status of a figure that is suppressed for confidentiality. It is open to every series.
SUPPRESSED: Final = "Q"
#: Relations are gone through so many times at most: a table that contradicts itself would be narrowed for ever.
ROUNDS: Final = 30
_Row = dict[str, Fraction]


@dataclass(frozen=True, slots=True)
class Revealed:
    """A suppressed cell that can be found out, and the published cells by which."""

    key: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to suppress: the small counts themselves, and others so that they cannot be calculated."""

    primary: frozenset[str]
    secondary: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return self.primary | self.secondary


def is_small(value: Decimal, threshold: int, *, hide_zero: bool = False) -> bool:
    """Whether a count must be hidden: under the threshold, and not 0 unless zeros are to be hidden too."""
    return (hide_zero or value != 0) and 0 <= value < threshold


def revealed(table: Table, *, hide_zero: bool = False) -> list[Revealed]:
    """The suppressed cells of a table that a reader can calculate, in order of their keys.

    Errors: ``BreakdownError`` for a key that is none.
    """
    if all(value is not None for value in table.values()):
        return []
    related = relations(_breakdowns(table))
    found = _determined(table, related)
    for key, by in _pinned(table, related, least=0 if hide_zero else 1).items():
        found.setdefault(key, by)
    return [Revealed(key, tuple(sorted(by))) for key, by in sorted(found.items())]


def plan(values: Mapping[str, Decimal], threshold: int, *, hide_zero: bool = False) -> Plan:
    """What to suppress in a table of counts.

    Of the cells that give a hidden one away the cheapest is hidden too: a part before a total, a small one before a large
    one, and a zero only where nothing else is left.
    """
    primary = {key for key, value in values.items() if is_small(value, threshold, hide_zero=hide_zero)}
    secondary: set[str] = set()
    while True:
        hidden = primary | secondary
        table = {key: None if key in hidden else value for key, value in values.items()}
        candidates = [key for leak in revealed(table, hide_zero=hide_zero) for key in leak.by]
        if not candidates:
            return Plan(frozenset(primary), frozenset(secondary))
        secondary.add(min(candidates, key=lambda key: _cost(key, values[key])))


def _cost(key: str, value: Decimal) -> tuple[bool, int, Decimal, str]:
    """What it costs to hide a published cell: the fewer dimensions it is broken down by, the more is lost."""
    return value == 0, -len(parse_breakdown(key).parts), value, key


def _breakdowns(keys: Iterable[str]) -> list[Breakdown]:
    return [parse_breakdown(key) for key in keys]


def _determined(table: Table, related: Iterable[Relation]) -> dict[str, set[str]]:
    """Suppressed cells that elimination leaves alone with published ones.

    Gauss and Jordan over what is not published; the published cells of each row come along to the right-hand side.
    """
    pivots: dict[str, tuple[_Row, _Row]] = {}
    for relation in related:
        unknown = {key: Fraction(n) for key, n in relation.items() if table.get(key) is None}
        known = {key: Fraction(n) for key, n in relation.items() if table.get(key) is not None}
        for pivot in [key for key in unknown if key in pivots]:
            times = unknown[pivot]
            _subtract(unknown, pivots[pivot][0], times)
            _subtract(known, pivots[pivot][1], times)
        if not unknown:
            continue
        pivot = min(unknown, key=lambda key: (key in table, key))
        scale = unknown[pivot]
        unknown = {key: n / scale for key, n in unknown.items()}
        known = {key: n / scale for key, n in known.items()}
        for other_unknown, other_known in pivots.values():
            if times := other_unknown.get(pivot, Fraction(0)):
                _subtract(other_unknown, unknown, times)
                _subtract(other_known, known, times)
        pivots[pivot] = (unknown, known)
    return {pivot: set(known) for pivot, (unknown, known) in pivots.items() if len(unknown) == 1 and pivot in table}


def _subtract(row: _Row, other: _Row, times: Fraction) -> None:
    for key, n in other.items():
        rest = row.get(key, Fraction(0)) - times * n
        if rest:
            row[key] = rest
        else:
            row.pop(key, None)


def _pinned(table: Table, related: Iterable[Relation], *, least: int) -> dict[str, set[str]]:
    """Suppressed cells for which one whole number alone remains possible, by narrowing relation after relation."""
    rows = [relation for relation in related if any(table.get(key) is None for key in relation)]
    low: dict[str, Fraction] = {key: Fraction(least if key in table else 0) for row in rows for key in row}
    high: dict[str, Fraction | None] = dict.fromkeys(low)
    for key in low:
        value = table.get(key)
        if value is not None:
            low[key] = high[key] = Fraction(value)
    by: dict[str, set[str]] = {}
    for _round in range(ROUNDS):
        narrowed = False
        for row in rows:
            for key in [key for key in row if table.get(key) is None]:
                if _narrow(key, row, low, high):
                    narrowed = True
                    reasons = [{other} if table.get(other) is not None else by.get(other, set()) for other in row]
                    by[key] = by.get(key, set()).union(*reasons)
        if not narrowed:
            break
    return {key: reasons for key, reasons in by.items() if key in table and low[key] == high[key]}


def _narrow(key: str, row: Relation, low: dict[str, Fraction], high: dict[str, Fraction | None]) -> bool:
    """Narrow what is possible for one cell of a relation by the others; whether anything changed."""
    sign = row[key]
    most, least = _rest(row, key, -sign, low, high)
    changed = False
    if least is not None and least > low[key]:
        low[key], changed = least, True
    current = high[key]
    if most is not None and (current is None or most < current):
        high[key], changed = most, True
    return changed


def _rest(
    row: Relation, key: str, direction: int, low: Mapping[str, Fraction], high: Mapping[str, Fraction | None]
) -> tuple[Fraction | None, Fraction | None]:
    """The most and the least that the other cells of a relation leave for one; ``None`` where there is no bound."""
    most: Fraction | None = Fraction(0)
    least: Fraction | None = Fraction(0)
    for other, n in row.items():
        if other == key:
            continue
        up = n * direction > 0
        top, bottom = (high[other], low[other]) if up else (_negative(low[other]), _negative(high[other]))
        most = None if most is None or top is None else most + top
        least = None if least is None or bottom is None else least + bottom
    return most, least


def _negative(value: Fraction | None) -> Fraction | None:
    return None if value is None else -value


__all__ = ["SUPPRESSED", "Plan", "Revealed", "Table", "is_small", "plan", "revealed"]
