"""Lines over time: the figures of a series for chosen areas, gaps left as gaps."""

from collections.abc import Iterable
from dataclasses import dataclass

from sdg_targets.models import Area, Series

from .figures import Figure, headline_rows
from .known_context import KnownContext


@dataclass(frozen=True, slots=True)
class Line:
    """One area's figures, oldest first. A period without a value is not in it, or stands with its reason."""

    area: Area
    points: tuple[Figure, ...]

    @property
    def with_value(self) -> tuple[Figure, ...]:
        return tuple(point for point in self.points if point.value is not None)


def timeseries(series: Series, areas: Iterable[Area], known: KnownContext) -> list[Line]:
    """One line for each area that has figures, in the order in which the areas are given; one query."""
    wanted = list(areas)
    points: dict[int, list[Figure]] = {}
    for item in headline_rows(series, known, area_id__in=[area.pk for area in wanted]):
        points.setdefault(item.area_id, []).append(item)
    return [Line(area, tuple(points[area.pk])) for area in wanted if area.pk in points]
