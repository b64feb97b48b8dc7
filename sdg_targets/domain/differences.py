"""What a submitted value changes against the one that stands: whether it is new, revised or the same, and by how much.

A change of precision or of spelling is no revision: 2.4 and 2.40 are the same, and 2.40221 is 2.4022124 with fewer digits.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from .languages import gettext_noop

#: Units of which no per cent is taken: of a per cent it is read as something else, of a score or an answer it says nothing.
WITHOUT_PER_CENT: Final = frozenset({"PT", "SCORE", "BOOL"})
_STEP: Final = Decimal("0.1")


class Kind(StrEnum):
    """How a submitted value stands to the published one."""

    NEW = "new"
    REVISED = "revised"
    PRECISION = "precision"
    DESCRIBED = "described"
    SAME = "same"


LABELS: Final[dict[Kind, str]] = {
    Kind.NEW: gettext_noop("New"),
    Kind.REVISED: gettext_noop("Revised"),
    Kind.PRECISION: gettext_noop("More or fewer digits"),
    Kind.DESCRIBED: gettext_noop("Same value, notes changed"),
    Kind.SAME: gettext_noop("Unchanged"),
}
#: Kinds after which something on the public pages is different.
CHANGES: Final = frozenset({Kind.NEW, Kind.REVISED, Kind.PRECISION, Kind.DESCRIBED})


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with what must agree before it is set beside another; ``value`` is ``None`` where ``status`` says why."""

    value: Decimal | None
    status: str
    unit: str
    multiplier: int = 0

    def agrees_with(self, other: "Amount") -> bool:
        """Whether the two are numbers of one measure."""
        return (
            self.value is not None
            and other.value is not None
            and (self.unit, self.multiplier) == (other.unit, other.multiplier)
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """``change`` in the unit of both values; ``percent`` only where it means something; both ``None`` otherwise."""

    kind: Kind
    change: Decimal | None = None
    percent: Decimal | None = None

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def is_change(self) -> bool:
        return self.kind in CHANGES


def difference(before: Amount | None, after: Amount, *, described: bool = False) -> Difference:
    """What ``after`` changes against ``before``; ``described`` is whether what is said beside the value differs."""
    if before is None:
        return Difference(Kind.NEW)
    change, percent = change_between(before, after)
    return Difference(_kind(before, after, described=described), change, percent)


def change_between(before: Amount, after: Amount) -> tuple[Decimal | None, Decimal | None]:
    """The change, absolute and in per cent to one decimal.

    There is no per cent of a share or a score, of nothing, or over a change of sign; and no change between different measures.
    """
    if not before.agrees_with(after) or before.value is None or after.value is None:
        return None, None
    change = after.value - before.value
    if before.unit in WITHOUT_PER_CENT or before.value == 0 or before.value.is_signed() != after.value.is_signed():
        return change, None
    percent = (100 * change / abs(before.value)).quantize(_STEP, rounding=ROUND_HALF_UP)
    return change, percent or abs(percent)


def _kind(before: Amount, after: Amount, *, described: bool) -> Kind:
    same = (before.value, before.status) == (after.value, after.status)
    if same and (before.unit, before.multiplier) == (after.unit, after.multiplier):
        return Kind.DESCRIBED if described else Kind.SAME
    return Kind.PRECISION if before.status == after.status and _is_rounded(before, after) else Kind.REVISED


def _is_rounded(before: Amount, after: Amount) -> bool:
    """Whether one is the other with fewer decimals."""
    if not before.agrees_with(after) or before.value is None or after.value is None:
        return False
    places = min(_decimals(before.value), _decimals(after.value))
    step = Decimal(1).scaleb(-places)
    rounded = {each.quantize(step, rounding=ROUND_HALF_UP) for each in (before.value, after.value)}
    return len(rounded) == 1


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)
