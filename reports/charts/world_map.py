"""The map of the world by classes: who has a figure, who has none, and who was not asked."""

from dataclasses import dataclass
from typing import Any, Final

from .shapes import WIDTH as PLANE
from .specs import MAP_HEIGHT, MAP_WIDTH, SHAPES, Spec, frame

#: Islands without a lasting population: a dot only where a publisher gives a figure.
NOBODY_LIVES_THERE: Final = frozenset(("BVT", "HMD", "SGS", "ATF", "IOT", "UMI"))
#: The group of an area that the publisher did not ask.
NOT_ASKED: Final = -1


@dataclass(frozen=True, slots=True)
class MapValue:
    """One area on a map: its code, name, the number of its class (from 0) or ``NOT_ASKED``, and the words shown."""

    code: str
    name: str
    group: int
    text: str


@dataclass(frozen=True, slots=True)
class MapData:
    """A map: values, the labels of the classes from few to many, and the words for no figure and for not asked."""

    values: tuple[MapValue, ...]
    labels: tuple[str, ...]
    no_figure: str
    points: dict[str, list[int]]
    value_title: str
    not_asked: str = ""

    @property
    def asked_all(self) -> bool:
        """Whether no area is marked as not asked: the class then stands neither on the map nor in its legend."""
        return all(value.group != NOT_ASKED for value in self.values)


def class_tokens(count: int) -> list[str]:
    """Colours of so many classes, from few to many, spread over the five of the scale."""
    places = {1: [4], 2: [2, 4], 3: [1, 3, 5], 4: [1, 2, 4, 5]}.get(count, [1, 2, 3, 4, 5])
    return [f"token:class-{place}" for place in places[:count]]


def legend_of(data: MapData) -> list[tuple[str, str]]:
    """Each class's label and the token of its colour, then what has no value: the legend that the page writes."""
    tokens = [token.removeprefix("token:") for token in class_tokens(len(data.labels))]
    without = [] if data.asked_all else [(data.not_asked, "not-asked")]
    return [*zip(data.labels, tokens, strict=True), *without, (data.no_figure, "no-figure")]


def rows_of(data: MapData) -> list[Spec]:
    """What the drawing knows of each area."""
    labels = (*data.labels, data.not_asked)
    return [{"id": v.code, "name": v.name, "class": labels[v.group], "text": v.text} for v in data.values]


def world_map(data: MapData) -> Spec:
    """Every area by its class; areas without a figure in a neutral colour that is in the legend; small ones as dots."""
    rows = rows_of(data)
    colour, tooltip = _encodings(data)
    found = {"lookup": "id", "from": {"data": {"name": "figures"}, "key": "id", "fields": ["name", "class", "text"]}}
    known, unknown = {"filter": "isValid(datum.class)"}, {"filter": "!isValid(datum.class)"}
    shapes = _feature("areas")
    dots = {"name": "dots", "values": [_dot(code, place) for code, place in data.points.items()]}
    inhabited = {"filter": "!datum.empty"}
    at = {"longitude": {"field": "x"}, "latitude": {"field": "y"}}
    return {
        **frame(MAP_WIDTH, MAP_HEIGHT),
        "projection": {"type": "identity", "scale": MAP_WIDTH / PLANE, "translate": [0, 0]},
        "datasets": {"figures": rows},
        "layer": [
            {"data": shapes, "transform": [found, unknown], "mark": {"type": "geoshape", "fill": "token:no-figure"}},
            {
                "data": shapes,
                "transform": [found, known],
                "mark": {"type": "geoshape"},
                "encoding": {"color": colour, "tooltip": tooltip},
            },
            _lines("borders", {"stroke": "token:paper", "strokeWidth": 0.5}),
            _lines("disputed", {"stroke": "token:paper", "strokeWidth": 1.6}),
            _lines("disputed", {"stroke": "token:ink", "strokeWidth": 0.9, "strokeDash": [2.5, 2.5]}),
            {
                "data": dots,
                "transform": [found, unknown, inhabited],
                "mark": {**_circle(18), "fill": "token:no-figure"},
                "encoding": at,
            },
            {
                "data": dots,
                "transform": [found, known],
                "mark": _circle(38),
                "encoding": {**at, "color": colour, "tooltip": tooltip},
            },
        ],
    }


def _encodings(data: MapData) -> tuple[Spec, list[Spec]]:
    legend = legend_of(data)
    colour = {
        "field": "class",
        "type": "nominal",
        "scale": {"domain": [label for label, _t in legend], "range": [f"token:{token}" for _l, token in legend]},
        "legend": {"title": data.value_title, "orient": "bottom", "direction": "horizontal", "columns": 7},
    }
    return colour, [{"field": "name", "title": ""}, {"field": "text", "title": data.value_title}]


def _dot(code: str, place: list[int]) -> dict[str, Any]:
    return {"id": code, "x": place[0], "y": place[1], **({"empty": True} if code in NOBODY_LIVES_THERE else {})}


def _circle(size: int) -> Spec:
    return {"type": "circle", "size": size, "opacity": 1, "stroke": "token:line-strong", "strokeWidth": 0.7}


def _feature(name: str) -> Spec:
    return {"url": SHAPES, "format": {"type": "topojson", "feature": name}}


def _lines(feature: str, style: Spec) -> Spec:
    return {"data": _feature(feature), "mark": {"type": "geoshape", "filled": False, **style}}
