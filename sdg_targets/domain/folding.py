"""Texts without accents and capitals, and how near one is to the words of another."""

import unicodedata
from collections.abc import Iterable


def folded(text: str) -> str:
    """A text without accents and capitals, its blanks single: "Côte  d’Ivoire" is "cote d'ivoire"."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'").replace("œ", "oe").replace("Œ", "oe"))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().split())


def rank(texts: Iterable[str], words: list[str]) -> int | None:
    """How near folded texts are to folded words: 0 the same, 1 begins so, 2 a word begins so, 3 stands within.

    All the words must stand in one text; ``None`` where they do not.
    """
    whole, best = " ".join(words), None
    for text in texts:
        if not all(word in text for word in words):
            continue
        near = 0 if text == whole else 1 if text.startswith(whole) else 2 if f" {whole}" in f" {text}" else 3
        best = near if best is None else min(best, near)
    return best
