"""What a filled template would change, cell by cell, as its page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sdg_targets.domain.disaggregation import BreakdownError, parse_breakdown
from sdg_targets.domain.figures import number
from sdg_targets.domain.filled import NUMBERS, Outcome, differing, says_something
from sdg_targets.domain.findings import Finding
from sdg_targets.domain.numbers import is_plain_number
from sdg_targets.models import Cell, LineOutcome, RoundUpload, RoundUploadLine, Status
from sdg_targets.models.round_uploads import CAN_BE_SAVED, CHOSEN_AT_FIRST

from .breakdown_names import breakdown_words
from .rules import finding_text
from .template_words import headings
from .upload_findings import findings_of

PAGE_SIZE: Final = 100
#: The outcomes, the gravest first. What stays as it is is shown where somebody asks for it alone.
ORDER: Final = (Outcome.CLASH, Outcome.REFUSED, Outcome.CHANGED, Outcome.NEW, Outcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Difference:
    """One column of a row: its heading, what stands there, and what the file says."""

    heading: str
    stood: str
    said: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row is refused: the cell, its column, the rule, what was found, what would be right."""

    place: str
    heading: str
    rule: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """What a check found in a row: its weight, its rule, its sentence, and whether the row explains it."""

    strength: str
    rule: str
    sentence: str
    explained: bool


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One row of the page. ``others`` says who changed the cell since, and when, where the row clashes."""

    pk: int
    place: str
    series: str
    series_code: str
    breakdown: str
    period: str
    outcome: str
    label: str
    value: str
    stood: str
    differences: list[Difference]
    refusals: list[Refusal]
    findings: list[ShownFinding]
    can_be_chosen: bool
    chosen: bool
    saved: bool
    empties: bool
    other: str = ""
    other_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows there are of one outcome, with its word."""

    outcome: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """One page of rows, with the counts over all of them.

    ``moved`` counts rows whose cell changed since they were compared; ``all_count`` those that "all" would save.
    """

    tallies: list[Tally]
    lines: list[PreviewLine]
    show: str
    page: int
    pages: int
    total: int
    to_look_at: int
    all_count: int
    chosen: int
    saved: int
    moved: int


def preview_of(upload: RoundUpload, *, show: str = "", page: int = 1) -> Preview:
    """A page of an upload's rows; ``show`` is one outcome, or blank for all but what stays as it is.

    The same number of queries however many rows there are.
    """
    asked = {name: Count("pk", filter=Q(outcome=name)) for name in LineOutcome.values}
    counts = upload.lines.aggregate(
        **asked, picked=Count("pk", filter=Q(chosen=True)), kept=Count("pk", filter=Q(saved=True))
    )
    shown = show if show in LineOutcome.values else ""
    to_look_at = sum(counts[outcome] for outcome in ORDER if outcome != Outcome.UNCHANGED)
    total = counts[shown] if shown else to_look_at
    pages = max(1, -(-total // PAGE_SIZE))
    at = min(max(page, 1), pages)
    return Preview(
        tallies=[Tally(o.value, str(LineOutcome(o.value).label), counts[o.value]) for o in ORDER],
        lines=_lines(upload, shown, at),
        show=shown,
        page=at,
        pages=pages,
        total=total,
        to_look_at=to_look_at,
        all_count=sum(counts[outcome] for outcome in CHOSEN_AT_FIRST),
        chosen=counts["picked"],
        saved=counts["kept"],
        moved=_moved(upload) if upload.is_shown else 0,
    )


def _moved(upload: RoundUpload) -> int:
    """Rows whose cell has another version than the one they were compared with, or came to be since."""
    now = Cell.objects.filter(
        submission=upload.submission_id,
        series=OuterRef("series"),
        period__code=OuterRef("period_code"),
        breakdown__key=OuterRef("breakdown_key"),
    ).exclude(version=OuterRef("version"))
    return upload.lines.exclude(outcome=Outcome.REFUSED).filter(Exists(now)).count()


def _lines(upload: RoundUpload, show: str, page: int) -> list[PreviewLine]:
    rows = upload.lines.select_related("series__unit", "cell__changed_by").order_by("position")
    rows = rows.filter(outcome=show) if show else rows.exclude(outcome=Outcome.UNCHANGED)
    listed = list(rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    words = breakdown_words({row.breakdown_key for row in listed if _is_breakdown(row.breakdown_key)})
    named, language = headings(), get_language() or "en"
    found = findings_of(upload, listed) if upload.is_shown else {}
    return [
        _line(row, words.get(row.breakdown_key, row.breakdown_key), named, language, found.get(row.pk, ()))
        for row in listed
    ]


def _is_breakdown(key: str) -> bool:
    try:
        parse_breakdown(key)
    except BreakdownError:
        return False
    return True


def _line(
    row: RoundUploadLine, breakdown: str, named: Mapping[str, str], language: str, found: Iterable[Finding]
) -> PreviewLine:
    clash = row.cell if row.outcome == Outcome.CLASH else None
    return PreviewLine(
        pk=row.pk,
        place=row.place,
        series=str(row.series.name) if row.series else row.series_code,
        series_code=row.series_code,
        breakdown=breakdown,
        period=row.period_code,
        outcome=row.outcome,
        label=row.get_outcome_display(),
        value=_value(row.said, language),
        stood=_value(row.stood, language),
        differences=_differences(row, named, language),
        refusals=[_refusal(slip, named) for slip in row.slips],
        findings=[_finding(finding) for finding in found],
        can_be_chosen=row.outcome in CAN_BE_SAVED,
        chosen=row.chosen,
        saved=row.saved,
        empties=row.outcome in CAN_BE_SAVED and not says_something(row.said),
        other=clash.changed_by.get_full_name() or str(clash.changed_by) if clash and clash.changed_by else "",
        other_at=clash.changed_at if clash else None,
    )


def _differences(row: RoundUploadLine, named: Mapping[str, str], language: str) -> list[Difference]:
    """The columns beside the value in which the row says something else, where it can be saved."""
    if row.outcome not in CAN_BE_SAVED:
        return []
    return [
        Difference(
            named[column],
            shown(column, row.stood.get(column, ""), language),
            shown(column, row.said[column], language),
        )
        for column in differing(row.said, row.stood)
        if column != "value"
    ]


def _finding(finding: Finding) -> ShownFinding:
    return ShownFinding(
        strength=finding.strength.value,
        rule=finding.rule,
        sentence=finding_text(finding),
        explained=finding.is_explained,
    )


def _value(state: Mapping[str, str], language: str) -> str:
    """The value of a state, or why there is none."""
    if state.get("value"):
        return shown("value", state["value"], language)
    return shown("status", state["status"], language) if says_something(state) else ""


def shown(column: str, text: str, language: str) -> str:
    """What a column says, as people read it: a number in their notation, a status with its word."""
    if column in NUMBERS and is_plain_number(text):
        return number(Decimal(text), language)
    if column == "status" and (text or "A") in Status.values:
        return str(Status(text or "A").label)
    return text


def _refusal(slip: Mapping[str, Any], named: Mapping[str, str]) -> Refusal:
    said = _(slip["message"])
    return Refusal(
        place=slip["place"],
        heading=named.get(slip["column"], slip["column"]),
        rule=slip["rule"],
        found="" if "typed" in slip["values"] else slip["found"],  # the sentence names it
        expected=said % slip["values"] if slip["values"] else said,
    )
