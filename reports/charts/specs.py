"""Specifications of charts: pure functions from values to Vega-Lite 5, colours as names of tokens.

Sizes in pixels. A chart has no title of its own: the page writes it, and ``render`` adds it to an image.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from .shapes import WIDTH as PLANE

Spec = dict[str, Any]
SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
#: Where the shapes are: the browser's address is put in by the page, the shapes themselves by the server.
SHAPES: Final = "shapes:world"
MAP_WIDTH: Final = 960
MAP_HEIGHT: Final = 446
WIDE: Final = 620
#: Width of the drawing on a phone.
NARROW: Final = 344
FONT: Final = "system-ui, Segoe UI, Roboto, Noto Sans, Liberation Sans, DejaVu Sans, sans-serif"


@dataclass(frozen=True, slots=True)
class MapValue:
    """One area on a map: its code, name, the number of its class (from 0) and the words shown for its value."""

    code: str
    name: str
    group: int
    text: str


@dataclass(frozen=True, slots=True)
class MapData:
    """A map: values, the labels of the classes from few to many, and the words for no figure."""

    values: tuple[MapValue, ...]
    labels: tuple[str, ...]
    no_figure: str
    points: dict[str, list[int]]
    value_title: str
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class PointValue:
    """One point of a line: area, last day of the period as a number of the year, value, and the words shown for it."""

    area: str
    year: float
    value: float | None
    period: str
    text: str


@dataclass(frozen=True, slots=True)
class DotValue:
    """One dot of a distribution."""

    code: str
    name: str
    value: float
    text: str


def _frame(width: int, height: int) -> Spec:
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": height,
        "background": None,
        "padding": 4,
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                "labelColor": "token:ink-soft",
                "titleColor": "token:ink-soft",
                "gridColor": "token:line",
                "domainColor": "token:line-strong",
                "tickColor": "token:line-strong",
                "labelFontSize": 13,
                "titleFontSize": 13,
                "titleFontWeight": "normal",
                "labelPadding": 6,
            },
            "legend": {
                "labelColor": "token:ink",
                "titleColor": "token:ink-soft",
                "labelFontSize": 13,
                "titleFontSize": 13,
                "symbolType": "square",
                "symbolSize": 170,
                "symbolStrokeColor": "token:line-strong",
                "symbolStrokeWidth": 0.6,
                "labelLimit": 260,
            },
        },
    }


def class_tokens(count: int) -> list[str]:
    """Colours of so many classes, from few to many, spread over the five of the scale."""
    places = {1: [4], 2: [2, 4], 3: [1, 3, 5], 4: [1, 2, 4, 5]}.get(count, [1, 2, 3, 4, 5])
    return [f"token:class-{place}" for place in places[:count]]


def legend_of(data: MapData) -> list[tuple[str, str]]:
    """Each class's label and the token of its colour, and the words for no figure: the legend that the page writes."""
    tokens = [token.removeprefix("token:") for token in class_tokens(len(data.labels))]
    return [*zip(data.labels, tokens, strict=True), (data.no_figure, "no-figure")]


def plain(spec: Spec, width: int | None = None) -> Spec:
    """The specification as a page shows it: without its legend, which the page writes, and at the width given."""
    bare = _without_legend(spec)
    if width is None:
        return bare
    if "projection" in bare:
        scale = {"type": "identity", "scale": width / PLANE, "translate": [0, 1]}
        return {**bare, "width": width, "height": round(MAP_HEIGHT * width / MAP_WIDTH), "projection": scale}
    padding = bare["padding"]
    right = min(padding["right"], 108) if isinstance(padding, dict) else 0
    side = {"padding": {**padding, "right": right}} if isinstance(padding, dict) else {}
    return {**bare, **side, "width": width - right - 44}


