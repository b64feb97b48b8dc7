"""Which figures a line may join, and when a country's own figure may be compared with the global one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.comparability import OBSTACLES, Comparison, Obstacle, compare, departs, parts, same_figure


@dataclass(frozen=True)
class Point:
    year: int
    status: str = "A"


def years(*given: int, breaks: tuple[int, ...] = ()) -> list[list[int]]:
    return [[point.year for point in run] for run in parts([Point(year) for year in given], breaks)]


def test_years_that_follow_are_one_run_and_a_missing_year_ends_it() -> None:
    assert years(2015, 2016, 2018, 2019) == [[2015, 2016], [2018, 2019]]
    assert years() == []


def test_a_break_of_the_catalogue_parts_what_lies_before_from_its_year_on() -> None:
    assert years(2016, 2017, 2018, 2019, breaks=(2018,)) == [[2016, 2017], [2018, 2019]]
    assert years(2016, 2017, breaks=(2018,)) == [[2016, 2017]]
    assert years(2018, 2019, breaks=(2018,)) == [[2018, 2019]]


def test_a_figure_marked_as_a_break_begins_a_run() -> None:
    assert [len(run) for run in parts([Point(2015), Point(2016, "B"), Point(2017)])] == [1, 2]


@given(st.lists(st.integers(2000, 2030), unique=True), st.sets(st.integers(2000, 2030), max_size=4))
def test_no_figure_is_lost_and_no_run_holds_a_break_or_a_gap(some: list[int], breaks: set[int]) -> None:
    runs = parts([Point(year) for year in sorted(some)], breaks)
    assert [point.year for run in runs for point in run] == sorted(some)
    for run in runs:
        for before, after in pairwise(run):
            assert after.year == before.year + 1 and after.year not in breaks


@dataclass(frozen=True)
class Figure:
    year: int
    given: str | None = "1"
    breakdown: str = "_T"
    measure: tuple[str, int, str] = ("PT", 0, "")

    @property
    def period(self) -> str:
        return str(self.year)

    @property
    def period_end(self) -> date:
        return date(self.year, 12, 31)

    @property
    def value(self) -> Decimal | None:
        return None if self.given is None else Decimal(self.given)


def compared(own: list[Figure], others: list[Figure], *, departs: bool = False) -> Comparison[Figure]:
    return compare(own, others, departs=departs)


def test_figures_are_compared_for_the_newest_period_that_both_have() -> None:
    found = compared([Figure(2018, "11.9"), Figure(2023, "15.2")], [Figure(2017, "13.3"), Figure(2018, "11.9681958")])
    assert found.own == Figure(2018, "11.9") and found.other == Figure(2018, "11.9681958")
    assert (found.obstacle, found.difference, found.agrees) == (None, Decimal("-0.0681958"), False)


def test_of_two_breakdowns_of_a_period_the_first_that_is_given_stands() -> None:
    own = [Figure(2018, "1", "B"), Figure(2018, "2", "A")]
    found = compared(own, [Figure(2018, "3", "A"), Figure(2018, "4", "B")])
    assert (found.own, found.difference) == (own[0], Decimal(-3))


@pytest.mark.parametrize(
    ("own", "others", "obstacle"),
    [
        ([Figure(2018)], [], Obstacle.NO_VALUE),
        ([Figure(2018)], [Figure(2018, None)], Obstacle.NO_VALUE),
        ([Figure(2018)], [Figure(2018, breakdown="SEX=F")], Obstacle.BREAKDOWN),
        ([Figure(2018)], [Figure(2017)], Obstacle.PERIOD),
        ([Figure(2018, None), Figure(2019)], [Figure(2018)], Obstacle.PERIOD),
        ([Figure(2018)], [Figure(2018, measure=("NUMBER", 0, ""))], Obstacle.UNIT),
        ([Figure(2018)], [Figure(2018, measure=("PT", 3, ""))], Obstacle.UNIT),
        ([Figure(2018)], [Figure(2018, measure=("PT", 0, "2015"))], Obstacle.UNIT),
    ],
)
def test_what_does_not_agree_is_the_reason_why_nothing_is_compared(
    own: list[Figure], others: list[Figure], obstacle: Obstacle
) -> None:
    found = compared(own, others)
    assert (found.obstacle, found.difference, found.agrees) == (obstacle, None, False)
    assert OBSTACLES[obstacle]


def test_a_departure_from_the_definition_is_the_last_reason_and_leaves_the_pair() -> None:
    found = compared([Figure(2018)], [Figure(2018)], departs=True)
    assert (found.obstacle, found.difference, found.own) == (Obstacle.DEFINITION, None, Figure(2018))
    assert compared([Figure(2018)], [Figure(2017)], departs=True).obstacle == Obstacle.PERIOD


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("", False),
        (" \n", False),
        ("Data follows the UN specification for this indicator. It was found with experts.", False),
        ("This indicator is being used as an approximation of the UN SDG Indicator.", True),
        ("Data follows the UN specification for this indicator, with the exception that values are in pounds.", True),
        ("Therefore, these data do not fully follow UN specifications for this indicator.", True),
    ],
)
def test_an_office_may_say_that_it_departs_from_nothing(text: str, noted: bool) -> None:
    assert departs(text) is noted


def test_one_figure_may_be_printed_with_two_precisions() -> None:
    assert same_figure(Decimal("2.40221"), Decimal("2.4022124"))
    assert same_figure(Decimal("100.0"), Decimal("100.0000000000000"))
    assert same_figure(Decimal("1E+2"), Decimal("100.4"))
    assert not same_figure(Decimal("11.9"), Decimal("11.9681958"))
    assert same_figure(Decimal("0." + "3" * 60), Decimal("0." + "3" * 50))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=9, min_value=-(10**9), max_value=10**9))
def test_a_figure_agrees_with_itself_in_any_precision(value: Decimal) -> None:
    assert same_figure(value, value) and same_figure(value, Decimal(f"{value:f}000"))
    found = compared([Figure(2018, str(value))], [Figure(2018, f"{value:f}0")])
    assert found.agrees and found.difference == 0
