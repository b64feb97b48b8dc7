"""Jumps, scores and slips: golden cases, and a slow second way to the same score."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.outliers import factor, jumps, modified_z_score, slip_of


def numbers(text: str) -> list[Decimal]:
    return [Decimal(part) for part in text.split()]


def slow_median(figures: list[Decimal]) -> Decimal:
    """The middle one by striking out the least and the greatest in turn."""
    left = list(figures)
    while len(left) > 2:
        left.remove(min(left))
        left.remove(max(left))
    return sum(left, Decimal(0)) / len(left)


def slow_score(value: Decimal, history: list[Decimal]) -> Decimal | None:
    """The modified z-score by its definition, step by step."""
    if len(history) < 5:
        return None
    with localcontext(prec=60):
        middle = slow_median(history)
        away = [figure - middle if figure > middle else middle - figure for figure in history]
        spread = slow_median(away)
        if spread > 0:
            return (value - middle) * Decimal("0.6745") / spread
        total = Decimal(0)
        for one in away:
            total = total + one
        return (value - middle) * Decimal("0.7979") * len(away) / total if total > 0 else None


@pytest.mark.parametrize(
    ("value", "history", "score"),
    [
        ("21", "5 6 5 7 6", "10.1175"),  # median 6, MAD 1
        ("6", "5 6 5 7 6", "0"),
        ("3", "5 6 5 7 6", "-2.0235"),
        ("9", "2 2 2 2 7", "5.5853"),  # MAD 0: mean absolute difference 1
        ("2", "2 2 2 2 2", None),
        ("9", "2 2 2 2 2", None),
        ("9", "1 2 3 4", None),
        ("5", "1 2 3 4 5 6 7", "0.33725"),  # median 4, MAD 2
    ],
)
def test_golden_scores(value: str, history: str, score: str | None) -> None:
    assert modified_z_score(Decimal(value), numbers(history)) == (None if score is None else Decimal(score))


@given(
    st.decimals(-1000, 1000, places=3),
    st.lists(st.decimals(-1000, 1000, places=3) | st.sampled_from([Decimal(0), Decimal(7)]), max_size=15),
)
def test_the_score_is_that_of_the_slow_way(value: Decimal, history: list[Decimal]) -> None:
    fast, slow = modified_z_score(value, history), slow_score(value, history)
    assert (fast is None) == (slow is None)
    if fast is not None and slow is not None:
        assert abs(fast - slow) <= abs(slow) * Decimal("1e-50")


@pytest.mark.parametrize(
    ("value", "before", "times"),
    [
        ("10", "25", "2.5"),
        ("25", "10", "2.5"),
        ("-4", "-8", "2"),
        ("-4", "8", None),
        ("0", "8", None),
        ("8", "0", None),
    ],
)
def test_the_factor_has_no_direction_and_none_over_zero(value: str, before: str, times: str | None) -> None:
    assert factor(Decimal(value), Decimal(before)) == (None if times is None else Decimal(times))


@pytest.mark.parametrize(
    ("value", "before", "times", "difference", "found"),
    [
        ("20", "10", "2", None, False),
        ("20.1", "10", "2", None, True),
        ("4.9", "10", "2", None, True),
        ("2", "1", "1.5", "20", False),  # by the factor, not by the difference
        ("130", "100", "2", "20", False),  # by the difference, not by the factor
        ("250", "100", "2", "20", True),
        ("51", "40", None, "10", True),
        ("50", "40", None, "10", False),
        ("0", "40", "2", "20", True),  # to zero there is no factor
        ("0", "15", "2", "20", False),
        ("0", "40", "2", None, False),
        ("-5", "5", None, "10", False),
        ("1000", "1", None, None, False),
    ],
)
def test_a_jump_exceeds_every_limit_that_is_set(
    value: str, before: str, times: str | None, difference: str | None, found: bool
) -> None:
    limits = {"times": times and Decimal(times), "difference": difference and Decimal(difference)}
    assert jumps(Decimal(value), Decimal(before), **limits) is found  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "history", "power"),
    [
        ("25000", "24 25 26", 1000),
        ("0.025", "24 25 26", 1000),
        ("25000000", "24 25 26", 1_000_000),
        ("0.2", "24 25 26", 100),
        ("250", "24 25 26", None),
        ("25", "24 25 26", None),
        ("35000", "24 25 26", None),
        ("25000", "24 25", None),
        ("0", "24 25 26", None),
        ("-25000", "24 25 26", None),
    ],
)
def test_a_slip_is_near_a_power_of_ten_of_the_median(value: str, history: str, power: int | None) -> None:
    assert slip_of(Decimal(value), numbers(history)) == power
