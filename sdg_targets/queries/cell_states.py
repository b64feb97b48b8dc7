"""What cells say, as text by column: the form in which filled templates are written, read and compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sdg_targets.domain.filled import ENTERED, State
from sdg_targets.models import CellVersion, Submission

#: Series id, code of the period, key of the breakdown: the key of a cell within its submission.
Key = tuple[int, str, str]
_COLUMNS: Final = ("typed", *ENTERED)


@dataclass(frozen=True, slots=True)
class Standing:
    """A cell as it stands: its number, its version, and what it says."""

    cell: int
    version: int
    state: State


def state_of(values: Mapping[str, Any]) -> dict[str, str]:
    """What a cell or one of its versions says; a value that could not be read stands as it was typed."""
    state = {column: _text(values[column]) for column in ENTERED}
    return state if state["value"] else state | {"value": values["typed"]}


def _text(value: Any) -> str:
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def standing_cells(submission: Submission, **where: object) -> dict[Key, Standing]:
    """The cells of a submission, all or those that fit ``where``, by their keys, in one query."""
    columns = ("pk", "version", "series_id", "period__code", "breakdown__key", *_COLUMNS)
    return {
        (row["series_id"], row["period__code"], row["breakdown__key"]): Standing(
            row["pk"], row["version"], state_of(row)
        )
        for row in submission.cells.filter(**where).values(*columns).order_by("pk")
    }


def past_states(wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], State]:
    """What cells said at earlier versions, by the numbers of cell and version, in one query."""
    asked = set(wanted)
    if not asked:
        return {}
    rows = CellVersion.objects.filter(
        cell__in={cell for cell, _ in asked}, version__in={version for _, version in asked}
    )
    return {
        (row["cell_id"], row["version"]): state_of(row)
        for row in rows.values("cell_id", "version", *_COLUMNS)
        if (row["cell_id"], row["version"]) in asked
    }
