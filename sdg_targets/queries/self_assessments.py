"""What a country said of itself: its published forms by year, with the score, and single answers where it agreed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from sdg_targets.domain.languages import LocalName
from sdg_targets.models import Area, Response, Submission, Tombstone

from .instruments import whole_versions
from .known_context import KnownContext
from .questionnaires import Row, Sheet, answers_of, fill


@dataclass(frozen=True, slots=True)
class Assessment:
    """One published form: its score, and the answers that may be shown."""

    sheet: Sheet
    submission: Submission

    @property
    def counted(self) -> list[tuple[LocalName, list[tuple[LocalName, int]], int]]:
        """Of each section whose counts are published: its name, how often each answer was given, and none."""
        return [
            (part.section.name, part.counts, part.score.unanswered)
            for part in self.sheet.parts
            if part.section.counts_shown
        ]

    @property
    def agreed(self) -> list[tuple[LocalName, list[Row]]]:
        """The answers that the country agreed to publish, by section; sections without any are left out."""
        pairs = [(part.section.name, [row for row in part.rows if row.said.consent]) for part in self.sheet.parts]
        return [(name, rows) for name, rows in pairs if rows]


def assessments_of(area: Area, *, instrument: str = "", known: KnownContext | None = None) -> list[Assessment]:
    """Published forms of an area by instrument, the newest period first; of a period the form published last by the moment known.

    A form of which a figure was withdrawn for confidentiality is not shown.
    """
    published = Response.objects.published().with_names().filter(submission__area=area)
    if instrument:
        published = published.filter(version__instrument__code=instrument)
    if known is not None and not known.is_now:
        published = published.filter(_known_at(known))
    newest: dict[tuple[int, int], Response] = {}
    for response in published.order_by("submission_id"):
        newest[response.version.instrument_id, response.period_id] = response
    found = sorted(newest.values(), key=lambda each: each.period.end, reverse=True)
    found.sort(key=lambda each: each.version.instrument.code)
    return [Assessment(_sheet(each), each.submission) for each in _still_public(area, found)]


def _known_at(known: KnownContext) -> Q:
    """Published by a moment. A form from which no figure is computed has no revision: its time decides."""
    by_revision = Q(submission__revision__number__lte=known.number)
    if known.made_at is None:
        return by_revision
    return by_revision | Q(submission__revision=None, submission__changed_at__lte=known.made_at)


def _still_public(area: Area, responses: list[Response]) -> Iterator[Response]:
    if not responses:
        return
    withdrawn = set(Tombstone.objects.standing().filter(area=area).values_list("series", "period"))
    for response in responses:
        series = (response.version.category_series_id, response.version.score_series_id)
        if not any((pk, response.period_id) in withdrawn for pk in series):
            yield response


def _sheet(response: Response) -> Sheet:
    version = whole_versions().get(pk=response.version_id)
    return fill(version, response.period.code, answers_of(response))
