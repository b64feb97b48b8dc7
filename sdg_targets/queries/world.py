"""Where the world stands: for each migration-related target, its indicators, their reach and the published world value."""

from dataclasses import dataclass
from datetime import date

from sdg_targets.domain.comparability import is_break
from sdg_targets.models import Area, AreaKind, Latest, Relevance, Target, ValueKind

from .catalogue import FIRST_LOOK, IndicatorEntry, migration_indicators
from .figures import Figure


@dataclass(frozen=True, slots=True)
class WorldRow:
    """One indicator with the newest value its publisher gives for the world, where there is one."""

    entry: IndicatorEntry
    value: Figure | None

    @property
    def counts_countries(self) -> bool:
        """Whether the world value of a yes-or-no series is the number of countries that answered yes."""
        return bool(self.value and self.entry.headline and self.entry.headline.kind == ValueKind.YES_NO)


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """One target with the rows of its indicators."""

    target: Target
    rows: tuple[WorldRow, ...]

    @property
    def is_direct(self) -> bool:
        """Whether one of its indicators is about migration itself, not only related to it."""
        return any(row.entry.profile and row.entry.profile.relevance == Relevance.DIRECT for row in self.rows)

    @property
    def countries(self) -> int:
        """Countries with a value for the best covered of the target's indicators."""
        return max((row.entry.headline_reach.countries for row in self.rows if row.entry.headline_reach), default=0)

    @property
    def best(self) -> WorldRow:
        """The row to show on a small space: one with a world value, else the best covered, else the first."""
        with_value = next((row for row in self.rows if row.value), None)
        covered = next((row for row in self.rows if row.entry.headline_reach), None)
        return with_value or covered or self.rows[0]


def standings() -> list[TargetStanding]:
    """Every migration-related target, in the order of the codes. Six queries."""
    entries = migration_indicators()
    values = _world_values(entries)
    targets: dict[int, list[WorldRow]] = {}
    known: dict[int, Target] = {}
    for entry in entries:
        target = entry.indicator.target
        known[target.pk] = target
        series = entry.headline
        targets.setdefault(target.pk, []).append(WorldRow(entry, values.get(series.pk) if series else None))
    return [TargetStanding(known[pk], tuple(rows)) for pk, rows in targets.items()]


def key_figures(rows: list[TargetStanding], *, most: int = 4) -> list[WorldRow]:
    """Indicators with a published world value that a first look is for; at most so many."""
    found = {row.entry.indicator.code: row for standing in rows for row in standing.rows if row.value}
    return [found[code] for code in FIRST_LOOK if code in found][:most]


def _world_values(entries: list[IndicatorEntry]) -> dict[int, Figure]:
    """The newest value for the world of each headline series; of one period the first headline breakdown, as everywhere."""
    world = Area.objects.filter(kind=AreaKind.WORLD).first()
    if world is None:
        return {}
    series = {entry.headline.pk: entry.headline for entry in entries if entry.headline}
    values: dict[int, tuple[date, int, Figure]] = {}
    for row in Latest.objects.filter(area=world, series_id__in=list(series)).with_names().order_by("dataset__rank"):
        order = series[row.series_id].headline_keys
        if row.breakdown.key not in order:
            continue
        place = -order.index(row.breakdown.key)
        if row.series_id not in values or (row.period.end, place) > values[row.series_id][:2]:
            values[row.series_id] = (
                row.period.end,
                place,
                Figure(
                    series_id=row.series_id,
                    area_id=row.area_id,
                    area_code=world.code,
                    area_name=str(world.name),
                    is_aggregate=True,
                    period=row.period.code,
                    period_end=row.period.end,
                    breakdown=row.breakdown.key,
                    value=row.value,
                    status=row.status,
                    nature=row.nature,
                    symbol=row.unit.symbol,
                    word=series[row.series_id].word_for(row.value),
                    is_break=is_break(row.status, row.period.end.year, series[row.series_id].breaks),
                ),
            )
    return {pk: figure for pk, (_end, _place, figure) in values.items()}
