"""What stands in a field is read back as the very same number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.cell_texts import text_in_field
from sdg_targets.domain.typed_numbers import read_typed

#: As many digits as statistics have, to either side of the point.
FIGURES = st.integers(0, 8).flatmap(lambda places: st.decimals(-(10**15), 10**15, places=places))


@given(FIGURES, st.sampled_from(["en", "fr", "es"]))
def test_every_number_is_read_back_as_it_is(value: Decimal, language: str) -> None:
    assert read_typed(text_in_field(value, language), language) == value


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        ("24644.37", "en", "24644.37"),
        ("24644.37", "fr", "24644,37"),
        ("8.400", "es", "08,400"),
        ("-1.234", "fr", "-01,234"),
        ("1.234", "en", "1.234"),
        ("0.123", "fr", "0,123"),
        ("6.20", "en", "6.20"),
        ("24644", "fr", "24644"),
    ],
)
def test_numbers_stand_in_the_person_s_language(value: str, language: str, text: str) -> None:
    assert text_in_field(Decimal(value), language) == text


def test_nothing_stands_where_there_is_no_number() -> None:
    assert text_in_field(None, "en") == ""
