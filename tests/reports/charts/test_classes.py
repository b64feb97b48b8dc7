"""Classes of a map: every value in exactly one, every class with a label that tells the truth."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.classes import quantile_classes, two_digits

values = st.lists(
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-1000, max_value=100000),
    min_size=1,
    max_size=60,
)


@given(values)
def test_every_value_falls_in_one_class_and_every_class_has_a_label(given_values: list[Decimal]) -> None:
    classes = quantile_classes(given_values, str)
    assert len(classes.labels) == len(classes.breaks) + 1 <= 6
    assert list(classes.breaks) == sorted(set(classes.breaks))
    assert {classes.of(value) for value in given_values} <= set(range(len(classes.labels)))


@given(st.lists(st.integers(1, 500), min_size=4, max_size=50), st.integers(1, 30))
def test_many_noughts_are_a_class_of_their_own(numbers: list[int], zeros: int) -> None:
    given_values = [Decimal(n) for n in numbers] + [Decimal(0)] * zeros
    classes = quantile_classes(given_values, str)
    if zeros / len(given_values) >= 0.1:
        assert classes.labels[0] == "0"
        assert classes.of(Decimal(0)) == 0
        assert all(classes.of(Decimal(n)) > 0 for n in numbers)


def test_quantiles_put_about_as_many_values_in_each_class() -> None:
    classes = quantile_classes([Decimal(n) for n in range(1, 101)], str)
    counts = [sum(1 for n in range(1, 101) if classes.of(Decimal(n)) == place) for place in range(5)]
    assert counts == [20, 20, 20, 20, 20] or max(counts) - min(counts) <= 2
    assert classes.labels == ("< 21", "21 – 41", "41 – 61", "61 – 81", "≥ 81")


def test_one_value_is_one_class() -> None:
    assert quantile_classes([Decimal(5)] * 3, str).labels == ("5",)


def test_no_values_are_no_classes() -> None:
    with pytest.raises(ValueError, match="no values"):
        quantile_classes([], str)


@pytest.mark.parametrize(("value", "short"), [("1234", "1200"), ("0.0567", "0.057"), ("-98.7", "-99"), ("0", "0")])
def test_breaks_are_short_numbers(value: str, short: str) -> None:
    assert two_digits(Decimal(value)) == Decimal(short)
