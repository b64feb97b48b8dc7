"""What the checks find in rows of a filled template, as the submission would be with all of them in it."""

from collections.abc import Iterable, Mapping
from typing import Final

from sdg_targets.domain.checking import check_cell
from sdg_targets.domain.entered import NUMBERS, TEXTS, Cell, CellKey, typed_cell
from sdg_targets.domain.filled import State
from sdg_targets.domain.findings import Finding
from sdg_targets.domain.typed_numbers import PLAIN
from sdg_targets.models import RoundUpload, RoundUploadLine, Series
from sdg_targets.models.round_uploads import CAN_BE_SAVED

from .cell_states import Key, standing_cells
from .checking import context_for

_COLUMNS: Final = frozenset((*NUMBERS, *TEXTS))


def findings_of(upload: RoundUpload, lines: Iterable[RoundUploadLine]) -> dict[int, tuple[Finding, ...]]:
    """Findings by the number of the line, errors first; of lines that can be saved, in a fixed number of queries.

    Each is checked by itself and beside the figures of its series and breakdown. Rules that set whole submissions side by
    side are asked where the submission is looked at.
    """
    asked = [line for line in lines if line.outcome in CAN_BE_SAVED and line.series is not None]
    if not asked:
        return {}
    series = {line.series.pk: line.series for line in asked if line.series is not None}
    breakdowns = {line.breakdown_key for line in asked}
    submission = upload.submission
    context = context_for(
        area=submission.area, series=series.values(), dataset=submission.dataset, breakdowns=breakdowns
    )
    states = _states_after(upload, series, breakdowns)
    cells = {key: _cell(series[key[0]], submission.area.code, key, state) for key, state in states.items()}
    whole = context.with_cells(cells.values())
    return {line.pk: check_cell(cells[_key(line)], whole) for line in asked}


def _states_after(upload: RoundUpload, series: Mapping[int, Series], breakdowns: set[str]) -> dict[Key, State]:
    """What the cells of these series and breakdowns would say."""
    standing = standing_cells(upload.submission, series__in=list(series), breakdown__key__in=breakdowns)
    states: dict[Key, State] = {key: cell.state for key, cell in standing.items()}
    for line in upload.lines.can_be_saved().filter(series__in=list(series), breakdown_key__in=breakdowns):
        states[_key(line)] = {**states.get(_key(line), {}), **line.said}
    return states


def _key(line: RoundUploadLine) -> Key:
    return line.series_id or 0, line.period_code, line.breakdown_key


def _cell(series: Series, area: str, key: Key, state: State) -> Cell:
    texts = {column: text for column, text in state.items() if column in _COLUMNS}
    return typed_cell(CellKey(series.code, area, key[1], key[2]), {**texts, "unit": series.unit.code}, language=PLAIN)
