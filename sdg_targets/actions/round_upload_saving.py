"""Saving what a filled template says: what is saved is what was shown, all or none.

The cells are looked at again under the lock of the submission; where one changed since the rows were compared, nothing is
saved and the rows are compared anew.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sdg_targets.domain.filled import NUMBERS
from sdg_targets.domain.roles import Permission
from sdg_targets.models import Cell, RoundUpload, RoundUploadLine, RoundUploadState, Series
from sdg_targets.permissions import require

from .cells import Content, Entry, content_of, save_cells
from .events import record_event
from .interning import intern_breakdowns, intern_periods
from .round_uploads import compare_held, end_upload, held_upload
from .stepping import StepRefused, locked


class RowsMoved(Exception):  # noqa: N818 - nothing failed: somebody was there in between
    """What was shown is no longer what would happen: the rows were compared anew, and nothing was saved."""


def apply_upload(*, upload: RoundUpload, seen: int, by: Any) -> int:
    """Save the chosen rows as drafts, all or none; returns how many.

    ``seen`` is the comparison that the page showed. Errors: ``PermissionDenied``; ``StepRefused``; ``UploadEnded``;
    ``RowsMoved`` where the cells changed since: then they are compared anew.
    """
    try:
        with transaction.atomic():
            return _apply(upload, seen, by)
    except RowsMoved:
        with transaction.atomic():
            now = held_upload(upload, by)
            if now.compared == seen:
                compare_held(now)
        raise


def _apply(upload: RoundUpload, seen: int, by: Any) -> int:
    submission = locked(upload.submission)
    require(by, Permission.ENTER_DATA, area=submission.area)
    now = held_upload(upload, by)
    lines = list(now.lines.can_be_saved().filter(chosen=True).select_related("series", "cell"))
    if now.compared != seen or any((line.cell.version if line.cell else 0) != line.version for line in lines):
        raise RowsMoved
    if not lines:
        raise StepRefused(_("Nothing is ticked: choose what is to be saved."))
    entries = _entries(lines)
    saved = save_cells(submission=submission, entries=entries, by=by, way="upload")
    if any(one.clashed for one in saved):
        raise RowsMoved  # a cell that was not there when the rows were compared
    now.lines.filter(pk__in=[line.pk for line in lines]).update(saved=True)
    counts = {outcome: sum(line.outcome == outcome for line in lines) for outcome in ("new", "changed", "clash")}
    end_upload(now, RoundUploadState.APPLIED, by)
    facts = {"cells": len(lines), "upload": now.pk, "file_sha256": now.sha256} | counts
    record_event(
        submission, step="upload", by=by, begins=submission.state, ends=submission.state, facts=facts, key=now.key
    )
    return len(lines)


def _entries(lines: Sequence[RoundUploadLine]) -> list[Entry]:
    """What is to be saved: what the file says over what stands there; a column that the file lacks stays as it is."""
    periods = intern_periods({line.period_code for line in lines})
    breakdowns = intern_breakdowns({line.breakdown_key for line in lines})
    return [
        Entry(
            series_id=line.series.pk,
            period_id=periods[line.period_code].pk,
            breakdown_id=breakdowns[line.breakdown_key].pk,
            content=_content(line, line.series, line.cell),
            seen=line.version,
        )
        for line in lines
        if line.series is not None
    ]


def _content(line: RoundUploadLine, series: Series, cell: Cell | None) -> Content:
    standing = content_of(cell) if cell else Content(unit_id=series.unit_id)
    said: dict[str, Any] = {name: _number(text) if name in NUMBERS else text for name, text in line.said.items()}
    said["multiplier"] = int(said.get("multiplier", standing.multiplier))
    content = replace(standing, **said)
    if content.value == standing.value and standing.value is not None:
        return replace(content, typed=standing.typed, value=standing.value)
    return replace(content, typed=line.typed if content.value is not None else "")


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
