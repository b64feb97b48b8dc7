"""Across areas: what each country has in one period, or newest, and how many have nothing."""

from dataclasses import dataclass

from django.utils.translation import get_language

from sdg_targets.domain.sorting import name_key
from sdg_targets.models import Area, Series

from .figures import Figure, headline_rows, newest_rows
from .known_context import KnownContext


@dataclass(frozen=True, slots=True)
class CrossSection:
    """Figures of countries and territories, published aggregates apart, and the counts with their denominator.

    ``period`` is blank where each area stands with its newest period. ``without_value`` are the areas that the publisher
    lists without one, in their newest period: not asked, withheld, missing. ``with_value`` counts Member States alone, of
    which there are ``member_states``.
    """

    series: Series
    period: str
    figures: tuple[Figure, ...]
    aggregates: tuple[Figure, ...]
    without_value: tuple[Figure, ...]
    member_states: int
    with_value: int

    @property
    def missing(self) -> int:
        return self.member_states - self.with_value


def cross_section(series: Series, period: str, known: KnownContext) -> CrossSection:
    """Every area's figure in one period, or, without one, its newest. Two or three queries."""
    rows = headline_rows(series, known, period__code=period) if period else newest_rows(series, known)
    newest = [figure for figure in rows if figure.value is not None]
    silent = [figure for figure in rows if figure.value is None]
    ordered = sorted(newest, key=_by_name)
    members = set(Area.objects.member_states().values_list("pk", flat=True))
    return CrossSection(
        series=series,
        period=period,
        figures=tuple(f for f in ordered if not f.is_aggregate),
        aggregates=tuple(f for f in ordered if f.is_aggregate),
        without_value=tuple(sorted(silent, key=_by_name)),
        member_states=len(members),
        with_value=sum(1 for f in newest if f.area_id in members),
    )


def _by_name(figure: Figure) -> tuple[str, str]:
    """As readers of the active language sort names: Åland under A."""
    return name_key(figure.area_name, (get_language() or "en")[:2]), figure.area_code
