"""How values lie: every area as a dot; and bars in order, for series that may be ranked."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import copysign, expm1, log1p
from statistics import median
from typing import Final

from .specs import WIDE, Spec, frame

#: Columns of dots, the pixels from dot to dot in a column, and the most and least that a column is high.
COLUMNS: Final = 60
DOT: Final = 11.0
MOST_DOTS: Final = 26
LEAST_HEIGHT: Final = 4
#: Bars, where there are too many dots.
BARS: Final = 32
#: From this ratio of the most to the middle on, the scale grows by factors, or all dots would lie in one corner.
SKEWED: Final = 25
#: Pixels of a bar of a ranking, and of its name.
BAR: Final = 26
NAMES: Final = 260


@dataclass(frozen=True, slots=True)
class DotValue:
    """One area of a distribution or a ranking."""

    code: str
    name: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A line of numbers: even, or (``constant``) growing by factors away from 0."""

    constant: float | None = None

    def forward(self, value: float) -> float:
        return value if self.constant is None else copysign(log1p(abs(value) / self.constant), value)

    def back(self, place: float) -> float:
        return place if self.constant is None else copysign(expm1(abs(place)) * self.constant, place)

    @property
    def spec(self) -> Spec:
        return {"type": "linear"} if self.constant is None else {"type": "symlog", "constant": self.constant}


def scale_for(values: Sequence[float]) -> Scale:
    """An even scale, or one by factors where the values lie that far apart."""
    sizes = [abs(value) for value in values if value]
    middle = median(sizes) if sizes else 0.0
    return Scale(middle) if middle and max(sizes) / middle >= SKEWED else Scale()


@dataclass(frozen=True, slots=True)
class AxisWords:
    """What stands at the axes: the unit, the unit where the scale grows by factors, and what a bar counts."""

    unit: str
    unit_by_factors: str
    count: str


def distribution(dots: Sequence[DotValue], words: AxisWords) -> Spec:
    """Every area as a dot at its value, stacked where values crowd; bars that count where dots would be too many.

    No order of areas is suggested. Errors: ``ValueError`` for no dots.
    """
    scale = scale_for([d.value for d in dots])
    unit, count = (words.unit if scale.constant is None else words.unit_by_factors), words.count
    columns = in_columns(dots, scale, COLUMNS)
    if max(map(len, columns.values())) > MOST_DOTS:
        return _bars(in_columns(dots, scale, BARS), scale, unit, count)
    rows = [
        {"name": dot.name, "at": (start + end) / 2, "height": n + 1, "text": dot.text}
        for (start, end), inside in columns.items()
        for n, dot in enumerate(inside)
    ]
    tallest = max(*map(len, columns.values()), LEAST_HEIGHT)
    return {
        **_axis_frame(round(tallest * DOT) + 8),
        "data": {"values": rows},
        "mark": {"type": "circle", "opacity": 1, "size": 82, "color": "token:class-4"},
        "encoding": {
            "x": {"field": "at", **_numbers(scale, unit, dots)},
            "y": {
                "field": "height",
                "type": "quantitative",
                "axis": None,
                "scale": {"domain": [0.3, tallest + 0.7], "nice": False, "zero": False},
            },
            "tooltip": [{"field": "name", "title": ""}, {"field": "text", "title": ""}],
        },
    }


def in_columns(dots: Sequence[DotValue], scale: Scale, most: int) -> dict[tuple[float, float], list[DotValue]]:
    """The dots by columns of equal width on the scale, each column by its ends; empty ones are left out."""
    low, high = (scale.forward(end(d.value for d in dots)) for end in (min, max))
    width = (high - low) / most or 1.0
    found: dict[tuple[float, float], list[DotValue]] = {}
    for dot in sorted(dots, key=lambda d: d.value):
        column = min(int((scale.forward(dot.value) - low) / width), most - 1)
        ends = scale.back(low + column * width), scale.back(low + (column + 1) * width)
        found.setdefault(ends, []).append(dot)
    return found


def _bars(columns: dict[tuple[float, float], list[DotValue]], scale: Scale, unit: str, count: str) -> Spec:
    rows = [
        {"from": start, "to": end, "n": len(inside), "text": f"{inside[0].text} – {inside[-1].text}"}
        for (start, end), inside in columns.items()
    ]
    every = [dot for inside in columns.values() for dot in inside]
    y = {"title": count, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleY": -14, "titleX": -34}
    return {
        **_axis_frame(200, left=44, top=30),
        "data": {"values": rows},
        "mark": {"type": "bar", "color": "token:class-4", "binSpacing": 1.5},
        "encoding": {
            "x": {"field": "from", **_numbers(scale, unit, every)},
            "x2": {"field": "to"},
            "y": {"field": "n", "type": "quantitative", "axis": {**y, "domain": False, "ticks": False, "tickCount": 5}},
            "y2": {"datum": 0},
            "tooltip": [{"field": "text", "title": ""}, {"field": "n", "title": count}],
        },
    }


def _axis_frame(height: int, *, left: int = 16, top: int = 6) -> Spec:
    padding = {"left": left, "top": top, "right": 24, "bottom": 50}
    return {**frame(WIDE - left - 24, height), "autosize": "none", "padding": padding}


def _numbers(scale: Scale, unit: str, dots: Sequence[DotValue]) -> Spec:
    marks = {} if scale.constant is None else {"values": _factors(scale.constant, max(d.value for d in dots))}
    axis = {"title": unit, "grid": False, "labelOverlap": "greedy", "labelFlush": False, "tickCount": 10, **marks}
    return {
        "type": "quantitative",
        "scale": {**scale.spec, "nice": False, "zero": False, "padding": 8},
        "axis": axis,
    }


def _factors(least: float, most: float) -> list[float]:
    """0, and the powers of ten that have room on a scale by factors."""
    return [0.0, *(10.0**n for n in range(-6, 13) if least / 2 <= 10.0**n <= most)]


def ranking(dots: Sequence[DotValue], *, unit: str, highest_first: bool = True) -> Spec:
    """A bar for each area, in order of value. Only for series whose catalogue entry allows a ranking."""
    ordered = sorted(dots, key=lambda d: (-d.value if highest_first else d.value, d.name))
    y = {"field": "name", "type": "nominal", "sort": None}
    x = {"field": "value", "type": "quantitative"}
    names = {"title": None, "domain": False, "ticks": False, "labelColor": "token:ink"}
    base = frame(WIDE - NAMES - 110, len(ordered) * BAR)
    return {
        **base,
        "config": {**base["config"], "axisY": {"labelLimit": NAMES - 12}},
        "autosize": "none",
        "padding": {"left": NAMES, "top": 6, "right": 110, "bottom": 50},
        "data": {
            "values": [{"name": d.name, "value": d.value, "end": max(d.value, 0.0), "text": d.text} for d in ordered]
        },
        "encoding": {
            "y": {**y, "axis": names},
            "x": {**x, "axis": {"title": unit, "tickCount": 5, "labelFlush": False}},
        },
        "layer": [
            {
                "mark": {"type": "bar", "color": "token:class-4", "height": {"band": 0.7}},
                "encoding": {"tooltip": [{"field": "name", "title": ""}, {"field": "text", "title": ""}]},
            },
            {
                "name": "names",
                "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 12, "color": "token:ink-soft"},
                "encoding": {"x": {**x, "field": "end"}, "text": {"field": "text"}},
            },
        ],
    }
