"""What the worker does with an upload: check it, or apply what was approved; and what is left of work that was stopped."""

from functools import partial
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from sdg_targets.formats.given import sha256_of
from sdg_targets.models import Import, ImportState, Upload, UploadDeed, UploadReason, UploadState
from sdg_targets.models.uploads import ENDED, RUNNING, UPLOAD_LOCK
from sdg_targets.queries.imports import OUTCOMES

from .imports import Options, import_file
from .job_locks import held, take_if_free

#: A file in the folder that no upload names is left over after so long: an upload that broke off may still be arriving.
LEFT_OVER_AFTER: Final = 24 * 3600
#: What a person approves: what would become of the rows.
APPROVED: Final = ("read", *OUTCOMES, "withdrawn", "series_codes", "vintage")


class _Differs(Exception):  # noqa: N818 - no error: the way out of a transaction
    """What would be written is not what was approved."""


def work(*, upload_id: int) -> None:
    """Do what is asked for with an upload, once, whoever else was told to; nothing where nothing is asked.

    The lock is held from before the state says "running" until after it says something else. The record of the import,
    the figures and the upload's state change in one transaction. Errors: whatever failed, after the state says so.
    """
    if not Upload.objects.filter(pk=upload_id, state=UploadState.WAITING).exists():
        return
    with held(UPLOAD_LOCK, upload_id):
        upload = _begin(upload_id)
        if upload is None:
            return
        try:
            with transaction.atomic():
                _carry_out(upload)
        except PermissionDenied:
            _interrupt(upload_id, UploadReason.NOT_ALLOWED)
        except Exception:
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()  # it is said over a new one, where this one broke
            _interrupt(upload_id, UploadReason.FAILED)
            raise


@transaction.atomic
def _begin(upload_id: int) -> Upload | None:
    upload = Upload.objects.select_for_update().filter(pk=upload_id, state=UploadState.WAITING).first()
    if upload is not None:
        running = UploadState.APPLYING if upload.wanted == UploadDeed.APPLY else UploadState.CHECKING
        _become(upload, running)
    return upload


def _carry_out(upload: Upload) -> None:
    if not upload.path.is_file() or sha256_of(upload.path) != upload.sha256:
        _become(upload, UploadState.REFUSED, reason=UploadReason.OTHER_FILE)
    elif upload.wanted == UploadDeed.CHECK:
        _check(upload)
    else:
        _apply(upload)


def _check(upload: Upload, reason: str = "") -> None:
    upload.tried = _import(upload, dry_run=True)
    refused = upload.tried.state == ImportState.REFUSED
    _become(upload, UploadState.REFUSED if refused else UploadState.CHECKED, reason=reason)


def _apply(upload: Upload) -> None:
    """Import the file, if that does what was approved; else nothing is written and the file is checked anew."""
    try:
        with transaction.atomic():
            record = _import(upload, dry_run=False)
            if upload.tried is None or approved(record) != approved(upload.tried):
                raise _Differs
    except _Differs:
        _check(upload, reason=UploadReason.DIFFERS)
        return
    upload.applied = record
    _become(upload, UploadState.APPLIED if record.state == ImportState.APPLIED else UploadState.UNCHANGED)
    transaction.on_commit(partial(_remove, upload.path))


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def approved(record: Import) -> tuple[object, ...]:
    """What two records must have in common to be the same to the person who approved one of them."""
    refused_whole = record.state == ImportState.REFUSED
    return refused_whole, *(getattr(record, name) for name in APPROVED)


def _import(upload: Upload, *, dry_run: bool) -> Import:
    options = Options(
        dry_run=dry_run,
        backfill=upload.backfill,
        complete=upload.complete,
        vintage=upload.vintage,
        origin=upload.origin,
        note=upload.note,
        file_name=upload.file_name,
    )
    return import_file(upload.path, dataset=upload.dataset, by=upload.acted_by, options=options)


def _become(upload: Upload, state: UploadState, *, reason: str = "") -> None:
    upload.state, upload.reason, upload.changed_at = state, reason, timezone.now()
    upload.save(update_fields=["state", "reason", "changed_at", "tried", "applied"])


def _interrupt(upload_id: int, reason: UploadReason) -> bool:
    """Say of work that is no longer done that it was interrupted."""
    return bool(
        Upload.objects.filter(pk=upload_id, state__in=RUNNING).update(
            state=UploadState.INTERRUPTED, reason=reason, changed_at=timezone.now()
        )
    )


def settle() -> list[Upload]:
    """Find uploads that are said to be worked on by nobody, and say so of them; take files away that nobody needs.

    Anybody may ask at any time: of work that goes on the lock is held, and its state stays. Returns those interrupted.
    """
    found = [upload for upload in Upload.objects.running() if _settle_one(upload.pk)]
    _remove_left_over()
    return found


@transaction.atomic
def _settle_one(upload_id: int) -> bool:
    return take_if_free(UPLOAD_LOCK, upload_id) and _interrupt(upload_id, UploadReason.STOPPED)


def _remove_left_over() -> None:
    """Take away stored files of uploads that have ended, and what an upload left that broke off long ago."""
    folder = Path(settings.UPLOADS)
    if not folder.is_dir():
        return
    states = dict(Upload.objects.values_list("stored", "state"))
    long_ago = timezone.now().timestamp() - LEFT_OVER_AFTER
    for file in (entry for entry in folder.iterdir() if entry.is_file()):
        state = states.get(file.name)
        if state in ENDED or (state is None and file.stat().st_mtime < long_ago):
            _remove(file)
