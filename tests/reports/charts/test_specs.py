"""Specifications: each draws; gaps stay gaps; nobody is missing from the map; colours are the style sheet's."""

import csv
import dataclasses
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from reports.charts.dots import AxisWords, DotValue, distribution, ranking
from reports.charts.lines import Aim, PointValue, time_series, with_gaps
from reports.charts.render import Look, Words, image, shapes
from reports.charts.specs import plain
from reports.charts.themes import DARK, LIGHT, themed
from reports.charts.world_map import NOT_ASKED, MapData, MapValue, legend_of, world_map

WORDS = AxisWords("Per cent", "Per cent, by ten", "Countries")
POINTS = [
    PointValue("Kenya", year, value, str(year), f"{value}") for year, value in ((2011, 9.0), (2015, 8.0), (2016, 7.5))
]


@pytest.fixture(autouse=True)
def cache(settings: Any, tmp_path: Path) -> None:
    settings.CHART_CACHE = tmp_path


def map_data(*codes: str) -> MapData:
    values = tuple(MapValue(code, code, n % 3, "5") for n, code in enumerate(codes))
    return MapData(values, ("few", "some", "many"), "No figure", shapes()["points"], "Per cent", "Not asked")


def svg(spec: Any, theme: str = "light", language: str = "en") -> str:
    return image(spec, Words(), Look("svg", theme), language).decode()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "spec",
    [
        world_map(map_data("KEN", "TUV")),
        time_series(POINTS, areas=["Kenya"], unit="Per cent", aim=Aim(3.0, "Target")),
        ranking([DotValue("KEN", "Kenya", 5.0, "5"), DotValue("UGA", "Uganda", -5.1, "-5.1")], unit="Per cent"),
        distribution([DotValue("KEN", "Kenya", float(n**4), "5") for n in range(80)], WORDS),
        distribution([DotValue("KEN", "Kenya", 5.0, "5"), DotValue("UGA", "Uganda", 5.1, "5.1")], WORDS),
    ],
)
def test_each_chart_draws_in_both_themes(spec: Any, theme: str) -> None:
    assert svg(spec, theme).startswith("<svg")
    assert svg(plain(spec, 344), theme).startswith("<svg")


def test_a_year_without_a_value_is_never_joined_over() -> None:
    filled = with_gaps(POINTS)
    assert [(p.year, p.value) for p in filled] == [(2011, 9.0), (2012, None), (2015, 8.0), (2016, 7.5)]
    drawn = svg(time_series(POINTS, areas=["Kenya"], unit="x"))
    line = re.search(
        r'aria-roledescription="line mark"[^>]*d="([^"]+)"|d="([^"]+)"[^>]*aria-roledescription="line mark"', drawn
    )
    lines = re.findall(r'd="(M[^"]*)"', drawn)
    assert line or lines
    joined = [d for d in lines if d.count("L") == 1 and d.count("M") == 2]
    assert joined, "the line has two parts: 2011 alone, and 2015 to 2016"


def test_no_figure_is_hatched_and_in_the_legend() -> None:
    data = map_data("KEN")
    drawn = svg(world_map(data))
    assert 'fill="url(#no-figure)"' in drawn
    assert LIGHT["no-figure"] not in drawn.split("</defs>", 1)[1]
    assert legend_of(data)[-1] == ("No figure", "no-figure")


def test_not_asked_is_a_class_of_its_own_and_stands_in_the_legend_only_where_it_is_on_the_map() -> None:
    data = map_data("KEN")
    asked = dataclasses.replace(data, values=(*data.values, MapValue("GRL", "Greenland", NOT_ASKED, "Not asked")))
    assert [label for label, _token in legend_of(asked)][-2:] == ["Not asked", "No figure"]
    assert 'fill="url(#not-asked)"' in svg(world_map(asked))
    assert 'fill="url(#not-asked)"' not in svg(world_map(data))
    assert "Not asked" not in dict(legend_of(data))


def test_a_small_state_without_a_figure_is_a_dot_and_an_island_without_people_is_none() -> None:
    spec = world_map(map_data("KEN"))
    dots = {dot["id"]: dot for dot in spec["layer"][-2]["data"]["values"]}
    assert "empty" not in dots["TUV"] and dots["BVT"]["empty"]
    assert {"filter": "!datum.empty"} in spec["layer"][-2]["transform"]


def test_the_image_of_a_map_is_light() -> None:
    codes = [shape["id"] for shape in shapes()["objects"]["areas"]["geometries"]]
    drawn = svg(plain(world_map(map_data(*codes))))
    assert len(gzip.compress(drawn.encode())) < 80_000
    assert "aria-" not in drawn and not re.search(r"\d\.\d\d", drawn.partition("d=")[2].partition('"/>')[0])


def test_an_image_that_leaves_the_page_says_whose_figures_and_whose_lines() -> None:
    words = Words("Title & more", "2018", ("Source: somebody", "Boundaries imply no opinion."))
    drawn = image(world_map(map_data("KEN")), words, Look("svg"), "en").decode()
    assert "Title &amp; more" in drawn and "Source: somebody" in drawn and "Boundaries imply no opinion." in drawn
    png = image(world_map(map_data("KEN")), words, Look("png"), "en")
    assert png.startswith(b"\x89PNG")


def test_axes_follow_the_language() -> None:
    big = [PointValue("Kenya", 2015 + n, 12000.0 * (n + 1), "", "") for n in range(3)]
    assert "30,000" in svg(time_series(big, areas=["Kenya"], unit="x"))
    assert "30\u202f000" in svg(time_series(big, areas=["Kenya"], unit="x"), language="fr")


def test_every_country_and_territory_has_a_shape_or_a_point() -> None:
    path = Path(settings.BASE_DIR) / "sdg_targets" / "data" / "areas.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        wanted = {row["iso3"] for row in csv.DictReader(stream) if row["iso3"]}
    drawn = {shape["id"] for shape in shapes()["objects"]["areas"]["geometries"]} | set(shapes()["points"])
    assert wanted - drawn == {"ATA"}, "Antarctica alone is left out"


def test_every_member_state_has_a_shape_or_a_point() -> None:
    path = Path(settings.BASE_DIR) / "sdg_targets" / "data" / "territories.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        members = {row["iso3"] for row in csv.DictReader(stream) if row["status"] == "member"}
    assert len(members) == 193
    drawn = {shape["id"] for shape in shapes()["objects"]["areas"]["geometries"]}
    assert members - drawn - set(shapes()["points"]) == set()


def test_small_states_can_be_seen() -> None:
    assert {"TUV", "NRU", "MCO", "SMR", "VAT", "MDV", "SGP", "BHR", "MLT", "KNA"} <= set(shapes()["points"])


def test_the_shapes_are_small() -> None:
    packed = (Path(settings.BASE_DIR) / "static" / "data" / "world.json").read_bytes()
    assert len(gzip.compress(packed, 9)) < 60_000


def test_disputed_borders_are_a_layer_of_their_own() -> None:
    assert len(shapes()["objects"]["disputed"]["arcs"]) >= 8


def test_the_colours_are_those_of_the_style_sheet() -> None:
    css = (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    pairs = dict(re.findall(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", css))
    for token in LIGHT:
        assert pairs[token] == f"{LIGHT[token]}, {DARK[token]}", token


def test_a_token_that_there_is_not_is_an_error() -> None:
    assert themed({"a": ["token:ink", 1]}, LIGHT) == {"a": [LIGHT["ink"], 1]}
    with pytest.raises(KeyError):
        themed("token:nothing", LIGHT)


def test_specifications_are_plain_json() -> None:
    json.dumps(world_map(map_data("KEN")))
