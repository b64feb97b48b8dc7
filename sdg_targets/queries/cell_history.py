"""The history of a value of a submission: every version, who wrote it, when and how; and the figures of other rounds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sdg_targets.models import Cell, CellVersion


@dataclass(frozen=True, slots=True)
class VersionOfCell:
    """One version of a value, with the version before it, so that a reader sees from what to what."""

    now: CellVersion
    before: CellVersion | None
    by: Any
    at: datetime


def history_of(cell: Cell) -> list[VersionOfCell]:
    """Every version of a value, the newest first. One query."""
    versions = list(cell.versions.select_related("by", "unit").order_by("version"))
    before: list[CellVersion | None] = [None, *versions]
    pairs = zip(versions, before, strict=False)
    return [VersionOfCell(now, old, now.by, now.at) for now, old in reversed(list(pairs))]
