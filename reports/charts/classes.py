"""Classes of a map: every value in exactly one, with breaks that suit the data."""

import itertools
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

#: From this share of zeros on, 0 is a class of its own: "none recorded" is not "few".
MANY_ZEROS = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Classes:
    """Half-open classes: class i holds ``breaks[i-1] <= value < breaks[i]``; the last one has no end."""

    breaks: tuple[Decimal, ...]
    labels: tuple[str, ...]
    rule: str

    def of(self, value: Decimal) -> int:
        """The number of the class a value falls in, from 0."""
        return bisect_right(self.breaks, value)


def quantile_classes(values: Sequence[Decimal], number: Callable[[Decimal], str], *, most: int = 5) -> Classes:
    """At most ``most`` classes of about equally many values each, their breaks rounded to two significant digits.

    Many zeros make a class of their own. ``number`` writes a number for the labels. Errors: ``ValueError`` for no values.
    """
    if not values:
        raise ValueError("There are no values to class.")
    ordered = sorted(values)
    zeros = sum(1 for value in ordered if value == 0)
    apart = ordered[0] >= 0 and zeros < len(ordered) and Decimal(zeros) / len(ordered) >= MANY_ZEROS
    rest = [value for value in ordered if value > 0] if apart else ordered
    breaks = _breaks(rest, most - 1 if apart else most)
    if apart:
        least = rest[0]
        return Classes(
            (least, *(b for b in breaks if b > least)),
            (number(Decimal(0)), *_labels([b for b in breaks if b > least], least, rest[-1], number)),
            "zero and quantiles",
        )
    return Classes(tuple(breaks), _labels(breaks, ordered[0], ordered[-1], number), "quantiles")


def _breaks(ordered: Sequence[Decimal], classes: int) -> list[Decimal]:
    """Rounded quantiles, each once, strictly inside the values."""
    found: list[Decimal] = []
    for turn in range(1, classes):
        value = two_digits(ordered[len(ordered) * turn // classes])
        if ordered[0] < value <= ordered[-1] and value not in found:
            found.append(value)
    return sorted(found)


def two_digits(value: Decimal) -> Decimal:
    """Rounded to two significant digits: 1,234 is 1,200."""
    if value == 0:
        return Decimal(0)
    step = Decimal(1).scaleb(value.adjusted() - 1)
    return value.quantize(step, rounding=ROUND_HALF_EVEN).normalize() + 0


def _labels(
    breaks: Sequence[Decimal], least: Decimal, most: Decimal, number: Callable[[Decimal], str]
) -> tuple[str, ...]:
    edges = [least, *breaks, most]
    if len(edges) == 2:
        return (number(least) if least == most else f"{number(least)} – {number(most)}",)
    inner = [f"{number(a)} – {number(b)}" for a, b in itertools.pairwise(edges[1:-1])]
    return (f"< {number(edges[1])}", *inner, f"≥ {number(edges[-2])}")
