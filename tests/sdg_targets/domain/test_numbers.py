"""Numbers are read exactly or refused: never through a float, never in another script's digits."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.numbers import MAX_DIGITS, NumberError, is_plain_number, plain_number


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("24,644", "24644"),
        ("1,234,567.50", "1234567.50"),
        ("6.20", "6.20"),
        ("-11.36", "-11.36"),
        ("+5", "5"),
        ("3e-05", "0.00003"),
        ("1E3", "1000"),
        ("\u22122", "-2"),
        (" 98.49", "98.49"),
        ("115000\t", "115000"),
        ("0", "0"),
    ],
)
def test_what_publishers_write_is_read_with_its_precision(given: str, plain: str) -> None:
    assert plain_number(given) == plain


@pytest.mark.parametrize(
    "given",
    [
        "",
        "N",
        "..",
        "-",
        "...",
        "NA",
        "NaN",
        "Infinity",
        "1e999",
        "1_000",
        "١٢٣",
        "12,34",
        "1,2345",
        "1.2.3",
        "0x1F",
        "24 644",
        "1013,8",
        "=1+1",
        "1" * (MAX_DIGITS + 1),
        "5\x00",
    ],
)
def test_what_is_no_number_is_refused_and_never_guessed(given: str) -> None:
    with pytest.raises(NumberError):
        plain_number(given)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_plain_and_grouped_writing_mean_the_same(value: Decimal) -> None:
    assert Decimal(plain_number(f"{value:f}")) == value
    assert Decimal(plain_number(f"{value:,f}")) == value


@given(st.text(max_size=20))
def test_a_plain_number_is_what_decimal_reads_to_a_finite_value(text: str) -> None:
    if is_plain_number(text):
        assert Decimal(text).is_finite()
