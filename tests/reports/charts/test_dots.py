"""How values lie: nobody is lost between dots and bars, and the scale says when it grows by factors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.dots import MOST_DOTS, AxisWords, DotValue, distribution, in_columns, ranking, scale_for
from reports.charts.specs import NARROW, WIDE, plain, size

WORDS = AxisWords("Per cent", "Per cent (each mark ten times the last)", "Countries")
numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda n: round(n, 3))


def dots(values: list[float]) -> list[DotValue]:
    return [DotValue(str(n), f"Area {n}", value, f"{value}") for n, value in enumerate(values)]


@given(st.lists(numbers, min_size=1, max_size=80))
def test_every_area_is_in_exactly_one_column(values: list[float]) -> None:
    given_dots = dots(values)
    columns = in_columns(given_dots, scale_for(values), 60)
    inside = [dot.code for column in columns.values() for dot in column]
    assert sorted(inside) == sorted(dot.code for dot in given_dots)
    assert len(columns) <= 60


@given(numbers, st.lists(numbers, min_size=1, max_size=20))
def test_a_scale_goes_there_and_back(value: float, values: list[float]) -> None:
    scale = scale_for(values)
    assert scale.back(scale.forward(value)) == pytest.approx(value, rel=1e-6, abs=1e-6)


def test_few_values_are_dots_and_crowds_are_bars_that_count_everybody() -> None:
    assert distribution(dots([1.0, 2.0, 2.0]), WORDS)["mark"]["type"] == "circle"
    crowd = distribution(dots([0.0] * (MOST_DOTS + 1) + [5.0]), WORDS)
    assert crowd["mark"]["type"] == "bar"
    assert sum(row["n"] for row in crowd["data"]["values"]) == MOST_DOTS + 2
    assert crowd["encoding"]["y"]["axis"]["title"] == "Countries"


def test_a_scale_by_factors_says_so() -> None:
    even = distribution(dots([1.0, 2.0, 3.0]), WORDS)
    assert even["encoding"]["x"]["axis"]["title"] == "Per cent"
    far_apart = distribution(dots([1.0, 2.0, 3.0, 20000.0]), WORDS)
    assert far_apart["encoding"]["x"]["scale"]["type"] == "symlog"
    assert far_apart["encoding"]["x"]["axis"]["title"] == "Per cent (each mark ten times the last)"


def test_a_ranking_goes_from_the_most_to_the_least_and_names_everybody() -> None:
    spec = ranking(dots([2.0, 9.0, 5.0]), unit="Per cent")
    assert [row["value"] for row in spec["data"]["values"]] == [9.0, 5.0, 2.0]
    assert len({row["name"] for row in spec["data"]["values"]}) == 3
    upside = ranking(dots([2.0, 9.0]), unit="Per cent", highest_first=False)
    assert [row["value"] for row in upside["data"]["values"]] == [2.0, 9.0]


def test_bars_with_long_names_fit_a_phone() -> None:
    assert size(plain(ranking(dots([2.0, 9.0]), unit="Per cent"), NARROW))[0] == NARROW
    assert size(ranking(dots([2.0, 9.0]), unit="Per cent"))[0] == WIDE


def test_no_dots_are_an_error() -> None:
    with pytest.raises(ValueError, match="empty"):
        distribution([], WORDS)
