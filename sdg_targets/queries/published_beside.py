"""What is published beside what is entered: the country's own figures and the global ones, by series, period and breakdown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sdg_targets.domain.periods import parse_period
from sdg_targets.models import Observation, ReportingType, Series, Submission

#: Series, period and breakdown by their codes: how a cell is called outside the database.
Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Published:
    """A figure that is published already: the country's own, or the global one."""

    value: Decimal | None
    status: str
    nature: str
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class Last:
    """The newest published figure of a row that has a value: the country's own, else the global one."""

    period: str
    published: Published
    is_national: bool


_COLUMNS: Final = (
    "series__code", "period__code", "breakdown__key", "value", "status", "nature", "value_text", "dataset_id",
    "dataset__reporting_type",
)  # fmt: skip


def published_beside(
    submission: Submission, series: Iterable[Series], breakdowns: Iterable[str]
) -> tuple[dict[Place, Published], dict[Place, Published]]:
    """The published national and global figures of the area, by their place; of global datasets, the first in rank. One query."""
    national: dict[Place, Published] = {}
    world: dict[Place, Published] = {}
    rows = Observation.objects.current().filter(
        area=submission.area_id,
        series__in=[one.pk for one in series],
        breakdown__key__in=set(breakdowns),
    )
    for row in rows.order_by("dataset__rank", "dataset_id").values_list(*_COLUMNS, named=True):
        found = Published(row.value, row.status, row.nature, row.value_text)
        place = row.series__code, row.period__code, row.breakdown__key
        if row.dataset_id == submission.dataset_id:
            national[place] = found
        elif row.dataset__reporting_type == ReportingType.GLOBAL:
            world.setdefault(place, found)
    return national, world


def last_of(world: Mapping[Place, Published], national: Mapping[Place, Published]) -> dict[tuple[str, str], Last]:
    """The newest figure of each series and breakdown; a country's own stands before the global one."""
    found: dict[tuple[str, str], Last] = {}
    for figures, is_national in ((world, False), (national, True)):
        newest: dict[tuple[str, str], Last] = {}
        for (code, period, key), figure in figures.items():
            standing = newest.get((code, key))
            later = standing is None or parse_period(period) > parse_period(standing.period)
            if figure.value is not None and later:
                newest[code, key] = Last(period, figure, is_national)
        found |= newest
    return found
