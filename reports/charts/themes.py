"""Colours of charts: the tokens of ``static/css/tokens.css``, light and dark (a test compares the two)."""

from typing import Any, Final

PREFIX: Final = "token:"
LIGHT: Final[dict[str, str]] = {
    "paper": "#ffffff",
    "surface-strong": "#e6edf2",
    "no-figure": "#f1efeb",
    "not-asked": "#e8e4dd",
    "ink": "#14212b",
    "ink-soft": "#48596a",
    "line": "#d3dde5",
    "line-strong": "#72869a",
    "accent": "#075a83",
    "warm": "#a8440c",
    "class-1": "#cfe4ef",
    "class-2": "#a9cfe3",
    "class-3": "#62a6c9",
    "class-4": "#22759f",
    "class-5": "#06476a",
    "series-1": "#075a83",
    "series-2": "#c2570c",
    "series-3": "#2c7d5b",
    "series-4": "#8a3b8f",
    "series-5": "#8a6a00",
    "series-6": "#4a64c8",
    "series-7": "#a32036",
    "series-8": "#5b6670",
}
DARK: Final[dict[str, str]] = {
    "paper": "#10171f",
    "surface-strong": "#22303e",
    "no-figure": "#222a31",
    "not-asked": "#2a3138",
    "ink": "#e8eef3",
    "ink-soft": "#a9b8c6",
    "line": "#2c3b4a",
    "line-strong": "#73889c",
    "accent": "#6cc3ee",
    "warm": "#f4a26b",
    "class-1": "#1d3a4b",
    "class-2": "#235b78",
    "class-3": "#2f81a9",
    "class-4": "#57aed6",
    "class-5": "#b4e0f5",
    "series-1": "#6cc3ee",
    "series-2": "#f4a26b",
    "series-3": "#74cfa1",
    "series-4": "#d79bdb",
    "series-5": "#e0c35c",
    "series-6": "#a5b6f5",
    "series-7": "#f593a2",
    "series-8": "#b4c0ca",
}
THEMES: Final = {"light": LIGHT, "dark": DARK}


def themed(spec: Any, theme: dict[str, str]) -> Any:
    """A specification with its tokens replaced by colours. Errors: ``KeyError`` for a token that there is not."""
    if isinstance(spec, dict):
        return {key: themed(value, theme) for key, value in spec.items()}
    if isinstance(spec, list):
        return [themed(value, theme) for value in spec]
    if isinstance(spec, str) and spec.startswith(PREFIX):
        return theme[spec.removeprefix(PREFIX)]
    return spec
