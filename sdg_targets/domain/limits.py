"""The limits by which figures of a series are judged: what an editor set for it, else what its kind and unit suggest.

A limit of ``None`` is not asked. Differences and the expected range are in the unit of the series, factors and scores are
pure numbers. Where a factor and a difference are both set, a jump must exceed both: 2 deaths after 1 are no jump.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from .validation import STATUSES

#: Iglewicz and Hoaglin, "How to Detect and Handle Outliers" (1993): potential outliers lie beyond 3.5.
Z_LIMIT: Final = Decimal("3.5")
#: Kinds of value whose parts add up to their total.
ADDITIVE: Final = frozenset(("number", "money"))
#: So many of what a figure is expressed in make one: 43 of 1,000 are 4,300 per 100,000. Ratios are pure numbers.
FACTORS: Final[Mapping[str, int]] = {
    "PT": 100,
    "PER_1000_POP": 1_000,
    "PER_10000_POP": 10_000,
    "PER_100000_POP": 100_000,
    "PER_100000_EMP": 100_000,
    "RO": 1,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What is expected of the figures of a series. ``small_count`` is the least count that may be published."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    jump_factor: Decimal | None = None
    jump_difference: Decimal | None = None
    z_score: Decimal | None = Z_LIMIT
    small_count: int | None = None
    hide_zero: bool = False
    sum_tolerance: Decimal = Decimal(0)
    statuses: frozenset[str] = STATUSES


@dataclass(frozen=True, slots=True)
class Measure:
    """What a series measures: kind of value, unit, years of its breaks, the values that have words, and its limits."""

    kind: str
    unit: str
    limits: Limits
    breaks: frozenset[int] = frozenset()
    worded: frozenset[Decimal] = frozenset()

    @property
    def is_additive(self) -> bool:
        return self.kind in ADDITIVE

    @property
    def is_count(self) -> bool:
        return self.kind == "number"

    @property
    def is_ordered(self) -> bool:
        """Whether its values are codes of categories, which have words and no distances."""
        return self.kind in ("ordinal", "yes_no")


#: What a kind of value suggests. Levels of categories have no distances: only a change over more than one of them is asked.
_BY_KIND: Final[Mapping[str, Limits]] = {
    "percent": Limits(jump_difference=Decimal(10)),
    "number": Limits(jump_factor=Decimal(2), jump_difference=Decimal(20)),
    "rate": Limits(jump_factor=Decimal(2)),
    "money": Limits(jump_factor=Decimal(3)),
    "score": Limits(jump_difference=Decimal(2)),
    "ordinal": Limits(jump_difference=Decimal(1), z_score=None),
    "yes_no": Limits(z_score=None),
}


def default_limits(kind: str, unit: str) -> Limits:
    """What a kind of value and a unit suggest: a percentage lies between 0 and 100, counts and rates are not negative."""
    found = _BY_KIND.get(kind, Limits())
    if unit == "PT" and kind == "percent":
        return replace(found, minimum=Decimal(0), maximum=Decimal(100))
    return replace(found, minimum=Decimal(0)) if kind in ("number", "rate") and unit != "PT" else found


def with_settings(defaults: Limits, settings: Mapping[str, Any]) -> Limits:
    """The defaults with what an editor set in their place; ``None`` keeps a default, a factor, score or count of 0 is not
    asked.
    """
    given = {name: value for name, value in settings.items() if value is not None}
    for name in ("jump_factor", "jump_difference", "z_score", "small_count"):
        if given.get(name) == 0:
            given[name] = None
    return replace(defaults, **given)


__all__ = ["ADDITIVE", "FACTORS", "Z_LIMIT", "Limits", "Measure", "default_limits", "with_settings"]
