"""Lines: the scale holds every value, names do not overlap, and a target stands where it is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.lines import Aim, Name, PointValue, end_labels, nice_domain, spread_apart, time_series
from reports.charts.specs import NARROW, WIDE, plain, size

numbers = st.floats(-1e9, 1e9, allow_nan=False).filter(lambda n: n == 0 or abs(n) > 1e-6)


@given(st.lists(numbers, min_size=1, max_size=20))
def test_the_scale_holds_0_and_every_value(values: list[float]) -> None:
    low, high = nice_domain(values)
    assert low < high
    assert low <= min(0.0, *values, 0.0) and high >= max(0.0, *values, 0.0)


@pytest.mark.parametrize(("values", "ends"), [([0.0], (0, 1)), ([7.3, 13.4], (0, 14)), ([1584.0], (0, 1600))])
def test_the_scale_ends_at_a_round_number_near_the_most(values: list[float], ends: tuple[float, float]) -> None:
    assert nice_domain(values) == ends


@given(st.lists(st.tuples(st.floats(0, 320), st.sampled_from([17.0, 33.0])), max_size=8))
def test_names_never_overlap_and_never_fall_below_the_floor(boxes: list[tuple[float, float]]) -> None:
    boxes.sort()
    heights = [height for _middle, height in boxes]
    middles = spread_apart([middle for middle, _height in boxes], heights, -26.0)
    edges = [(m - h / 2, m + h / 2) for m, h in zip(middles, heights, strict=True)]
    assert all(bottom >= -26.001 for bottom, _top in edges)
    assert all(edges[n][1] <= edges[n + 1][0] + 0.001 for n in range(len(edges) - 1))


def test_names_that_have_room_stay_where_their_lines_end() -> None:
    assert spread_apart([50.0, 200.0], [17.0, 17.0], -26.0) == [50.0, 200.0]


def test_a_line_without_a_last_value_is_named_at_its_last_one() -> None:
    points = [PointValue("Kenya", 2015, 5.0, "2015", "5"), PointValue("Kenya", 2016, None, "2016", "")]
    assert [label["value"] for label in end_labels(points, [Name("Kenya", ["Kenya"])], 0, 10)] == [5.0]
    assert end_labels(points, [Name("Chad", ["Chad"])], 0, 10) == []


def lines(**given_: Any) -> dict[str, Any]:
    names = ["Oceania (excluding Australia and New Zealand)", "World"]
    points = [PointValue(name, 2015 + n, 5.0 + n, "", "") for name in names for n in range(3)]
    return time_series(points, areas=names, unit="Per cent", **given_)


def test_a_target_is_on_the_scale_and_says_what_it_is() -> None:
    spec = lines(aim=Aim(30.0, "Target: 30%"))
    rule, text = spec["layer"][:2]
    assert rule["mark"]["type"] == "rule" and rule["data"]["values"] == [{"value": 30.0}]
    assert text["mark"]["text"] == "Target: 30%"
    assert rule["encoding"]["y"]["scale"]["domain"][1] >= 30
    assert all(layer["mark"]["type"] != "rule" for layer in lines()["layer"])


def test_a_drawing_has_the_same_width_whatever_the_names() -> None:
    spec = lines()
    assert size(spec)[0] == WIDE
    assert size(plain(spec, NARROW))[0] == NARROW
    assert {label["area"]: len(label["lines"]) for label in spec["layer"][-1]["data"]["values"]} == {
        "Oceania (excluding Australia and New Zealand)": 2,
        "World": 1,
    }


def test_a_phone_has_the_names_in_the_legend_not_at_the_lines() -> None:
    assert lines()["layer"][-1]["name"] == "names"
    assert all(layer.get("name") != "names" for layer in plain(lines(), NARROW)["layer"])


def test_no_value_at_all_is_an_error() -> None:
    with pytest.raises(ValueError, match="empty"):
        time_series([PointValue("Kenya", 2015, None, "", "")], areas=["Kenya"], unit="x")


def test_no_line_leads_over_a_break_and_estimates_are_hollow() -> None:
    points = [
        PointValue("Kenya", 2017, 5.0, "2017", "5"),
        PointValue("Kenya", 2018, 50.0, "2018", "50", apart=True),
        PointValue("Kenya", 2019, 51.0, "2019", "51", made=True),
    ]
    spec = time_series(points, areas=["Kenya"], unit="x")
    assert [row["value"] for row in spec["data"]["values"]] == [5.0, None, 50.0, 51.0]
    hollow = [layer for layer in spec["layer"] if layer.get("transform") == [{"filter": "datum.made"}]]
    assert len(hollow) == 1 and hollow[0]["mark"]["color"] == "token:paper"
    assert [row.get("made", False) for row in spec["data"]["values"]] == [False, False, False, True]
    plain_ones = time_series(points[:2], areas=["Kenya"], unit="x")
    assert len(plain_ones["layer"]) == len(spec["layer"]) - 1
