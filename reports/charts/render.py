"""Images of charts: a specification and its words become SVG or PNG, kept by digest under ``var/charts/``."""

import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version as version_installed
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import vl_convert
from django.conf import settings

from .specs import FONT, NARROW, SHAPES, Spec, plain
from .themes import THEMES, themed

#: A change of how images are made makes every kept image stale.
VERSION: Final = "7"
RENDERER: Final = version_installed("vl-convert-python")
VERSION_SIGNS: Final = 20
#: Images kept; each choice of countries makes some.
MOST_KEPT: Final = 4_000
_LINE: Final = 19
_PLACES: Final = re.compile(r' (?:d|transform)="[^"]*"')
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


@cache
def shapes_version() -> str:
    """A digest of the shapes: other borders make other images."""
    return hashlib.sha256(json.dumps(shapes(), sort_keys=True).encode()).hexdigest()


def with_shapes(spec: Any) -> Any:
    """A specification with the shapes themselves in place of their name."""
    if isinstance(spec, dict):
        if spec.get("url") == SHAPES:
            return {"values": shapes(), **{key: value for key, value in spec.items() if key != "url"}}
        return {key: with_shapes(value) for key, value in spec.items()}
    return [with_shapes(value) for value in spec] if isinstance(spec, list) else spec


@dataclass(frozen=True, slots=True)
class Look:
    """How an image is made: ``svg`` or ``png``, which theme, with its words or as part of a page, and how wide."""

    kind: str
    theme: str = "light"
    on_page: bool = False
    narrow: bool = False

    @property
    def ending(self) -> str:
        return f"{self.theme}{'-page' * self.on_page}{'-narrow' * self.narrow}.{self.kind}"


def version_of(spec: Spec, words: Words, language: str) -> str:
    """A short digest of all that an image shows: the same for the same content, another when a figure changes."""
    drawn_on = shapes_version() if "projection" in spec else ""
    content = json.dumps([VERSION, RENDERER, drawn_on, spec, asdict(words), language], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:VERSION_SIGNS]


def kept(version: str, look: Look) -> bytes | None:
    """The image made earlier of that version, if it is one and is still there."""
    if not re.fullmatch(rf"[0-9a-f]{{{VERSION_SIGNS}}}", version):
        return None
    try:
        return (Path(settings.CHART_CACHE) / f"{version}-{look.ending}").read_bytes()
    except FileNotFoundError:
        return None


def image(spec: Spec, words: Words, look: Look, language: str) -> bytes:
    """The chart as an image, made once for the same content. Errors: ``KeyError`` for a theme that there is not."""
    version = version_of(spec, words, language)
    found = kept(version, look)
    if found is not None:
        return found
    shown = plain(spec, NARROW if look.narrow else None) if look.on_page else spec
    made = _drawn(shown, Words() if look.on_page else words, look.theme, language)
    data = made.encode() if look.kind == "svg" else vl_convert.svg_to_png(made, scale=2.0)
    _keep(Path(settings.CHART_CACHE), f"{version}-{look.ending}", data)
    return data


def _keep(folder: Path, name: str, data: bytes) -> None:
    """Write under another name first, so that nobody reads half an image; above ``MOST_KEPT`` the oldest half goes."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.{os.getpid()}.part"
    part.write_bytes(data)
    part.replace(folder / name)
    files = list(folder.iterdir())
    if len(files) > MOST_KEPT:
        for old in sorted(files, key=_age)[: MOST_KEPT // 2]:
            old.unlink(missing_ok=True)


def _age(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:  # another process was tidying up
        return 0.0


def _drawn(spec: Spec, words: Words, theme: str, language: str) -> str:
    colours = THEMES[theme]
    svg = vl_convert.vegalite_to_svg(themed(with_shapes(spec), colours), format_locale=format_locale(language))
    svg = patterned(slim(svg), colours)
    return framed(svg, words, colours) if words.title else svg


def slim(svg: str) -> str:
    """A drawing without what an image does not need: digits below a tenth of a pixel, and roles that nobody reads.

    Numbers that are read stay whole.
    """
    return _ROLES.sub("", _PLACES.sub(lambda place: _LONG.sub(r"\1", place.group()), svg))


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


__all__: Sequence[str] = [
    "Look",
    "Words",
    "format_locale",
    "framed",
    "image",
    "kept",
    "shapes",
    "urls",
    "version_of",
    "with_shapes",
    "wrapped",
]
