"""Specifications of charts: pure functions from values to Vega-Lite 5, colours as names of tokens.

Sizes in pixels. A chart has no title of its own: the page writes it, and ``render`` adds it to an image.
"""

from typing import Any, Final

from .shapes import WIDTH as PLANE

Spec = dict[str, Any]
SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
#: Where the shapes are: the browser's address is put in by the page, the shapes themselves by the server.
SHAPES: Final = "shapes:world"
MAP_WIDTH: Final = 960
MAP_HEIGHT: Final = 424
#: Width of charts with axes, all included.
WIDE: Final = 800
#: Width of the drawing on a phone.
NARROW: Final = 344
#: The most room there for names beside bars.
NARROW_NAMES: Final = 130
FONT: Final = "Source Sans 3, system-ui, Segoe UI, Roboto, Noto Sans, Liberation Sans, DejaVu Sans, sans-serif"


def frame(width: int, height: int) -> Spec:
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": height,
        "background": None,
        "padding": 0,
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


def plain(spec: Spec, width: int | None = None) -> Spec:
    """The specification as a page shows it: without its legend, which the page writes, and at the width given.

    On a narrow one the dots of a map are smaller, and what stands at the ends of lines and bars (the layer ``names``) is
    left out: the page's legend and table have it.
    """
    bare = _without_legend(spec)
    if width is None:
        return dict(bare)
    if "projection" in bare:
        share = width / MAP_WIDTH
        layers = [_smaller(layer, share) for layer in bare["layer"]]
        scale = {**bare["projection"], "scale": width / PLANE}
        return {**bare, "width": width, "height": round(MAP_HEIGHT * share), "projection": scale, "layer": layers}
    layers = bare.get("layer", [])
    named = any(one.get("name") == "names" for one in layers)
    drawn = {"layer": [one for one in layers if one.get("name") != "names"]} if layers else {}
    left, right = min(bare["padding"]["left"], NARROW_NAMES), 12 if named else bare["padding"]["right"]
    padding = {**bare["padding"], "left": left, "right": right}
    config = {**bare["config"], "axisY": {"labelLimit": left - 12}}
    return {**bare, **drawn, "width": width - left - right, "padding": padding, "config": config}


def size(spec: Spec) -> tuple[int, int]:
    """Width and height of a drawing with the room for its axes."""
    around = spec["padding"] or {"left": 0, "right": 0, "top": 0, "bottom": 0}
    return spec["width"] + around["left"] + around["right"], spec["height"] + around["top"] + around["bottom"]


def _smaller(layer: Spec, share: float) -> Spec:
    mark = layer["mark"]
    return {**layer, "mark": {**mark, "size": max(10, round(mark["size"] * share))}} if "size" in mark else layer


def _without_legend(spec: Any) -> Any:
    if isinstance(spec, dict):
        return {
            key: None if key == "legend" and isinstance(value, dict) and "orient" in value else _without_legend(value)
            for key, value in spec.items()
        }
    return [_without_legend(value) for value in spec] if isinstance(spec, list) else spec
