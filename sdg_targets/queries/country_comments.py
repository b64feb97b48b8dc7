"""Countries' comments on custodians' figures, as they stand beside the figures and in the country's own list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from sdg_targets.domain.country_comments import (
    COMMENT_STEPS,
    SHOWN,
    CommentState,
    CommentTransition,
    comment_steps_from,
)
from sdg_targets.domain.roles import Permission
from sdg_targets.models import (
    Area,
    CountryComment,
    CountryCommentEvent,
    Dataset,
    Latest,
    Observation,
    ReportingType,
    Series,
)
from sdg_targets.permissions import can

#: Steps whose day and note everybody may read: what was only proposed or declined is between country and desk.
_PUBLIC_STEPS = ("accept", "settle", "end")


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with its public steps, oldest first, and the steps that the person who asks can take."""

    comment: CountryComment
    events: tuple[tuple[CountryCommentEvent, str], ...] = ()
    steps: tuple[CommentTransition, ...] = ()


def comments_beside(*, area: Area | None = None, series_id: int | None = None) -> list[CountryComment]:
    """What countries say of the custodian's figures of an area, or of a series, now; one query."""
    rows = CountryComment.objects.shown().with_names()
    if area is not None:
        rows = rows.filter(area=area)
    if series_id is not None:
        rows = rows.filter(series=series_id)
    return list(rows)


def comments_on(rows: Iterable[Observation]) -> dict[int, list[CountryComment]]:
    """For each of some observations the comments on it or on its whole series, by id; one query."""
    held = list(rows)
    found: dict[tuple[int, int, int], list[CountryComment]] = {}
    shown = CountryComment.objects.shown().filter(
        area__in={row.area_id for row in held}, series__in={row.series_id for row in held}
    )
    for comment in shown:
        found.setdefault((comment.dataset_id, comment.series_id, comment.area_id), []).append(comment)
    return {
        row.pk: [
            comment
            for comment in found.get((row.dataset_id, row.series_id, row.area_id), ())
            if comment.period_id in (None, row.period_id)
        ]
        for row in held
        if found
    }


def public_comments(*, area: Area | None = None) -> list[Said]:
    """Everything that is or was public, the newest first, with the days of its steps; two queries."""
    rows = CountryComment.objects.public().with_names().prefetch_related("events")
    if area is not None:
        rows = rows.filter(area=area)
    return [Said(row, _public_events(row)) for row in rows]


def team_comments(area: Area, *, by: Any) -> list[Said]:
    """All comments of a country for its team, with what can be done; two queries, and those for the mandate."""
    held = _held(by, area)
    rows = CountryComment.objects.filter(area=area).with_names().prefetch_related("events")
    return [Said(row, _events(row), _steps(row, held, by)) for row in rows]


def desk_comments(*, areas: set[int] | None, by: Any) -> list[Said]:
    """Comments for the desk: those that wait first, then those that stand. ``areas``: ids, ``None`` is everywhere."""
    rows = CountryComment.objects.filter(state__in=[CommentState.PROPOSED, *sorted(SHOWN)])
    if areas is not None:
        rows = rows.filter(area__in=areas)
    rows = rows.with_names().select_related("entered_by", "area", "series", "period", "dataset")
    held: dict[int, frozenset[Permission]] = {}
    found = []
    for row in rows.prefetch_related("events"):
        if row.area_id not in held:
            held[row.area_id] = _held(by, row.area)
        found.append(Said(row, _events(row), _steps(row, held[row.area_id], by)))
    return sorted(found, key=lambda said: said.comment.state != CommentState.PROPOSED)


def figures_to_comment_on(area: Area) -> list[tuple[Dataset, Series]]:
    """The series of which a custodian publishes anything of the area, each with its dataset; two queries."""
    pairs = set(
        Latest.objects.filter(area=area, dataset__reporting_type=ReportingType.GLOBAL).values_list("dataset", "series")
    )
    datasets = Dataset.objects.in_bulk({dataset for dataset, _series in pairs})
    series = Series.objects.in_bulk({one for _dataset, one in pairs})
    found = [(datasets[dataset], series[one]) for dataset, one in pairs]
    return sorted(found, key=lambda pair: (pair[1].position, pair[1].code, pair[0].rank))


def _held(by: Any, area: Area) -> frozenset[Permission]:
    """Which of the permissions that steps ask for the person has for the area."""
    asked = frozenset().union(*(each.permissions for each in COMMENT_STEPS.values()))
    return frozenset(permission for permission in asked if can(by, permission, area=area))


def _steps(comment: CountryComment, held: frozenset[Permission], by: Any) -> tuple[CommentTransition, ...]:
    return tuple(
        each
        for each in comment_steps_from(CommentState(comment.state))
        if each.permissions & held and not (each.by_another and comment.entered_by_id == by.pk)
    )


def _events(comment: CountryComment) -> tuple[tuple[CountryCommentEvent, str], ...]:
    words = {step.value: gettext(each.done) for step, each in COMMENT_STEPS.items()}
    return tuple((event, words.get(event.step, gettext("Written"))) for event in comment.events.all())


def _public_events(comment: CountryComment) -> tuple[tuple[CountryCommentEvent, str], ...]:
    return tuple(pair for pair in _events(comment) if pair[0].step in _PUBLIC_STEPS)
