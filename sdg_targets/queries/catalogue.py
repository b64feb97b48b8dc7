"""The catalogue as pages read it: indicators with their series, and how far their figures reach."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Prefetch

from sdg_targets.models import Area, Indicator, MigrationProfile, Series, SeriesCoverage

#: Indicators that a first look is for, in this order: policy, cost of sending money, refugees, deaths, remittances ...
FIRST_LOOK: Final = ("10.7.2", "10.c.1", "10.7.4", "10.7.3", "17.3.2", "16.9.1", "8.8.1")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the figures of one series reach: countries with a value, periods, and when they were last revised."""

    countries: int
    areas: int
    observations: int
    periods: tuple[str, ...]
    last_revision: int

    @property
    def first(self) -> str:
        return self.periods[0]

    @property
    def last(self) -> str:
        return self.periods[-1]


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """An indicator with its profile and its series, those with figures first among equals."""

    indicator: Indicator
    profile: MigrationProfile | None
    series: tuple[Series, ...]
    reach: dict[int, Reach]

    @property
    def headline(self) -> Series | None:
        """The series shown first: the first in order that has figures, else the first in order."""
        return next((s for s in self.series if s.pk in self.reach), self.series[0] if self.series else None)

    @property
    def profile_plain(self) -> str:
        """What the indicator means, in one plain sentence of ours; blank for indicators that are not followed here."""
        return self.profile.text("plain") if self.profile else ""

    @property
    def headline_reach(self) -> Reach | None:
        return self.reach.get(self.headline.pk) if self.headline else None


def migration_indicators(**where: object) -> list[IndicatorEntry]:
    """The indicators followed here, in the order of their codes, in four queries."""
    return _entries(Indicator.objects.about_migration().filter(**where))


def indicator_entry(code: str) -> IndicatorEntry | None:
    """One indicator of the framework by its code, migration-related or not; ``None`` where there is none."""
    found = _entries(Indicator.objects.filter(code=code))
    return found[0] if found else None


def _entries(indicators: object) -> list[IndicatorEntry]:
    rows = list(
        indicators.select_related("migration", "target__goal").prefetch_related(  # type: ignore[attr-defined]
            Prefetch("series", Series.objects.select_related("unit").order_by("position", "code"))
        )
    )
    reach = series_reach({series.pk for row in rows for series in row.series.all()})
    return [IndicatorEntry(row, getattr(row, "migration", None), tuple(row.series.all()), reach) for row in rows]


def series_reach(ids: set[int]) -> dict[int, Reach]:
    """The reach of each series that has figures, of its first dataset."""
    found: dict[int, Reach] = {}
    for row in SeriesCoverage.objects.filter(series_id__in=ids).order_by("dataset__rank"):
        found.setdefault(
            row.series_id,
            Reach(row.countries, row.areas, row.observations, tuple(row.periods), row.last_revision),
        )
    return found


def related_figures(indicator: Indicator) -> list[SeriesCoverage]:
    """Series that do not measure an indicator but help to read it, by dataset, where there are figures of them."""
    held = SeriesCoverage.objects.filter(series__related=indicator).select_related("series", "dataset")
    return list(held.order_by("dataset__rank", "series__position", "series__code"))


def number_of_countries() -> int:
    """The Member States and the two observers, counted in the reviewed list of areas: of so many, a reach is counted."""
    return Area.objects.countries().count()


def number_of_member_states() -> int:
    """193, counted in the reviewed list of areas rather than written here."""
    return Area.objects.member_states().count()
