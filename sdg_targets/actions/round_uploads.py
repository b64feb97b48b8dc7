"""What a country does with a filled template: give it, look at what it would change, choose, throw it away.

Nothing of it is a value of the submission before somebody says so (``round_upload_saving``).
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sdg_targets.domain.languages import gettext_noop
from sdg_targets.domain.roles import Permission
from sdg_targets.formats.round_template import Made
from sdg_targets.formats.round_upload import Filled, TemplateProblem, read
from sdg_targets.models import RoundUpload, RoundUploadLine, RoundUploadState, Submission
from sdg_targets.models.round_uploads import CHOSEN_AT_FIRST, FOLDER
from sdg_targets.permissions import require
from sdg_targets.queries.filled_templates import Compared, ReadRow, compare, known_of, read_rows

from .cells import MOST_AT_ONCE, require_editable
from .storing import kept_only_when_whole, shown_name, store

#: After so many days a template that nobody saved is thrown away, and what is left of the others.
KEPT_DAYS: Final = 30
_BATCH: Final = 2_000

NO_TEMPLATE: Final = gettext_noop("The column “template” says “%(said)s”, which no template says.")
OF_OTHERS: Final = gettext_noop("This template is of another country or round (%(there)s), not of this one (%(here)s).")


class UploadEnded(Exception):  # noqa: N818 - nothing failed
    """It was saved or thrown away before."""


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


def _origin(filled: Filled, submission: Submission) -> Made | None:
    """For whom the template was made; ``None`` where the file does not say. Errors: ``TemplateProblem`` where for others."""
    if not filled.made:
        return None
    made = Made.read(filled.made)
    if made is None or made.language not in dict(settings.LANGUAGES):
        raise TemplateProblem(NO_TEMPLATE, said=filled.made[:60])
    if (made.area, made.round) != (submission.area.code, submission.round.code):
        here = f"{submission.area.code}, {submission.round.code}"
        raise TemplateProblem(OF_OTHERS, there=f"{made.area}, {made.round}", here=here)
    return made


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
    now = held_upload(upload, by)
    lines = now.lines.can_be_saved().filter(pk__in=set(shown))
    lines.update(chosen=False)
    lines.filter(pk__in=set(chosen)).update(chosen=True)


@transaction.atomic
def choose_all(*, upload: RoundUpload, chosen: bool, by: Any) -> None:
    """Choose every new and changed row, or none at all. Errors: ``PermissionDenied``, ``UploadEnded``."""
    now = held_upload(upload, by)
    now.lines.update(chosen=False)
    if chosen:
        now.lines.filter(outcome__in=CHOSEN_AT_FIRST).update(chosen=True)


@transaction.atomic
def compare_anew(*, upload: RoundUpload, by: Any) -> None:
    """Compare the rows with what stands now. Errors: ``PermissionDenied``, ``UploadEnded``."""
    compare_held(held_upload(upload, by))


def compare_held(upload: RoundUpload) -> None:
    """Compare the rows of an upload that is held with what stands now.

    What a person chose or left out stays so, where the row is still what it was.
    """
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


@transaction.atomic
def discard_upload(*, upload: RoundUpload, by: Any) -> None:
    """Throw a filled template away, with its rows. Errors: ``PermissionDenied``, ``UploadEnded``."""
    now = held_upload(upload, by)
    end_upload(now, RoundUploadState.DISCARDED, by)
    now.lines.all().delete()


def held_upload(upload: RoundUpload, by: Any) -> RoundUpload:
    """The upload as it stands now, held to the end of the transaction. Errors: ``PermissionDenied``, ``UploadEnded``."""
    now = RoundUpload.objects.select_for_update(of=("self",)).select_related("submission__area").get(pk=upload.pk)
    require(by, Permission.ENTER_DATA, area=now.submission.area)
    if not now.is_shown:
        raise UploadEnded
    return now


def end_upload(upload: RoundUpload, state: RoundUploadState, by: Any) -> None:
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
