"""What a country does with a filled template: give it, look at what it would change, choose, save, throw away.

Nothing of it is a value of the submission before somebody says so. What is saved is what was shown: the cells are compared
again under the lock of the submission, and where one changed since, nothing is saved and the rows are shown anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sdg_targets.domain.filled import NUMBERS
from sdg_targets.domain.languages import gettext_noop
from sdg_targets.domain.roles import Permission
from sdg_targets.formats.round_upload import Filled, TemplateProblem, read
from sdg_targets.models import (
    Cell,
    RoundUpload,
    RoundUploadLine,
    RoundUploadState,
    Series,
    Submission,
)
from sdg_targets.models.round_uploads import CHOSEN_AT_FIRST, FOLDER
from sdg_targets.permissions import require
from sdg_targets.queries.filled_templates import Compared, ReadRow, compare, known_of, read_rows

from .cells import MOST_AT_ONCE, Content, Entry, content_of, require_editable, save_cells
from .events import record_event
from .interning import intern_breakdowns, intern_periods
from .stepping import StepRefused, locked
from .storing import kept_only_when_whole, shown_name, store

#: After so many days a template that nobody saved is thrown away, and what is left of the others.
KEPT_DAYS: Final = 30
_BATCH: Final = 2_000

NO_TEMPLATE: Final = gettext_noop("The column “template” says “%(said)s”, which no template says.")
OF_OTHERS: Final = gettext_noop("This template is of another country or round (%(there)s), not of this one (%(here)s).")


class RowsMoved(Exception):  # noqa: N818 - nothing failed: somebody was there in between
    """What was shown is no longer what would happen: the rows were compared anew, and nothing was saved."""


class UploadEnded(Exception):  # noqa: N818
    """It was saved or thrown away before."""


@dataclass(frozen=True, slots=True)
class Origin:
    """For whom a template was made, as its rows say: country, round, submission and language."""

    area: str
    round: str
    submission: int
    language: str


@transaction.atomic
def receive_filled(
    blocks: Iterable[bytes], *, submission: Submission, file_name: str, language: str, by: Any
) -> RoundUpload:
    """Store a filled template, read it, and keep what each row would change; returns it with that.

    ``language`` is that in which numbers are read where the file names none. Errors: ``PermissionDenied``;
    ``StepRefused`` where nothing can be entered; ``FileProblem`` where the file cannot be taken: then nothing is kept.
    """
    require(by, Permission.ENTER_DATA, area=submission.area)
    require_editable(submission)
    upload = RoundUpload(submission=submission, file_name=shown_name(file_name), language=language, by=by)
    with kept_only_when_whole(upload.path):
        upload.file_size, upload.sha256 = store(blocks, upload.path, limit=settings.TEMPLATE_LIMIT)
        with upload.path.open("rb") as stream:
            filled = read(stream, most=MOST_AT_ONCE)
        origin = _origin(filled, submission)
        if origin is not None:
            upload.language = origin.language
        own = origin is not None and origin.submission in (0, submission.pk)
        upload.is_of_another = not own
        upload.save()
        rows = read_rows(filled.rows, known_of(submission), language=upload.language, trusts_seen=own)
        _keep(upload, compare(rows, submission))
    return upload


def _origin(filled: Filled, submission: Submission) -> Origin | None:
    """For whom the template was made; ``None`` where the file does not say. Errors: ``TemplateProblem`` where for others."""
    if not filled.made:
        return None
    parts = filled.made.split("/")
    if len(parts) != 4 or not parts[2].isdecimal() or parts[3] not in dict(settings.LANGUAGES):
        raise TemplateProblem(NO_TEMPLATE, said=filled.made[:60])
    area, code, number, language = parts
    if (area, code) != (submission.area.code, submission.round.code):
        here = f"{submission.area.code}, {submission.round.code}"
        raise TemplateProblem(OF_OTHERS, there=f"{area}, {code}", here=here)
    return Origin(area, code, int(number), language)


def _keep(upload: RoundUpload, compared: Sequence[Compared]) -> None:
    """Write the rows of an upload in the place of those that are there."""
    upload.lines.all().delete()
    RoundUploadLine.objects.bulk_create([_line(upload, one) for one in compared], batch_size=_BATCH)


def _line(upload: RoundUpload, one: Compared) -> RoundUploadLine:
    row = one.row
    return RoundUploadLine(
        upload=upload,
        position=row.position,
        place=row.place,
        series_id=row.series,
        series_code=row.series_code,
        breakdown_key=row.breakdown,
        period_code=row.period,
        outcome=one.outcome,
        said=dict(row.said),
        typed=row.typed,
        stood=dict(one.stood),
        seen=row.seen,
        cell_id=one.cell,
        version=one.version,
        slips=list(row.slips),
        chosen=one.outcome in CHOSEN_AT_FIRST,
    )


@transaction.atomic
def choose_lines(*, upload: RoundUpload, shown: Iterable[int], chosen: Iterable[int], by: Any) -> None:
    """Of the lines that a page showed, choose some and no others. Errors: ``PermissionDenied``, ``UploadEnded``."""
    now = _held(upload, by)
    lines = now.lines.can_be_saved().filter(pk__in=set(shown))
    lines.update(chosen=False)
    lines.filter(pk__in=set(chosen)).update(chosen=True)


@transaction.atomic
def choose_all(*, upload: RoundUpload, chosen: bool, by: Any) -> None:
    """Choose every new and changed row, or none at all. Errors: ``PermissionDenied``, ``UploadEnded``."""
    now = _held(upload, by)
    now.lines.update(chosen=False)
    if chosen:
        now.lines.filter(outcome__in=CHOSEN_AT_FIRST).update(chosen=True)


@transaction.atomic
def compare_anew(*, upload: RoundUpload, by: Any) -> None:
    """Compare the rows with what stands now. Errors: ``PermissionDenied``, ``UploadEnded``."""
    _compare_anew(_held(upload, by))


def _compare_anew(upload: RoundUpload) -> None:
    """What a person chose or left out stays so, where the row is still what it was."""
    before = {line.position: line for line in upload.lines.all()}
    compared = compare([_read_row(line) for line in before.values()], upload.submission)
    _keep(upload, compared)
    left_out = [p for p, line in before.items() if line.outcome in CHOSEN_AT_FIRST and not line.chosen]
    upload.lines.filter(position__in=left_out).update(chosen=False)
    upload.compared += 1
    upload.save(update_fields=["compared"])


def _read_row(line: RoundUploadLine) -> ReadRow:
    return ReadRow(
        position=line.position,
        place=line.place,
        series=line.series_id,
        series_code=line.series_code,
        period=line.period_code,
        breakdown=line.breakdown_key,
        said=line.said,
        typed=line.typed,
        seen=line.seen,
        slips=line.slips,
    )


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
            now = _held(upload, by)
            if now.compared == seen:
                _compare_anew(now)
        raise


def _apply(upload: RoundUpload, seen: int, by: Any) -> int:
    submission = locked(upload.submission)
    require(by, Permission.ENTER_DATA, area=submission.area)
    now = _held(upload, by)
    lines = list(now.lines.can_be_saved().filter(chosen=True).select_related("series", "cell"))
    if now.compared != seen or any((line.cell.version if line.cell else 0) != line.version for line in lines):
        raise RowsMoved
    entries = _entries(lines)
    saved = save_cells(submission=submission, entries=entries, by=by, way="upload")
    if any(one.clashed for one in saved):
        raise RowsMoved  # a cell that was not there when the rows were compared
    now.lines.filter(pk__in=[line.pk for line in lines]).update(saved=True)
    counts = {outcome: sum(line.outcome == outcome for line in lines) for outcome in ("new", "changed", "clash")}
    _end(now, RoundUploadState.APPLIED, by)
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


@transaction.atomic
def discard_upload(*, upload: RoundUpload, by: Any) -> None:
    """Throw a filled template away, with its rows. Errors: ``PermissionDenied``, ``UploadEnded``."""
    now = _held(upload, by)
    _end(now, RoundUploadState.DISCARDED, by)
    now.lines.all().delete()


def _held(upload: RoundUpload, by: Any) -> RoundUpload:
    """The upload as it stands now, held to the end of the transaction. Errors: ``PermissionDenied``, ``UploadEnded``."""
    now = RoundUpload.objects.select_for_update(of=("self",)).select_related("submission__area").get(pk=upload.pk)
    require(by, Permission.ENTER_DATA, area=now.submission.area)
    if not now.is_shown:
        raise UploadEnded
    return now


def _end(upload: RoundUpload, state: RoundUploadState, by: Any) -> None:
    """The file goes when the end is certain."""
    upload.state, upload.ended_by, upload.ended_at = state, by, timezone.now()
    upload.save(update_fields=["state", "ended_by", "ended_at"])
    transaction.on_commit(partial(_remove, upload.path))


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def discard_old_uploads() -> int:
    """Throw away what nobody saved for ``KEPT_DAYS``, the rows of older ones, and files that no upload names."""
    long_ago = timezone.now() - timedelta(days=KEPT_DAYS)
    old = list(RoundUpload.objects.shown().filter(received_at__lt=long_ago))
    for upload in old:
        discard_upload(upload=upload, by=None)
    RoundUploadLine.objects.filter(upload__ended_at__lt=long_ago).delete()
    folder = Path(settings.UPLOADS) / FOLDER
    kept = set(RoundUpload.objects.shown().values_list("stored", flat=True))
    for file in folder.iterdir() if folder.is_dir() else ():
        if file.name not in kept and file.stat().st_mtime < (timezone.now() - timedelta(days=1)).timestamp():
            _remove(file)
    return len(old)


__all__ = [
    "RowsMoved",
    "StepRefused",
    "UploadEnded",
    "apply_upload",
    "choose_all",
    "choose_lines",
    "compare_anew",
    "discard_old_uploads",
    "discard_upload",
    "receive_filled",
]
