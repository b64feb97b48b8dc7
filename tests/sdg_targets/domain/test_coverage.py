"""What is expected against what there is: states, reasons, divisions and ages."""

import pytest

from sdg_targets.domain.coverage import (
    WORDS,
    Fact,
    Reach,
    State,
    best_of,
    is_stated,
    percent,
    state_by_dimension,
    state_of,
    summary,
)


def fact(status: str = "A", *, has_value: bool = False, printed: str | None = None) -> Fact:
    return Fact("2019", 2019, "_T", "UNSD-SDG", status, has_value, printed)


@pytest.mark.parametrize(
    ("row", "reach", "expected"),
    [
        (fact(has_value=True), Reach.COUNTRIES, State.FIGURE),
        (fact("E", has_value=True), Reach.COUNTRIES, State.FIGURE),
        (fact("L"), Reach.COUNTRIES, State.NOT_COLLECTED),
        (fact("L", printed="N"), Reach.COUNTRIES, State.NOT_ASKED),
        (fact("M"), Reach.COUNTRIES, State.NOT_APPLICABLE),
        (fact("O"), Reach.COUNTRIES, State.NOT_YET),
        (fact("Q"), Reach.COUNTRIES, State.SUPPRESSED),
        (fact("K"), Reach.COUNTRIES, State.ELSEWHERE),
        (None, Reach.COUNTRIES, State.NOT_YET),
        (None, Reach.REGIONS, State.REGIONAL),
        (None, Reach.NOBODY, State.UNPUBLISHED),
    ],
)
def test_an_expected_figure_is_there_or_has_a_reason(row: Fact | None, reach: Reach, expected: State) -> None:
    assert state_of(row, reach) is expected


@pytest.mark.parametrize(
    ("headline", "categories", "expected"),
    [
        (State.FIGURE, 2, State.FIGURE),
        (State.FIGURE, 1, State.NOT_YET),
        (State.FIGURE, 0, State.NOT_YET),
        (State.SUPPRESSED, 1, State.SUPPRESSED),
        (State.NOT_YET, 3, State.FIGURE),
        (State.UNPUBLISHED, 0, State.UNPUBLISHED),
    ],
)
def test_one_category_divides_nothing(headline: State, categories: int, expected: State) -> None:
    assert state_by_dimension(headline, categories=categories) is expected


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([State.NOT_YET, State.REGIONAL, State.FIGURE], State.FIGURE),
        ([State.NOT_YET, State.SUPPRESSED, State.NOT_ASKED], State.SUPPRESSED),
        ([State.REGIONAL, State.NOT_YET], State.NOT_YET),
        ([State.UNPUBLISHED, State.REGIONAL], State.REGIONAL),
        ([State.UNPUBLISHED], State.UNPUBLISHED),
        ([], State.UNPUBLISHED),
    ],
)
def test_of_several_series_a_figure_comes_first_then_what_a_publisher_says(
    states: list[State], expected: State
) -> None:
    assert best_of(states) is expected


def test_every_state_has_its_own_words_and_its_own_sign() -> None:
    assert list(WORDS) == list(State)
    assert len({word.sign for word in WORDS.values()}) == len({word.label for word in WORDS.values()}) == len(State)
    assert not any("late" in f"{word.label} {word.sentence}".lower().split() for word in WORDS.values())
    assert {state for state in State if is_stated(state)} == {
        State.NOT_COLLECTED, State.NOT_APPLICABLE, State.SUPPRESSED, State.ELSEWHERE, State.NOT_ASKED,
    }  # fmt: skip


def test_ages_are_counted_up_to_the_reference_year_which_is_one_of_the_recent_ones() -> None:
    states = [State.FIGURE] * 4 + [State.NOT_YET, State.NOT_ASKED]
    found = summary(states, [2020, 2018, 2017, 2016], reference_year=2020)
    assert (found.expected, found.figures, found.percent) == (6, 4, 67)
    assert (found.newest_year, found.median_age) == (2020, 2.5)
    assert (found.within_3_years, found.within_5_years) == (2, 4)
    assert found.in_order == ((State.FIGURE, 4), (State.NOT_YET, 1), (State.NOT_ASKED, 1))


def test_nothing_has_no_age_and_a_figure_for_a_later_year_is_none_years_old() -> None:
    nothing = summary([State.UNPUBLISHED], [], reference_year=2020)
    assert (nothing.newest_year, nothing.median_age, nothing.within_5_years) == (None, None, 0)
    assert summary([State.FIGURE], [2021], reference_year=2020).median_age == 0


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(0, 0, 0), (0, 193, 0), (1, 1000, 1), (999, 1000, 99), (5, 5, 100), (1, 3, 33)]
)
def test_a_share_is_nothing_or_everything_only_where_it_is(part: int, whole: int, expected: int) -> None:
    assert percent(part, whole) == expected
