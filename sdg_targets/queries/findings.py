"""What the checks find in the values of a submission, as those who decide on it read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language, gettext

from sdg_targets.domain import entered
from sdg_targets.domain.checking import check_submission
from sdg_targets.domain.entered import CellKey
from sdg_targets.domain.figures import number
from sdg_targets.domain.findings import Finding
from sdg_targets.domain.validation import Strength
from sdg_targets.models import Cell, Submission

from .checking import context_for

#: What is taken over from a cell as it stands.
_SAME: Final = (
    "value", "typed", "status", "nature", "lower_bound", "upper_bound", "numerator", "denominator", "base_period",
    "time_detail", "source", "footnote", "explanation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One finding in one value: the rule, its weight, and what was found in the reader's words."""

    rule: str
    strength: Strength
    sentence: str
    is_explained: bool = False


def findings_in(submission: Submission, cells: Sequence[Cell]) -> dict[int, tuple[Found, ...]]:
    """The findings by cell, of what the cells say here; notes inform and are told too. Six queries, however many cells."""
    keys = {key_of(cell, submission): cell.pk for cell in cells}
    context = context_for(area=submission.area, series=[cell.series for cell in cells], dataset=submission.dataset)
    checked = check_submission([entered_cell(cell, submission) for cell in cells], context)
    return {keys[key]: tuple(map(_told, findings)) for key, findings in checked.by_cell.items() if key in keys}


def key_of(cell: Cell, submission: Submission) -> CellKey:
    """The key of a cell in codes."""
    return CellKey(cell.series.code, submission.area.code, cell.period.code, cell.breakdown.key)


def entered_cell(cell: Cell, submission: Submission) -> entered.Cell:
    """What a cell says, as the checks take it."""
    return entered.Cell(
        key_of(cell, submission),
        unit=cell.unit.code,
        multiplier=str(cell.multiplier),
        **{name: getattr(cell, name) for name in _SAME},
    )


def _told(finding: Finding) -> Found:
    language = (get_language() or "en")[:2]

    def show(value: Decimal) -> str:
        return number(value, language)

    return Found(finding.rule, finding.strength, finding.said(gettext, show), finding.is_explained)
