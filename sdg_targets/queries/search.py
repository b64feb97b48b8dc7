"""Search in the catalogue and the areas: three languages, accents and capitals forgiven."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sdg_targets.domain.folding import folded, rank
from sdg_targets.models import Area, Indicator, Series, Target

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """Areas, targets, indicators and supplementary series that a text finds, the nearest first."""

    areas: tuple[Area, ...]
    targets: tuple[Target, ...]
    indicators: tuple[Indicator, ...]
    supplementary: tuple[Series, ...] = ()

    @property
    def count(self) -> int:
        return len(self.areas) + len(self.targets) + len(self.indicators) + len(self.supplementary)


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
        tuple(_best(Series.objects.supplementary(), words, ("code", "name_en", "name_fr", "name_es"), limit)),
    )


def _best(rows: Iterable[T], words: list[str], names: tuple[str, ...], limit: int) -> list[T]:
    """The nearest rows. The lists are some hundreds of rows: they are looked through whole, which forgives accents."""
    ranked = []
    for place, row in enumerate(rows):
        near = rank((folded(getattr(row, name) or "") for name in names), words)
        if near is not None:
            ranked.append((near, place, row))
    ranked.sort(key=lambda item: item[:2])
    return [row for _near, _place, row in ranked[:limit]]
