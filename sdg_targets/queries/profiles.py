"""A country's profile: what it has for each migration-related indicator, and what it says itself beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sdg_targets.models import Area, Category, Dataset, Observation, Series

from .catalogue import FIRST_LOOK, IndicatorEntry, migration_indicators
from .figures import Figure, latest_of, preferred, read_figures
from .known_context import KnownContext
from .national import NationalFigure, beside, in_order_of_datasets, offices, split

#: The series of indicator 10.7.2 that is published by domain.
DOMAIN_SERIES = "SG_CPA_MIGRS"
#: Figures of an area by series.
Figures = Mapping[int, Sequence[Figure]]


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One indicator for one area: its newest figure and the values before it; ``latest`` is ``None`` where none is.

    ``national`` is the country's own figure of the same series, where what is shown is the global one.
    """

    entry: IndicatorEntry
    series: Series | None
    latest: Figure | None
    points: tuple[Figure, ...]
    silence: Figure | None
    national: NationalFigure | None = None

    @property
    def may_trend(self) -> bool:
        return bool(self.entry.profile and self.entry.profile.may_trend)

    @property
    def breaks(self) -> list[int]:
        """Years over which no line joins."""
        return self.series.breaks if self.series else []

    @property
    def withheld(self) -> str:
        """Why a trend is withheld, in our words."""
        return self.entry.profile.text("withheld_reason") if self.entry.profile else ""


@dataclass(frozen=True, slots=True)
class Profile:
    """All rows of one area, and 10.7.2 by domain in its newest period."""

    area: Area
    rows: tuple[ProfileRow, ...]
    domains: tuple[tuple[str, Figure], ...]

    @property
    def highlights(self) -> tuple[ProfileRow, ...]:
        """The figures that a first look is for, where this area has them; at most four."""
        found = {row.entry.indicator.code: row for row in self.rows if row.latest}
        return tuple(found[code] for code in FIRST_LOOK if code in found)[:4]

    @property
    def covered(self) -> tuple[ProfileRow, ...]:
        """Rows of indicators for which some country has figures."""
        return tuple(row for row in self.rows if row.latest or row.silence or row.entry.headline_reach)

    @property
    def with_value(self) -> int:
        return sum(1 for row in self.rows if row.latest)

    @property
    def own_datasets(self) -> tuple[Dataset, ...]:
        """The national datasets whose figures stand on the page, each once."""
        return tuple({row.national.dataset.code: row.national.dataset for row in self.rows if row.national}.values())


def profile(area: Area, known: KnownContext) -> Profile:
    """The profile of an area as known at a moment; two queries more where it has figures of its own."""
    entries = migration_indicators()
    series = {s.pk: s for entry in entries for s in entry.series}
    rows = Observation.objects.known_at(known.revision).shown_by_areas().filter(area=area, series_id__in=list(series))
    own, others = split(read_figures(in_order_of_datasets(rows), series.values()))
    said = offices({figures[0].dataset for figures in own.values()}, own)
    nationals = {pk: beside(series[pk], own[pk], others.get(pk, ()), said) for pk in own}
    return Profile(
        area,
        tuple(_row_beside(entry, others, own, nationals) for entry in entries),
        _domains(next((s for s in series.values() if s.code == DOMAIN_SERIES), None), own | others),
    )


def _row_beside(
    entry: IndicatorEntry, others: Figures, own: Figures, nationals: Mapping[int, NationalFigure | None]
) -> ProfileRow:
    """The row of the global figures with the country's own beside it; its own alone where there are no others."""
    row = _row(entry, others)
    if row.latest is None and row.silence is None:
        return _row(entry, own)
    return replace(row, national=nationals.get(row.series.pk) if row.series else None)


def _row(entry: IndicatorEntry, found: Figures) -> ProfileRow:
    """The indicator's row: of its series the first in order in which this area has a value, else says anything."""
    silence: Figure | None = None
    for series in entry.series:
        points = _headline(found.get(series.pk, ()), series)
        newest = next(iter(latest_of(points).values()), None)
        if newest is not None:
            # A change of category (children of 5 to 17, then of 5 to 14) is not a change of the figure.
            same = tuple(p for p in points if p.breakdown == newest.breakdown)
            return ProfileRow(entry, series, newest, same, None)
        silence = silence or (points[-1] if points else None)
    return ProfileRow(entry, entry.headline, None, (), silence)


def _headline(figures: Iterable[Figure], series: Series) -> list[Figure]:
    keys = set(series.headline_keys)
    return preferred((figure for figure in figures if figure.breakdown in keys), series)


def _domains(series: Series | None, found: Figures) -> tuple[tuple[str, Figure], ...]:
    """Each policy domain's name and figure in the newest period, in the order of the domains."""
    figures = [f for f in found.get(series.pk if series else 0, ()) if f.breakdown.startswith("POLICY_DOMAIN=")]
    if not figures:
        return ()
    newest = max(figure.period_end for figure in figures)
    names = {f"POLICY_DOMAIN={c.code}": str(c.name) for c in Category.objects.filter(dimension__code="POLICY_DOMAIN")}
    shown = sorted((f for f in figures if f.period_end == newest), key=lambda f: f.breakdown)
    return tuple((names.get(f.breakdown, f.breakdown), f) for f in shown)
