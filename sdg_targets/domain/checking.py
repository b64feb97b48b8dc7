"""Checking what is entered: one cell while it is typed, or a whole submission with everything in it set side by side.

Every rule of a row is asked, then every rule of entered figures. No text, however odd, is an exception; it is a finding.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import localcontext
from typing import Final

from .cell_rules import CELL_RULES
from .entered import Cell, CellKey, row_of
from .findings import Context, EntryRule, Finding, case_of
from .history_rules import HISTORY_RULES
from .submission_rules import SUBMISSION_RULES
from .validation import Rule, Strength, broken_rules

#: Every rule of entered figures by its number.
ENTRY_RULES: Final[Mapping[str, EntryRule]] = dict(sorted({**CELL_RULES, **HISTORY_RULES, **SUBMISSION_RULES}.items()))
#: Of an entered cell rules E01 and E02 say in more words what these say of a row.
SAID_BETTER: Final = frozenset(("V02", "V07", "V08"))
#: Digits with which typed numbers are reckoned: twice what may be typed, and some.
PRECISION: Final = 150
_ORDER: Final = {Strength.ERROR: 0, Strength.WARNING: 1, Strength.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything found in a submission, ordered by cell and weight."""

    findings: tuple[Finding, ...]

    def of(self, key: CellKey) -> tuple[Finding, ...]:
        """The findings of one cell."""
        return tuple(finding for finding in self.findings if finding.key == key)

    @property
    def by_cell(self) -> dict[CellKey, tuple[Finding, ...]]:
        """The findings of each cell that has any, in the order of the cells."""
        found: dict[CellKey, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.key, []).append(finding)
        return {key: tuple(findings) for key, findings in found.items()}

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What must be put right or explained before the submission can be sent."""
        return tuple(finding for finding in self.findings if finding.blocks)

    @property
    def explained(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_explained)

    def count(self, strength: Strength) -> int:
        return sum(finding.strength is strength for finding in self.findings)


def check_cell(cell: Cell, context: Context) -> tuple[Finding, ...]:
    """What is found in one cell by itself and beside the figures of its line; errors first.

    The other cells of the submission count where the context was made ``with_cells``.
    """
    with localcontext(prec=PRECISION):
        return _ordered(_of_cell(cell, context))


def check_submission(cells: Sequence[Cell], context: Context) -> Checked:
    """What is found in all cells of a submission, each by itself and all together."""
    with localcontext(prec=PRECISION):
        whole = context.with_cells(cells)
        explanations = {cell.key: _explanation(cell) for cell in cells}
        found = [finding for cell in cells for finding in _of_cell(cell, whole)]
        for rule in SUBMISSION_RULES.values():
            if rule.of_submission is not None:
                found += [
                    rule.finding(key, said, explanations.get(key, "")) for key, said in rule.of_submission(cells, whole)
                ]
        return Checked(_ordered(found))


def _of_cell(cell: Cell, context: Context) -> Iterator[Finding]:
    for row_rule in broken_rules(row_of(cell), context.known):
        if row_rule.number not in SAID_BETTER:
            yield _of_row(cell, row_rule)
    case = case_of(cell, context)
    for rule in ENTRY_RULES.values():
        said = rule.of_cell(case) if rule.of_cell is not None else None
        if said is not None:
            yield rule.finding(cell.key, said, _explanation(cell))


def _of_row(cell: Cell, rule: Rule) -> Finding:
    """A broken rule of a row: its sentence says what would be right."""
    answered = _explanation(cell) if rule.strength is Strength.WARNING else ""
    return Finding(cell.key, rule.number, rule.strength, rule.column, rule.sentence, {}, answered)


def _explanation(cell: Cell) -> str:
    return cell.explanation if cell.is_explained else ""


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.key, _ORDER[finding.strength], finding.rule)))


__all__ = ["ENTRY_RULES", "Checked", "check_cell", "check_submission"]
