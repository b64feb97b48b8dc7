"""Time periods: every form that is read, its days, and the refusals that say what would be right."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.periods import FIRST_YEAR, LAST_YEAR, PeriodError, parse_period, year_period


@pytest.mark.parametrize(
    ("text", "code", "start", "end", "frequency"),
    [
        ("2015", "2015", date(2015, 1, 1), date(2015, 12, 31), "A"),
        ("2015.0", "2015", date(2015, 1, 1), date(2015, 12, 31), "A"),
        (" 2015 ", "2015", date(2015, 1, 1), date(2015, 12, 31), "A"),
        ("2015-Q3", "2015-Q3", date(2015, 7, 1), date(2015, 9, 30), "Q"),
        ("2015q4", "2015-Q4", date(2015, 10, 1), date(2015, 12, 31), "Q"),
        ("2016-02", "2016-02", date(2016, 2, 1), date(2016, 2, 29), "M"),
        ("2016-02-29", "2016-02-29", date(2016, 2, 29), date(2016, 2, 29), "D"),
        ("2010-2015", "2010/2015", date(2010, 1, 1), date(2015, 12, 31), "R"),
        ("2015/16", "2015/2016", date(2015, 1, 1), date(2016, 12, 31), "R"),
    ],
)
def test_the_forms_that_are_read(text: str, code: str, start: date, end: date, frequency: str) -> None:
    period = parse_period(text)
    assert (period.code, period.start, period.end, period.frequency) == (code, start, end, frequency)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20222",
        "2015*",
        "15",
        "2015-13",
        "2015-02-30",
        "2015-Q5",
        "2016-2015",
        "2015/15",
        "0000",
        "1899",
        "2101",
        "There is no data for this indicator yet",
        "٢٠١٥",
        "2015\x00",
        "-2015",
        "2e3",
    ],
)
def test_what_is_no_period_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(PeriodError) as refused:
        parse_period(text)
    assert len(str(refused.value)) > 15


@given(st.integers(FIRST_YEAR, LAST_YEAR))
def test_a_code_reads_back_to_the_same_period(year: int) -> None:
    for period in (year_period(year), parse_period(f"{year}-Q2"), parse_period(f"{year}-07")):
        assert parse_period(period.code) == period


def test_periods_sort_by_their_end() -> None:
    ordered = sorted(map(parse_period, ["2016", "2015-Q3", "2014-2015", "2015-07-31"]))
    assert [p.code for p in ordered] == ["2015-07-31", "2015-Q3", "2014/2015", "2016"]
