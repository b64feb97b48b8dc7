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


years = st.integers(FIRST_YEAR, LAST_YEAR)
written = st.one_of(
    years.map(str),
    st.builds("{}-Q{}".format, years, st.integers(1, 4)),
    st.builds("{}-{:02}".format, years, st.integers(1, 12)),
    st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)).map(date.isoformat),
    st.tuples(years, years).filter(lambda pair: pair[0] < pair[1]).map("{0[0]}/{0[1]}".format),
)


@given(written)
def test_every_code_is_read_to_a_period_that_it_is_the_code_of(code: str) -> None:
    period = parse_period(code)
    assert period.code == str(period) == code
    assert period.start <= period.end
    assert period.year == period.end.year
    assert {"A": 365, "Q": 92, "M": 31, "D": 1}.get(period.frequency, 10**6) >= (period.end - period.start).days


@given(st.text(st.sampled_from("0123456789-/QqM. *"), max_size=12))
def test_what_is_read_reads_back_to_itself_and_the_rest_is_refused(text: str) -> None:
    try:
        period = parse_period(text)
    except PeriodError:
        return
    assert parse_period(period.code) == period


def test_a_split_year_is_counted_in_the_year_of_its_last_day() -> None:
    assert (parse_period("2015/16").year, parse_period("2015/16")) == (2016, parse_period("2015/2016"))
