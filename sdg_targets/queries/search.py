"""Search in the catalogue and the areas: three languages, accents and capitals forgiven."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sdg_targets.models import Area, Indicator, Target

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """Areas, targets and indicators that a text finds, the nearest first."""

    areas: tuple[Area, ...]
    targets: tuple[Target, ...]
    indicators: tuple[Indicator, ...]

    @property
    def count(self) -> int:
        return len(self.areas) + len(self.targets) + len(self.indicators)


def folded(text: str) -> str:
    """A text without accents and capitals, its blanks single: "Côte  d’Ivoire" is "cote d'ivoire"."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'").replace("œ", "oe"))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().split())


def search(text: str, *, limit: int = 12) -> Found:
    """What a text finds in names, codes and titles of every language. A blank text finds nothing."""
    words = folded(text).split()
    if not words:
        return Found((), (), ())
    areas = Area.objects.exclude(kind="other").in_name_order()
    targets = Target.objects.select_related("goal")
    indicators = Indicator.objects.select_related("target__goal", "migration")
    return Found(
        tuple(_best(areas, words, ("code", "iso2", "name_en", "name_fr", "name_es"), limit)),
        tuple(_best(targets, words, ("code", "name_en", "name_fr", "name_es"), limit)),
        tuple(_best(indicators, words, ("code", "name_en", "name_fr", "name_es"), limit)),
    )


def rank(texts: Iterable[str], words: list[str]) -> int | None:
    """How near texts are to the words: 0 the same, 1 begins so, 2 a word begins so, 3 stands within; ``None`` not at all.

    All the words must stand in one text.
    """
    whole, best = " ".join(words), None
    for text in texts:
        if not all(word in text for word in words):
            continue
        near = 0 if text == whole else 1 if text.startswith(whole) else 2 if f" {whole}" in f" {text}" else 3
        best = near if best is None else min(best, near)
    return best


def _best(rows: Iterable[T], words: list[str], names: tuple[str, ...], limit: int) -> list[T]:
    """The nearest rows. The lists are some hundreds of rows: they are looked through whole, which forgives accents."""
    ranked = []
    for place, row in enumerate(rows):
        near = rank((folded(getattr(row, name) or "") for name in names), words)
        if near is not None:
            ranked.append((near, place, row))
    ranked.sort(key=lambda item: item[:2])
    return [row for _near, _place, row in ranked[:limit]]
