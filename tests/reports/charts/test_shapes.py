"""Map shapes: the projection against known points, lines made lighter without moving their ends, whose borders are dashed."""

from math import radians, sin
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.shapes import build, equal_earth, ring_area, simplified

places = st.tuples(st.integers(0, 1000), st.integers(0, 1000))


@pytest.mark.parametrize(
    ("place", "point"),
    [((0, 0), (5000, 2433.6)), ((180, 0), (10000, 2433.6)), ((-180, 0), (0, 2433.6)), ((0, 90), (5000, 0))],
)
def test_the_projection_meets_its_corners(place: tuple[float, float], point: tuple[float, float]) -> None:
    assert equal_earth(*place) == pytest.approx(point, abs=0.1)


@given(st.floats(-179, 178), st.floats(-80, 79))
def test_equal_areas_stay_equal(longitude: float, latitude: float) -> None:
    """A cell of one degree has the share of the plane that it has of the sphere."""
    from_sphere = cell(longitude, latitude) / cell(0, 0)
    assert from_sphere == pytest.approx(sphere(latitude) / sphere(0), rel=0.002)


def cell(longitude: float, latitude: float) -> float:
    corners = [(0, 0), (1, 0), (1, 1), (0, 1)]
    return ring_area([equal_earth(longitude + dx, latitude + dy) for dx, dy in corners])


def sphere(latitude: float) -> float:
    return sin(radians(latitude + 1)) - sin(radians(latitude))


@given(st.lists(places, min_size=2, max_size=60))
def test_a_lighter_line_keeps_its_ends_and_adds_nothing(line: list[tuple[float, float]]) -> None:
    light = simplified(line, 500)
    assert light[0] == line[0] and light[-1] == line[-1]
    assert set(light) <= set(line) and len(light) <= len(line)


def square(code: str, *rings: list[int]) -> dict[str, Any]:
    return {"type": "Polygon", "arcs": list(rings), "properties": {"a3": code}}


def two_neighbours(one: str, other: str) -> dict[str, Any]:
    """Two squares of ten degrees with a common side, as TopoJSON."""
    return {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[10, 0], [0, 10]], [[10, 10], [-10, 0], [0, -10], [10, 0]], [[10, 0], [10, 0], [0, 10], [-10, 0]]],
        "objects": {"countries": {"geometries": [square(one, [0, 1]), square(other, [2, -1])]}},
    }


def test_an_agreed_border_is_a_line_and_one_that_is_not_is_dashed() -> None:
    agreed = build(two_neighbours("KEN", "UGA"))["objects"]
    assert len(agreed["borders"]["arcs"]) == 1 and agreed["disputed"]["arcs"] == []
    open_ = build(two_neighbours("IND", "PAK"))["objects"]
    assert open_["borders"]["arcs"] == [] and len(open_["disputed"]["arcs"]) == 1


def test_a_shape_without_a_code_of_its_own_is_part_of_its_state() -> None:
    objects = build(two_neighbours("SOL", "SOM"))["objects"]
    assert [shape["id"] for shape in objects["areas"]["geometries"]] == ["SOM"]
    assert objects["borders"]["arcs"] == [] and objects["disputed"]["arcs"] == []


def test_antarctica_is_left_out() -> None:
    shapes = build(two_neighbours("ATA", "KEN"))["objects"]["areas"]["geometries"]
    assert [shape["id"] for shape in shapes] == ["KEN"]
