"""A combination of categories has one key, whatever order or spelling it came in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.disaggregation import TOTAL, BreakdownError, breakdown, parse_breakdown

codes = st.from_regex(r"[A-Z][A-Z0-9_]{0,8}", fullmatch=True)


def test_totals_are_left_out_and_all_totals_are_a_code_of_their_own() -> None:
    assert breakdown({"SEX": "_T", "AGE": "Y0T4"}).key == "AGE=Y0T4"
    assert breakdown({"SEX": "_T"}).key == breakdown({}).key == TOTAL == "_T"
    assert parse_breakdown("_T").is_total


def test_the_order_in_which_it_was_written_does_not_matter() -> None:
    assert parse_breakdown("SEX=F; AGE=Y0T4").key == parse_breakdown("AGE=Y0T4;SEX=F").key == "AGE=Y0T4;SEX=F"


@pytest.mark.parametrize("key", ["", "SEX", "SEX=", "=F", "SEX=F;SEX=M", "SEX=F;;", "SEX=F F", "SEX=\x00", "_U"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(BreakdownError):
        parse_breakdown(key)


@given(st.dictionaries(codes, codes, max_size=4))
def test_a_key_reads_back_to_the_same_breakdown(given_codes: dict[str, str]) -> None:
    made = breakdown(given_codes)
    assert parse_breakdown(made.key) == made
