"""Figures as people read them: exact, in the reader's own signs, never a different number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.figures import MINUS, NARROW_SPACE, NO_BREAK_SPACE, age_in_years, number, rounded, with_unit

finite = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14, places=6)


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [
        ("24644", "en", "24,644"),
        ("24644", "fr", f"24{NARROW_SPACE}644"),
        ("24644", "es", f"24{NO_BREAK_SPACE}644"),
        ("1234.5", "en", "1,234.5"),
        ("1234.5", "fr", f"1{NARROW_SPACE}234,5"),
        ("1234.5", "es", "1234,5"),
        ("6.20", "en", "6.20"),
        ("6.20", "es-MX", "6,20"),
        ("-11.36", "en", f"{MINUS}11.36"),
        ("0", "fr", "0"),
        ("-0", "en", "0"),
        ("1E+6", "en", "1,000,000"),
        ("3E-5", "en", "0.00003"),
        ("123456789.5", "xx", "123,456,789.5"),
    ],
)
def test_a_number_in_the_reader_s_signs(value: str, language: str, shown: str) -> None:
    assert number(Decimal(value), language) == shown


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        ("24644.37", 3, "24,644"),
        ("2.4022124", 3, "2.4"),
        ("0.0012345", 2, "0.0012"),
        ("9.995", 3, "10"),
        ("0.5", 3, "0.5"),
        ("100", 1, "100"),
        ("0.000", 2, "0"),
        ("-0.0004", 1, f"{MINUS}0.0004"),
        ("5.00", 3, "5"),
    ],
)
def test_fewer_digits_never_drop_whole_ones(value: str, digits: int, shown: str) -> None:
    assert number(Decimal(value), digits=digits) == shown


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_figure_is_never_shown_as_one(value: str) -> None:
    with pytest.raises(ValueError, match="is not a figure"):
        number(Decimal(value))


@given(finite, st.sampled_from(["en", "fr", "es"]))
def test_what_is_shown_reads_back_to_the_same_number(value: Decimal, language: str) -> None:
    shown = number(value, language).replace(MINUS, "-")
    point, between = {"en": (".", ","), "fr": (",", NARROW_SPACE), "es": (",", NO_BREAK_SPACE)}[language]
    assert Decimal(shown.replace(between, "").replace(point, ".")) == value


@given(finite, st.integers(1, 8))
def test_rounding_moves_a_number_by_at_most_half_a_step(value: Decimal, digits: int) -> None:
    """The step is that of the last digit kept, and never more than one whole."""
    step = Decimal(1).scaleb(min(0, value.adjusted() - digits + 1)) if value else Decimal(1)
    assert abs(rounded(value, digits) - value) <= step / 2


def test_a_number_that_rounds_to_nought_has_no_sign() -> None:
    assert number(Decimal("-0.0"), digits=2) == "0"
    assert number(Decimal("-0.00")) == "0.00"


@pytest.mark.parametrize(
    ("symbol", "language", "shown"),
    [
        ("", "en", "6.9"),
        ("%", "en", "6.9%"),
        ("%", "fr", f"6.9{NO_BREAK_SPACE}%"),
        ("%", "es", f"6.9{NO_BREAK_SPACE}%"),
        ("kg", "en", f"6.9{NO_BREAK_SPACE}kg"),
        ("per 100,000 population", "en", "6.9 per 100,000 population"),
    ],
)
def test_a_unit_stands_as_its_language_has_it(symbol: str, language: str, shown: str) -> None:
    assert with_unit("6.9", symbol, language) == shown


def test_the_age_of_a_figure_is_never_below_nought() -> None:
    assert [age_in_years(year, this_year=2026) for year in (2019, 2026, 2030)] == [7, 0, 0]