def _without_legend(spec: Any) -> Any:
    if isinstance(spec, dict):
        return {
            key: None if key == "legend" and isinstance(value, dict) and "orient" in value else _without_legend(value)
            for key, value in spec.items()
        }
    return [_without_legend(value) for value in spec] if isinstance(spec, list) else spec


def world_map(data: MapData) -> Spec:
    """Every area by its class; areas without a figure in a neutral colour that is in the legend; small ones as dots."""
    shapes = {"url": SHAPES, "format": {"type": "topojson", "feature": "areas"}}
    rows = [{"id": v.code, "name": v.name, "class": data.labels[v.group], "text": v.text} for v in data.values]
    domain = [*data.labels, data.no_figure]
    colours = [*class_tokens(len(data.labels)), "token:no-figure"]
    colour = {
        "field": "class",
        "type": "nominal",
        "scale": {"domain": domain, "range": colours},
        "legend": {"title": data.value_title, "orient": "bottom", "direction": "horizontal", "columns": 6},
    }
    tooltip = [{"field": "name", "title": ""}, {"field": "text", "title": data.value_title}]
    dots = [
        row | {"x": data.points[row["id"]][0], "y": data.points[row["id"]][1]}
        for row in rows
        if row["id"] in data.points
    ]
    found = {"lookup": "id", "from": {"data": {"values": rows}, "key": "id", "fields": ["name", "class", "text"]}}
    return {
        **_frame(MAP_WIDTH, MAP_HEIGHT),
        "projection": {"type": "identity", "scale": MAP_WIDTH / PLANE, "translate": [0, 2]},
        "layer": [
            {"data": shapes, "mark": {"type": "geoshape", "fill": "token:no-figure"}},
            {
                "data": shapes,
                "transform": [found, {"filter": "isValid(datum.class)"}],
                "mark": {"type": "geoshape"},
                "encoding": {"color": colour, "tooltip": tooltip},
            },
            _lines("borders", {"stroke": "token:paper", "strokeWidth": 0.5}),
            _lines("disputed", {"stroke": "token:ink-soft", "strokeWidth": 0.8, "strokeDash": [2, 2]}),
            {
                "data": {"values": dots},
                "mark": {"type": "circle", "size": 34, "opacity": 1, "stroke": "token:line-strong", "strokeWidth": 0.7},
                "encoding": {
                    "longitude": {"field": "x"},
                    "latitude": {"field": "y"},
                    "color": colour,
                    "tooltip": tooltip,
                },
            },
        ],
    }


def _lines(feature: str, style: Spec) -> Spec:
    data = {"url": SHAPES, "format": {"type": "topojson", "feature": feature}}
    return {"data": data, "mark": {"type": "geoshape", "filled": False, **style}}


