"""Lines over time: gaps stay gaps, and each line's name stands at its end."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

from .specs import WIDE, Spec, frame

HEIGHT: Final = 320
#: Above the highest line: the unit. Below: the years.
TOP: Final = 30
BOTTOM: Final = 28
#: Signs of a name before it is broken, the lines it may take, and their height and width in pixels.
NAME_SIGNS: Final = 26
NAME_LINES: Final = 3
LINE_HEIGHT: Final = 16
SIGN_WIDTH: Final = 7.4


@dataclass(frozen=True, slots=True)
class PointValue:
    """One point of a line: area, last day of the period as a number of the year, value, and the words shown for it.

    ``made``: estimated or modelled, drawn hollow. ``apart``: no line leads to it from the point before.
    """

    area: str
    year: float
    value: float | None
    period: str
    text: str
    made: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Aim:
    """A target's value, drawn as a dashed line with its words."""

    value: float
    text: str


def time_series(points: Sequence[PointValue], *, areas: Sequence[str], unit: str, aim: Aim | None = None) -> Spec:
    """A line for each area, in the order given; a year without a value is a gap and is never joined over.

    Errors: ``ValueError`` where no point has a value.
    """
    values = [p.value for p in points if p.value is not None] + ([aim.value] if aim else [])
    low, high = nice_domain(values)
    names = [Name(area, textwrap.wrap(area, NAME_SIGNS, max_lines=NAME_LINES, placeholder=" …")) for area in areas]
    room = round(max(len(line) for name in names for line in name.lines) * SIGN_WIDTH) + 18
    left = (
        round(max(len(f"{number:,.4g}" if abs(number) < 10 else f"{number:,.0f}") for number in (low, high)) * 8) + 18
    )
    x, y = _axes(points, unit, (low, high), left)
    colour = {
        "field": "area",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": list(areas), "range": [f"token:series-{n + 1}" for n in range(len(areas))]},
    }
    return {
        **frame(WIDE - left - room, HEIGHT),
        "autosize": "none",
        "padding": {"left": left, "top": TOP, "right": room, "bottom": BOTTOM},
        "data": {"values": [_row(p) for p in with_gaps(points)]},
        "layer": [
            *(_aim_layers(aim, y) if aim else []),
            {
                "mark": {"type": "line", "strokeWidth": 2.2, "invalid": "break-paths-show-path-domains"},
                "encoding": {"x": x, "y": y, "color": colour},
            },
            {
                "transform": [{"filter": "isValid(datum.value)"}],
                "mark": {"type": "circle", "size": 40, "opacity": 1},
                "encoding": {"x": x, "y": y, "color": colour, "tooltip": _tooltip()},
            },
            *(_hollow_layers(x, y) if any(p.made for p in points) else []),
            {
                "name": "names",
                "data": {"values": end_labels(points, names, low, high)},
                "mark": {"type": "text", "align": "left", "dx": 14, "dy": 4, **_words(600)},
                "encoding": {"x": x, "y": y, "text": {"field": "lines"}, "color": colour},
            },
        ],
    }


def _row(point: PointValue) -> Spec:
    return {
        "area": point.area,
        "year": point.year,
        "value": point.value,
        "period": point.period,
        "text": point.text,
        **({"made": True} if point.made else {}),
    }


def _tooltip() -> list[Spec]:
    return [{"field": field, "title": ""} for field in ("area", "text")]


def _words(weight: int) -> Spec:
    return {"fontSize": 13, "fontWeight": weight, "lineHeight": LINE_HEIGHT, "limit": 0}


def _axes(points: Sequence[PointValue], unit: str, reach: tuple[float, float], left: int) -> tuple[Spec, Spec]:
    years = [p.year for p in points if p.value is not None]
    ticks = max(1, min(8, round(max(years) - min(years))))
    x = {
        "field": "year",
        "type": "quantitative",
        "scale": {"zero": False, "nice": False, "padding": 10, "domain": [min(years), max(years)]},
        "axis": {
            "format": "d", "tickMinStep": 1, "tickCount": ticks, "title": None, "grid": False, "labelFlush": False,
            "labelOverlap": "greedy",
        },
    }  # fmt: skip
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False, "nice": False, "domain": list(reach)},
        "axis": {
            "title": unit, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleY": -14, "titleX": 12 - left,
            "domain": False, "ticks": False, "tickCount": 8,
        },
    }  # fmt: skip
    return x, y


