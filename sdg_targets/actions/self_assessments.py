"""What the answers of a submission come to is written into its cells, when it leaves the hands that entered it.

Computed, never typed: the class goes to the series of the indicator, the score to a series of our own. Reviewers see these
values beside all others, accept them, and publish them by the same write. Whoever saves cells is kept out of the two series
(``cells.save_cells``).
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from sdg_targets.domain.disaggregation import TOTAL
from sdg_targets.domain.questionnaires import Score
from sdg_targets.models import InstrumentVersion, Response, Series, Submission
from sdg_targets.queries.instruments import whole_versions
from sdg_targets.queries.questionnaires import Sheet, answers_of, fill

from .cells import COMPUTED, Content, Entry, save_cells
from .interning import intern_breakdowns

Place = tuple[int, int, int]


def compute_cells(submission: Submission) -> int:
    """Bring the computed cells of a submission up to date; returns how many say something.

    Of a form without a single answer nothing is computed: it was not returned, and has no score. Twice is harmless.
    """
    wanted: dict[Place, Content] = {}
    for response in submission.responses.select_related("period"):
        wanted |= dict(_contents(response))
    standing = {
        (cell.series_id, cell.period_id, cell.breakdown_id): cell
        for cell in submission.cells.filter(series__in=Series.objects.computed())
    }
    gone = {place: Content(unit_id=cell.unit_id) for place, cell in standing.items() if place not in wanted}
    entries = [
        Entry(*place, content=content, seen=standing[place].version if place in standing else 0)
        for place, content in (wanted | gone).items()
    ]
    if entries:
        save_cells(submission=submission, entries=entries, by=None, way=COMPUTED)
    return len(wanted)


def _contents(response: Response) -> Iterator[tuple[Place, Content]]:
    version = whole_versions().get(pk=response.version_id)
    sheet = fill(version, response.period.code, answers_of(response))
    if not sheet.overall.answered or (version.category_series is None and version.score_series is None):
        return
    scores = {part.section.breakdown: part.score for part in sheet.parts if part.section.breakdown}
    scores[TOTAL] = sheet.overall
    breakdowns = intern_breakdowns(list(scores))
    for key, score in scores.items():
        for series, value in _values(version, score):
            yield (series.pk, response.period_id, breakdowns[key].pk), _content(series, value, score, sheet)


def _values(version: InstrumentVersion, score: Score) -> Iterator[tuple[Series, Decimal]]:
    """Where a score goes, and as what: its class to one series, its per cent to another."""
    if version.category_series is not None and score.class_value is not None:
        yield version.category_series, Decimal(score.class_value)
    if version.score_series is not None and score.published is not None:
        yield version.score_series, score.published


#: Said of every figure that was computed from answers. English, as notes of publishers are in their own language.
EXPLANATION: Final = "Computed from the answers to the questionnaire"
SOURCE: Final = "Self-assessment: answers of the Government to the questionnaire {version}"


def _content(series: Series, value: Decimal, score: Score, sheet: Sheet) -> Content:
    is_score = series == sheet.version.score_series
    return Content(
        unit_id=series.unit_id,
        value=value,
        numerator=score.total if is_score else None,
        denominator=Decimal(score.questions) if is_score else None,
        source=SOURCE.format(version=sheet.version),
        explanation=EXPLANATION,
        footnote=sheet.version.footnote_en if sheet.result.needs_footnote else "",
    )
