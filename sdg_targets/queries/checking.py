"""What entered figures of one country are checked against: its published figures, the catalogue, the limits of each series."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from sdg_targets.domain import periods
from sdg_targets.domain.findings import Context, LineKey, Point
from sdg_targets.domain.limits import Measure, default_limits
from sdg_targets.domain.validation import Reference, SeriesFacts
from sdg_targets.models import Area, Category, Dataset, Observation, Series, Tombstone, Unit

_POINT: Final = (
    "series__code", "breakdown__key", "period__code", "period__frequency", "period__start", "period__end",
    "value", "status", "multiplier",
)  # fmt: skip


def context_for(
    *,
    area: Area,
    series: Iterable[Series],
    dataset: Dataset | None = None,
    breakdowns: Collection[str] | None = None,
    today: date | None = None,
) -> Context:
    """The context of an area's figures of some series, in six queries however many there are.

    ``dataset`` is the area's own (none yet: nothing is published); ``breakdowns`` narrows what is read of it to some keys,
    which is enough for one cell and not for a total beside its parts. ``today`` is for tests.
    """
    asked = list(
        Series.objects.filter(pk__in={one.pk for one in series})
        .select_related("unit", "limits")
        .prefetch_related("dimensions")
    )
    return Context(
        known=Reference(
            series={one.code: _facts(one) for one in asked},
            areas=frozenset((area.code,)),
            units=frozenset(Unit.objects.values_list("code", flat=True)),
            categories=_categories(),
            today=today or timezone.localdate(),
            withdrawn=_withdrawn(area, asked, dataset),
        ),
        area=area.code,
        measures={one.code: measure_of(one) for one in asked},
        published=_published(area, asked, dataset, breakdowns),
    )


def measure_of(series: Series) -> Measure:
    """What a series measures, with the limits set for it over those that its kind and unit suggest."""
    limits = default_limits(series.kind, series.unit.code)
    if hasattr(series, "limits"):
        limits = series.limits.over(limits)
    worded = frozenset(Decimal(value) for value in series.value_labels)
    return Measure(series.kind, series.unit.code, limits, frozenset(series.breaks), worded)


def _facts(series: Series) -> SeriesFacts:
    dimensions = frozenset(dimension.code for dimension in series.dimensions.all())
    return SeriesFacts(series.unit.code, dimensions, series.minimum, series.maximum)


def _categories() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for dimension, code in Category.objects.values_list("dimension__code", "code"):
        found.setdefault(dimension, set()).add(code)
    return {dimension: frozenset(codes) for dimension, codes in found.items()}


def _withdrawn(area: Area, series: list[Series], dataset: Dataset | None) -> frozenset[tuple[str, str, str, str]]:
    standing = Tombstone.objects.standing().filter(area=area, series__in=series, dataset=dataset)
    return frozenset(standing.values_list("series__code", "area__code", "period__code", "breakdown__key"))


def _published(
    area: Area, series: list[Series], dataset: Dataset | None, breakdowns: Collection[str] | None
) -> dict[LineKey, dict[str, Point]]:
    rows: Any = Observation.objects.current().filter(dataset=dataset, area=area, series__in=series)
    if breakdowns is not None:
        rows = rows.filter(breakdown__key__in=breakdowns)
    lines: dict[LineKey, dict[str, Point]] = {}
    for code, key, period, frequency, start, end, value, status, multiplier in rows.values_list(*_POINT):
        held = periods.Period(end, start, frequency, period)
        lines.setdefault((code, key), {})[period] = Point(held, value, status, multiplier)
    return lines