def time_series(
    points: Sequence[PointValue],
    *,
    areas: Sequence[str],
    unit: str,
    aim: float | None = None,
    aim_text: str = "",
    zero: bool = True,
) -> Spec:
    """A line for each area, in the order given; a year without a value is a gap and is never joined over."""
    rows = [
        {"area": p.area, "year": p.year, "value": p.value, "period": p.period, "text": p.text}
        for p in with_gaps(points)
    ]
    colour = {
        "field": "area",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": list(areas), "range": [f"token:series-{n + 1}" for n in range(len(areas))]},
    }
    x = {
        "field": "year",
        "type": "quantitative",
        "scale": {"zero": False, "nice": False, "padding": 8},
        "axis": {"format": "d", "tickMinStep": 1, "title": None, "grid": False, "labelFlush": False},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": zero},
        "axis": {
            "title": unit,
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "end",
            "titleY": -12,
            "titleX": 0,
            "domain": False,
            "ticks": False,
        },
    }
    tooltip = [{"field": "area", "title": ""}, {"field": "period", "title": ""}, {"field": "text", "title": ""}]
    layers: list[Spec] = [
        {
            "mark": {"type": "line", "strokeWidth": 2.2, "invalid": "break-paths-show-path-domains"},
            "encoding": {"x": x, "y": y, "color": colour},
        },
        {
            "transform": [{"filter": "isValid(datum.value)"}],
            "mark": {"type": "circle", "size": 40, "opacity": 1},
            "encoding": {"x": x, "y": y, "color": colour, "tooltip": tooltip},
        },
        {
            "data": {"values": end_labels(points, areas)},
            "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": 13, "fontWeight": 600, "limit": 200},
            "encoding": {"x": x, "y": y, "text": {"field": "area"}, "color": colour},
        },
    ]
    if aim is not None:
        layers.append(
            {
                "data": {"values": [{"value": aim, "text": aim_text}]},
                "mark": {"type": "rule", "strokeDash": [5, 4], "color": "token:warm"},
                "encoding": {"y": y},
            }
        )
        layers.append(
            {
                "data": {"values": [{"value": aim, "text": aim_text}]},
                "mark": {
                    "type": "text",
                    "align": "right",
                    "baseline": "bottom",
                    "dy": -4,
                    "x": WIDE,
                    "color": "token:warm",
                    "fontSize": 13,
                },
                "encoding": {"y": y, "text": {"field": "text"}},
            }
        )
    frame = _frame(WIDE, 340)
    return {
        **frame,
        "padding": {"left": 4, "top": 28, "right": 176, "bottom": 4},
        "data": {"values": rows},
        "layer": layers,
    }


def with_gaps(points: Sequence[PointValue]) -> list[PointValue]:
    """The points with a hollow one in every whole year that an area skips, so that no line joins over it."""
    filled: list[PointValue] = []
    for area in dict.fromkeys(point.area for point in points):
        own = sorted((p for p in points if p.area == area), key=lambda p: p.year)
        for before, here in zip([None, *own], own, strict=False):
            if before is not None and here.year - before.year > 1.01:
                filled.append(PointValue(area, before.year + 1, None, "", ""))
            filled.append(here)
    return filled


def end_labels(points: Sequence[PointValue], areas: Sequence[str]) -> list[Spec]:
    """Each area's name at its last value, moved apart where names would lie over each other."""
    valued = [p for p in points if p.value is not None]
    if not valued:
        return []
    ends = [
        max((p for p in valued if p.area == area), key=lambda p: p.year)
        for area in areas
        if any(p.area == area for p in valued)
    ]
    values = [p.value for p in valued if p.value is not None]
    step = (max(values) - min(0.0, *values)) / 20 or 1.0
    placed: list[Spec] = []
    previous: float | None = None
    for end in sorted(ends, key=lambda p: p.value or 0.0):
        value = end.value or 0.0
        value = value if previous is None or value - previous >= step else previous + step
        previous = value
        placed.append({"area": end.area, "year": end.year, "value": value})
    return placed


def distribution(dots: Sequence[DotValue], *, unit: str, named: frozenset[str] = frozenset()) -> Spec:
    """Every area as a dot at its value, stacked where values crowd; no order of areas is suggested."""
    bins = {"maxbins": 48}
    return {
        **_frame(WIDE, 170),
        "data": {"values": [{"code": d.code, "name": d.name, "value": d.value, "text": d.text} for d in dots]},
        "transform": [
            {"bin": bins, "field": "value", "as": ["from", "to"]},
            {"calculate": "(datum.from + datum.to) / 2", "as": "middle"},
            {"window": [{"op": "row_number", "as": "height"}], "groupby": ["middle"], "sort": [{"field": "value"}]},
        ],
        "mark": {"type": "circle", "opacity": 0.9, "size": 46, "color": "token:class-4"},
        "encoding": {
            "x": {
                "field": "middle",
                "type": "quantitative",
                "scale": {"nice": True},
                "axis": {"title": unit, "grid": False},
            },
            "y": {"field": "height", "type": "quantitative", "axis": None},
            "tooltip": [{"field": "name", "title": ""}, {"field": "text", "title": ""}],
        },
    }
