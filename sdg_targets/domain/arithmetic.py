"""Arithmetic of written figures: the rounding of a figure as written, and figures that differ in precision alone."""

from decimal import Decimal


def same_figure(one: Decimal, other: Decimal) -> bool:
    """Whether two figures are one with different decimals: the longer, rounded to the decimals of the shorter."""
    places = max(one.as_tuple().exponent, other.as_tuple().exponent)
    return isinstance(places, int) and round_to(one, places) == round_to(other, places)


def round_to(value: Decimal, exponent: int) -> Decimal:
    """The value in steps of ten to this power, halves away from zero, whatever its length."""
    scaled = value.scaleb(-exponent)
    return scaled.to_integral_value(rounding="ROUND_HALF_UP").scaleb(exponent)


def rounding(value: Decimal) -> Decimal:
    """Half a step of the last digit a value was written with: 12.5 may be anything from 12.45 to 12.55."""
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb(min(int(exponent), 0) - 1)


def short(value: Decimal) -> Decimal:
    """A computed number in three significant digits, for a sentence."""
    return Decimal(f"{value:.3g}").normalize()


__all__ = ["round_to", "rounding", "same_figure", "short"]
