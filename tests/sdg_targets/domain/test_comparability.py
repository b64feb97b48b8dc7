"""Which figures a line may join: years that follow each other, with no break between them."""

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.comparability import parts


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
