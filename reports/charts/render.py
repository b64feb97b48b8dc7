"""Images of charts: a specification and its words become SVG or PNG, kept by digest under ``var/charts/``."""

import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import vl_convert
from django.conf import settings

from .specs import FONT, SHAPES, Spec
from .themes import THEMES, themed

#: A change of how images are made makes every kept image stale.
VERSION: Final = "5"
_LINE: Final = 19
_LONG: Final = re.compile(r"(\d\.\d)\d+")
_ROLES: Final = re.compile(r' (?:role|aria-[a-z]+|class|pointer-events)="[^"]*"')


@dataclass(frozen=True, slots=True)
class Words:
    """What an image that leaves the page carries with it: title, subtitle, and the lines below it."""

    title: str = ""
    subtitle: str = ""
    below: tuple[str, ...] = ()


@cache
def shapes() -> dict[str, Any]:
    """The committed map shapes and the points of small areas."""
    path = Path(settings.BASE_DIR) / "static" / "data" / "world.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def with_shapes(spec: Any) -> Any:
    """A specification with the shapes themselves in place of their name."""
    if isinstance(spec, dict):
        if spec.get("url") == SHAPES:
            return {"values": shapes(), **{key: value for key, value in spec.items() if key != "url"}}
        return {key: with_shapes(value) for key, value in spec.items()}
    return [with_shapes(value) for value in spec] if isinstance(spec, list) else spec


def image(spec: Spec, words: Words, *, kind: str, theme: str, language: str) -> bytes:
    """The chart as ``svg`` or ``png``, made once for the same content. Errors: ``KeyError`` for another theme."""
    content = json.dumps([VERSION, spec, words.title, words.subtitle, words.below, theme, language], sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()
    kept = Path(settings.CHART_CACHE) / f"{digest}.{kind}"
    if kept.exists():
        return kept.read_bytes()
    made = _drawn(spec, words, theme, language)
    data = made.encode() if kind == "svg" else vl_convert.svg_to_png(made, scale=2.0)
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(kept)
    return data


def _drawn(spec: Spec, words: Words, theme: str, language: str) -> str:
    colours = THEMES[theme]
    svg = vl_convert.vegalite_to_svg(themed(with_shapes(spec), colours), format_locale=format_locale(language))
    svg = patterned(slim(svg), colours)
    return framed(svg, words, colours) if words.title else svg


def slim(svg: str) -> str:
    """A drawing without what an image does not need: digits below a tenth of a pixel, and roles that nobody reads."""
    return _ROLES.sub("", _LONG.sub(r"\1", svg))


def patterned(svg: str, colours: dict[str, str]) -> str:
    """A drawing in which no figure is hatched and not asked is dotted, so that neither is a pale class.

    Vega itself has no patterns.
    """
    marks = {
        "no-figure": '<path d="M0 0V5" stroke="{0}" stroke-opacity="0.45" stroke-width="1.4"/>',
        "not-asked": '<circle cx="2.5" cy="2.5" r="0.9" fill="{0}" fill-opacity="0.75"/>',
    }
    head, sign, body = svg.partition(">")
    for name, mark in marks.items():
        plain = f'fill="{colours[name]}"'
        if plain in body:
            body = body.replace(plain, f'fill="url(#{name})"')
            sign += (
                f'<defs><pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse"'
                f' patternTransform="rotate(45)"><rect width="5" height="5" {plain}/>'
                f"{mark.format(colours['line-strong'])}</pattern></defs>"
            )
    return head + sign + body


def format_locale(language: str) -> dict[str, Any]:
    """Signs of numbers on axes, by language, in d3's words."""
    point, between = {"fr": (",", "\u202f"), "es": (",", "\u00a0")}.get(language[:2], (".", ","))
    return {"decimal": point, "thousands": between, "grouping": [3], "currency": ["", ""]}


def framed(svg: str, words: Words, colours: dict[str, str]) -> str:
    """A drawn chart with its title above and its source and notes below, on paper."""
    width, height = (float(svg.split(f'{name}="', 1)[1].split('"', 1)[0]) for name in ("width", "height"))
    title = wrapped(words.title, int(width / 10))
    subtitle = wrapped(words.subtitle, int(width / 7.2))
    below = [line for text in words.below if text for line in wrapped(text, int(width / 6.4))]
    top = 24 * len(title) + _LINE * len(subtitle) + 24
    whole = top + height + _LINE * len(below) + 24
    lines = [_text(20, 30 + 24 * n, line, 19, colours["ink"], 600) for n, line in enumerate(title)]
    lines += [
        _text(20, 28 + 24 * len(title) + _LINE * n, line, 14, colours["ink-soft"]) for n, line in enumerate(subtitle)
    ]
    lines += [_text(20, top + height + 20 + _LINE * n, line, 12, colours["ink-soft"]) for n, line in enumerate(below)]
    inner = svg[svg.index("<svg") :].replace("<svg", f'<svg x="20" y="{top}"', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width + 40:g}" height="{whole:g}"'
        f' viewBox="0 0 {width + 40:g} {whole:g}"><rect width="100%" height="100%" fill="{colours["paper"]}"/>'
        f"{''.join(lines)}{inner}</svg>"
    )


def _text(x: float, y: float, text: str, size: int, fill: str, weight: int = 400) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{FONT}" font-size="{size}" font-weight="{weight}"'
        f' fill="{fill}">{escape(text)}</text>'
    )


def wrapped(text: str, most: int) -> list[str]:
    """A text in lines of at most about that many signs, broken at blanks."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def urls(spec: Any, shapes_address: str) -> Any:
    """A specification for the browser: the name of the shapes replaced by their address."""
    if isinstance(spec, dict):
        return {
            key: shapes_address if key == "url" and value == SHAPES else urls(value, shapes_address)
            for key, value in spec.items()
        }
    return [urls(value, shapes_address) for value in spec] if isinstance(spec, list) else spec


__all__: Sequence[str] = ["Words", "format_locale", "framed", "image", "shapes", "urls", "with_shapes", "wrapped"]
