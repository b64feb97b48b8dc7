"""Whether a figure departs from those before it: jumps, scores and slips of thousands. Pure arithmetic on amounts.

The modified z-score is 0.6745 (x - median) / MAD, where MAD is the median of the absolute differences from the median; where
it is zero (half of the figures are equal) 0.7979 (x - median) / mean absolute difference. Source: Iglewicz and Hoaglin
(1993); the second form as in IBM SPSS. Figures that are all equal give no score.
"""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from statistics import median
from typing import Final

#: So many figures of the past make a score; fewer say little.
LEAST_HISTORY: Final = 5
#: So many make a median against which a slip of thousands is seen.
LEAST_TO_SLIP: Final = 3
_TO_SIGMA: Final = Decimal("0.6745")
_MEAN_TO_SIGMA: Final = Decimal("0.7979")
#: Powers of ten that people slip by: per cent and share, units and thousands, units and millions.
SLIPS: Final = (100, 1_000, 1_000_000)
#: How close to a power of ten the relation must be: within a fifth.
_NEAR: Final = (Decimal("0.8"), Decimal("1.25"))


def modified_z_score(value: Decimal, history: Sequence[Decimal]) -> Decimal | None:
    """How far a value lies from the median of the others, or ``None`` where they are too few or all equal."""
    if len(history) < LEAST_HISTORY:
        return None
    with localcontext(prec=60):
        middle = median(history)
        differences = [abs(one - middle) for one in history]
        spread = median(differences)
        if spread:
            return _TO_SIGMA * (value - middle) / spread
        mean = sum(differences, Decimal(0)) / len(differences)
        return _MEAN_TO_SIGMA * (value - middle) / mean if mean else None


def factor(value: Decimal, before: Decimal) -> Decimal | None:
    """How many times as large the larger is; ``None`` where a sign changes or one is zero."""
    if value == 0 or before == 0 or (value < 0) != (before < 0):
        return None
    small, large = sorted((abs(value), abs(before)))
    return large / small


def jumps(value: Decimal, before: Decimal, *, times: Decimal | None, difference: Decimal | None) -> bool:
    """Whether a value departs from the one before by more than each limit that is set.

    From or to zero, and over it, no factor exists: then the difference alone decides, and without one nothing is said.
    """
    if times is None and difference is None:
        return False
    relation = factor(value, before)
    if times is not None and relation is not None and relation <= times:
        return False
    if difference is not None:
        return abs(value - before) > difference
    return relation is not None


def slip_of(value: Decimal, history: Sequence[Decimal]) -> int | None:
    """The power of ten by which a value seems to have slipped against the median of the past, or ``None``."""
    if len(history) < LEAST_TO_SLIP:
        return None
    relation = factor(value, median(history))
    if relation is None:
        return None
    near = [power for power in SLIPS if _NEAR[0] * power <= relation <= _NEAR[1] * power]
    return near[0] if near else None


__all__ = ["LEAST_HISTORY", "LEAST_TO_SLIP", "SLIPS", "factor", "jumps", "modified_z_score", "slip_of"]
