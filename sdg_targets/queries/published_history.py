"""The history of a country's own figures: each publication of them, what it changed, and every version of one value.

What was published is everybody's; drafts are the country's own (``queries.cell_page``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from sdg_targets.models import Area, Observation, ReportingType, Revision, Submission

from .changes import Change, changes_page
from .history import Version, history_of


@dataclass(frozen=True, slots=True)
class Publication:
    """One revision of a country's own figures: when, why, in which submission (``None``: a file was read), how many values."""

    revision: Revision
    submission: Submission | None
    values: int

    @property
    def made_at(self) -> datetime:
        return self.revision.made_at


def publications_of(area: Area) -> list[Publication]:
    """Every publication of a country's own figures, newest first; three queries."""
    counts = dict(
        own_figures(area).order_by().values_list("known_from").annotate(number=Count("pk")).order_by("-known_from")
    )
    revisions = Revision.objects.in_bulk(counts)
    submissions = {row.revision_id: row for row in Submission.objects.with_names().filter(revision__in=counts)}
    return [Publication(revisions[number], submissions.get(number), counts[number]) for number in counts]


def own_figures(area: Area) -> Any:
    """Every version of the figures that a country gave itself."""
    return Observation.objects.filter(area=area, dataset__reporting_type=ReportingType.NATIONAL, dataset__area=area)


def published_changes(area: Area, revision: int, *, after: Sequence[int] = (), size: int) -> list[Change]:
    """What one publication changed, value by value, from what to what."""
    return changes_page(own_figures(area), since=revision - 1, until=revision, after=after, size=size)


def published_history(area: Area, *, series: str, period: str, breakdown: str) -> tuple[Version, ...]:
    """Every published version of one of a country's own figures, newest first."""
    one = (
        own_figures(area)
        .filter(series__code=series, period__code=period, breakdown__key=breakdown)
        .order_by("-known_from")
        .first()
    )
    return history_of(one) if one is not None else ()


def submissions_by_revision(numbers: Sequence[int]) -> dict[int, Submission]:
    """The submission that each revision published, of those that one did."""
    rows = Submission.objects.with_names().filter(revision__in=numbers)
    return {row.revision_id: row for row in rows if row.revision_id}