def _hollow_layers(x: Spec, y: Spec) -> list[Spec]:
    """Paper in the middle of estimated and modelled points: they never look like a country's own."""
    return [
        {
            "transform": [{"filter": "datum.made"}],
            "mark": {"type": "circle", "size": 14, "opacity": 1, "color": "token:paper"},
            "encoding": {"x": x, "y": y, "tooltip": _tooltip()},
        }
    ]


def _aim_layers(aim: Aim, y: Spec) -> list[Spec]:
    data = {"values": [{"value": aim.value}]}
    place = {"align": "left", "baseline": "bottom", "x": 4, "dy": -4}
    text = {"type": "text", "text": aim.text, **place, "color": "token:warm", **_words(400)}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "strokeDash": [6, 4], "strokeWidth": 1.5, "color": "token:warm"},
            "encoding": {"y": y},
        },
        {"data": data, "mark": text, "encoding": {"y": y}},
    ]


def nice_domain(values: Sequence[float]) -> tuple[float, float]:
    """From 0 (or below the least, where some are negative) to the next round number above the most.

    Errors: ``ValueError`` for no values.
    """
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    if low == high:
        return 0.0, 1.0
    raw = (high - low) / 8
    power = 10.0 ** floor(log10(raw))
    step = next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= raw)
    return floor(low / step) * step, ceil(high / step) * step


def with_gaps(points: Sequence[PointValue]) -> list[PointValue]:
    """The points with an empty one wherever no line may lead on: in a year that an area skips, and before a break."""
    filled: list[PointValue] = []
    for area in dict.fromkeys(point.area for point in points):
        own = sorted((p for p in points if p.area == area), key=lambda p: p.year)
        for before, here in zip([None, *own], own, strict=False):
            if before is not None and (here.apart or here.year - before.year > 1.01):
                between = before.year + (1 if here.year - before.year > 1.01 else 0.5)
                filled.append(PointValue(area, between, None, "", ""))
            filled.append(here)
    return filled


@dataclass(frozen=True, slots=True)
class Name:
    """An area's name, and the lines it is broken into."""

    area: str
    lines: list[str]


def end_labels(points: Sequence[PointValue], names: Sequence[Name], low: float, high: float) -> list[Spec]:
    """Each area's name at its last value, moved apart where names would lie over each other."""
    valued = [p for p in points if p.value is not None]
    scale = HEIGHT / (high - low)
    ends = [
        (max((p for p in valued if p.area == name.area), key=lambda p: p.year), name)
        for name in names
        if any(p.area == name.area for p in valued)
    ]
    ends.sort(key=lambda end: end[0].value or 0.0)
    heights = [len(name.lines) * LINE_HEIGHT + 1.0 for _p, name in ends]
    middles = spread_apart([((p.value or 0.0) - low) * scale for p, _n in ends], heights, 2.0 - BOTTOM)
    return [
        {
            "area": name.area,
            "year": max(p.year for p in valued),
            # A text's place is that of its first line.
            "value": round(low + (middle + (len(name.lines) - 1) * LINE_HEIGHT / 2) / scale, 6),
            "lines": name.lines,
        }
        for (_point, name), middle in zip(ends, middles, strict=True)
    ]


def spread_apart(wanted: Sequence[float], heights: Sequence[float], floor: float) -> list[float]:
    """The middles of boxes that do not overlap or reach below the floor, each as near as can be to the one wanted.

    Both sequences go from low to high.
    """
    blocks: list[tuple[float, list[int]]] = []
    for place, middle in enumerate(wanted):
        blocks.append((max(middle, floor + heights[place] / 2), [place]))
        while len(blocks) > 1 and _top(blocks[-2], heights) > _bottom(blocks[-1], heights):
            (one, first), (two, second) = blocks[-2:]
            whole = first + second
            shared = (one * len(first) + two * len(second)) / len(whole)
            blocks[-2:] = [(max(shared, floor + sum(heights[n] for n in whole) / 2), whole)]
    found = [0.0] * len(wanted)
    for block in blocks:
        at = _bottom(block, heights)
        for place in block[1]:
            found[place] = at + heights[place] / 2
            at += heights[place]
    return found


def _bottom(block: tuple[float, list[int]], heights: Sequence[float]) -> float:
    return block[0] - sum(heights[place] for place in block[1]) / 2


def _top(block: tuple[float, list[int]], heights: Sequence[float]) -> float:
    return block[0] + sum(heights[place] for place in block[1]) / 2
