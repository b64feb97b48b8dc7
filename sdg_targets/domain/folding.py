"""Texts without accents and capitals, and how near one is to the words of another."""

import unicodedata
from collections.abc import Iterable


def folded(text: str) -> str:
    """A text without accents and capitals, its blanks single: "Côte  d’Ivoire" is "cote d'ivoire"."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'").replace("œ", "oe").replace("Œ", "oe"))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().split())


def rank(texts: Iterable[str], words: list[str]) -> int | None:
    """How near folded texts are to folded words.

    0 the same, 1 begins so, 2 a word begins so, 3 stands within one text, 4 the words stand in several of the texts
    (an abbreviation in one, a name in another). ``None`` where a word stands in none.
    """
    whole, best, met = " ".join(words), None, set()
    for text in texts:
        held = {word for word in words if word in text}
        met |= held
        if len(held) < len(set(words)):
            continue
        near = 0 if text == whole else 1 if text.startswith(whole) else 2 if f" {whole}" in f" {text}" else 3
        best = near if best is None else min(best, near)
    return 4 if best is None and met == set(words) else best
