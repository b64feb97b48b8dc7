"""From codes to cells: series, periods, breakdowns and units that people and programs name become the keys of cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sdg_targets.models import Breakdown, Period, Series, Unit

from .cells import Content, Entry
from .interning import intern_breakdowns, intern_periods

#: What a change says besides its key, as ``Content`` calls it.
SAID: Final = (
    "value", "status", "nature", "multiplier", "lower_bound", "upper_bound", "numerator", "denominator", "base_period",
    "time_detail", "source", "footnote", "note", "explanation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unknown:
    """A code that means nothing: in which change (counted from 0), in which member, and what would be right."""

    index: int
    member: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What the codes of a list of changes mean."""

    series: Mapping[str, Series]
    periods: Mapping[str, Period]
    breakdowns: Mapping[str, Breakdown]
    units: Mapping[str, Unit]


def entries_of(changes: Sequence[Mapping[str, Any]]) -> tuple[list[Entry], list[Unknown]]:
    """The entries of changes whose members are codes, and the codes that are none. Three or four queries where all are known.

    Periods and breakdowns that are named for the first time are interned: run it in the transaction that saves.
    """
    known = _Known(
        series=Series.objects.in_bulk({change["series"] for change in changes}, field_name="code"),
        periods=intern_periods({change["period"] for change in changes}),
        breakdowns=intern_breakdowns({change["breakdown"] for change in changes}),
        units=Unit.objects.in_bulk({change["unit"] for change in changes if change.get("unit")}, field_name="code"),
    )
    unknown = [each for index, change in enumerate(changes) for each in _unknown(index, change, known)]
    return ([] if unknown else [_entry(change, known) for change in changes]), unknown


def _unknown(index: int, change: Mapping[str, Any], known: _Known) -> list[Unknown]:
    found = []
    if change["series"] not in known.series:
        found.append(Unknown(index, "series", f"There is no series {change['series'][:40]}."))
    if change["period"] not in known.periods:
        found.append(Unknown(index, "period", "Write 2015, 2015-Q3, 2015-07, 2015-07-31 or 2010/2015."))
    if change["breakdown"] not in known.breakdowns:
        found.append(Unknown(index, "breakdown", "Write _T, or a key such as SEX=F of categories in the catalogue."))
    if change.get("unit") and change["unit"] not in known.units:
        found.append(Unknown(index, "unit", f"There is no unit {change['unit'][:30]}."))
    return found


def _entry(change: Mapping[str, Any], known: _Known) -> Entry:
    series = known.series[change["series"]]
    unit = known.units[change["unit"]].pk if change.get("unit") else series.unit_id
    value: Decimal | None = change["value"]
    key: UUID | None = change.get("key")
    said = {name: change[name] for name in SAID}
    return Entry(
        series_id=series.pk,
        period_id=known.periods[change["period"]].pk,
        breakdown_id=known.breakdowns[change["breakdown"]].pk,
        content=Content(unit_id=unit, typed="" if value is None else f"{value:f}", **said),
        seen=change["seen"],
        key=key,
    )
