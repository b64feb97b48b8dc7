"""What the checks find in a submission: for the one who enters, for the reviewers, and for the step that hands it in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext

from sdg_targets.domain import entered
from sdg_targets.domain.checking import ENTRY_RULES, check_cell, check_submission
from sdg_targets.domain.entered import CellKey, Unread
from sdg_targets.domain.findings import Finding
from sdg_targets.domain.typed_numbers import TypedNumberError, read_typed
from sdg_targets.domain.validation import RULES, Strength
from sdg_targets.models import Cell, Series, Submission

from .breakdown_names import breakdown_words
from .checking import context_for
from .rules import COLUMNS, finding_text

#: The language in which most texts have two readings: read in it, nothing is taken that another language doubts.
_STRICTEST: Final = "fr"


NOTHING_UNREAD: Final[tuple[Unread, ...]] = ()


@dataclass(frozen=True, slots=True)
class FindingInWords:
    """One finding at its cell, in the active language. ``rule`` is its number and its place on the page of rules."""

    cell: Cell
    rule: str
    strength: Strength
    column: str
    column_name: str
    sentence: str
    text: str
    explanation: str
    blocks: bool

    @property
    def is_explained(self) -> bool:
        """Whether it is a warning that the one who entered the figure has answered."""
        return self.strength is Strength.WARNING and not self.blocks


@dataclass(frozen=True, slots=True)
class SubmissionFindings:
    """Everything found in a submission, by cell in their order, errors first."""

    found: tuple[FindingInWords, ...]

    @property
    def by_cell(self) -> dict[int, tuple[FindingInWords, ...]]:
        """The findings of each cell that has any, by its id."""
        cells: dict[int, list[FindingInWords]] = {}
        for one in self.found:
            cells.setdefault(one.cell.pk, []).append(one)
        return {pk: tuple(findings) for pk, findings in cells.items()}

    @property
    def blocking(self) -> tuple[FindingInWords, ...]:
        """What must be put right or explained before the submission can leave."""
        return tuple(one for one in self.found if one.blocks)

    @property
    def explained(self) -> tuple[FindingInWords, ...]:
        return tuple(one for one in self.found if one.is_explained)

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each weight: ``{"error": 0, "warning": 2, "note": 1}``."""
        return {str(weight): sum(one.strength is weight for one in self.found) for weight in Strength}


def findings_of(
    submission: Submission, cells: Iterable[Cell] | None = None, *, today: date | None = None
) -> SubmissionFindings:
    """Check a whole submission. ``cells`` are those to look at (as a reviewer sees them); else all that say something.

    Eight queries however many cells there are, and one more where a message names breakdowns.
    """
    rows = _filled(submission) if cells is None else [cell for cell in cells if not cell.is_empty]
    if not rows:
        return SubmissionFindings(())
    made = [entered_cell(row, submission.area.code) for row in rows]
    context = context_for(area=submission.area, series=_series(rows), dataset=submission.dataset, today=today)
    found = check_submission(made, context).findings
    return SubmissionFindings(tuple(in_words(found, {cell.key: row for cell, row in zip(made, rows, strict=True)})))


def findings_of_cell(submission: Submission, cell: Cell, *, today: date | None = None) -> tuple[FindingInWords, ...]:
    """Check one cell as it was just saved, with the other cells of its line (the draft of last year counts as last year).

    What takes the whole table (totals, what is suppressed) is found by ``findings_of``. Seven queries.
    """
    if cell.is_empty:
        return ()
    line = submission.cells.filled().with_names().filter(series=cell.series, breakdown=cell.breakdown)
    rows = [cell, *(row for row in line if row.pk != cell.pk)]
    made = [entered_cell(row, submission.area.code) for row in rows]
    context = context_for(
        area=submission.area,
        series=[cell.series],
        dataset=submission.dataset,
        breakdowns=[cell.breakdown.key],
        today=today,
    )
    found = check_cell(made[0], context.with_cells(made))
    return tuple(in_words(found, {made[0].key: cell}))


def entered_cell(row: Cell, area: str) -> entered.Cell:
    """A stored cell as the rules look at it. A text that was kept and could not be read is read again, to say why."""
    value, unread = row.value, NOTHING_UNREAD
    if value is None and row.typed.strip():
        value, unread = _read_again(row.typed)
    return entered.Cell(
        CellKey(row.series.code, area, row.period.code, row.breakdown.key),
        value=value,
        typed=row.typed,
        status=row.status,
        nature=row.nature,
        unit=row.unit.code,
        multiplier=str(row.multiplier),
        lower_bound=row.lower_bound,
        upper_bound=row.upper_bound,
        numerator=row.numerator,
        denominator=row.denominator,
        base_period=row.base_period,
        time_detail=row.time_detail,
        source=row.source,
        footnote=row.footnote,
        explanation=row.explanation,
        unread=unread,
    )


def in_words(findings: Sequence[Finding], cells: Mapping[CellKey, Cell]) -> list[FindingInWords]:
    """Findings in the active language, each with its stored cell."""
    keys = {key for finding in findings for key in finding.breakdowns}
    names = breakdown_words(keys) if keys else {}
    return [
        FindingInWords(
            cell=cells[one.key],
            rule=one.rule,
            strength=one.strength,
            column=one.column,
            column_name=str(COLUMNS.get(one.column, "")),
            sentence=gettext((RULES.get(one.rule) or ENTRY_RULES[one.rule]).sentence),
            text=finding_text(one, names),
            explanation=one.explanation,
            blocks=one.blocks,
        )
        for one in findings
    ]


def _filled(submission: Submission) -> list[Cell]:
    return list(submission.cells.filled().with_names().order_by("pk"))


def _series(rows: Iterable[Cell]) -> list[Series]:
    return list({row.series_id: row.series for row in rows}.values())


def _read_again(typed: str) -> tuple[Decimal | None, tuple[Unread, ...]]:
    try:
        return read_typed(typed, _STRICTEST), ()
    except TypedNumberError as slip:
        return None, (Unread("value", typed, slip.message, slip.values, slip.readings),)


__all__ = [
    "FindingInWords",
    "SubmissionFindings",
    "entered_cell",
    "findings_of",
    "findings_of_cell",
    "in_words",
]
