"""What people do with an upload: give a file, ask for its check, approve it, throw it away.

The work itself is the worker's (``upload_work``). Each step is one statement that holds only from the states it may
begin in: of two people who press at once, one is told that somebody else was there.
"""

import hashlib
import os
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sdg_targets.domain.roles import Permission
from sdg_targets.domain.rows import FileProblem
from sdg_targets.models import Dataset, Upload, UploadDeed, UploadState
from sdg_targets.models.uploads import AT_REST, new_stored_name
from sdg_targets.permissions import require

from .imports import Options
from .space import MIB

#: The longest name of a file that is remembered.
LONGEST_NAME: Final = 255


class UploadMoved(Exception):  # noqa: N818 - nothing failed: somebody was there before
    """The upload is no longer in a state from which this can be done."""


@transaction.atomic
def receive(
    blocks: Iterable[bytes], *, file_name: str, dataset: Dataset, by: Any, options: Options | None = None
) -> Upload:
    """Store a file and note it, waiting for its check. The bytes are on the disk before the row is written.

    Errors: ``PermissionDenied``; ``FileProblem`` where the file is empty, too large or has no room; then nothing is kept.
    """
    require(by, Permission.IMPORT_DATA)
    chosen = options or Options()
    upload = Upload(
        stored=new_stored_name(file_name),
        file_name=shown_name(file_name),
        dataset=dataset,
        vintage=chosen.vintage,
        origin=chosen.origin,
        complete=chosen.complete,
        backfill=chosen.backfill,
        note=chosen.note,
        by=by,
        acted_by=by,
    )
    with _kept_only_when_whole(upload.path):
        upload.file_size, upload.sha256 = _store(blocks, upload.path)
        upload.save()
    return upload


def shown_name(given: str) -> str:
    """A file's name as it may be shown: without folders, and without characters that cannot be seen or turn others round."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()
    return seen[-LONGEST_NAME:] or "file"


@contextmanager
def _kept_only_when_whole(path: Path) -> Iterator[None]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _store(blocks: Iterable[bytes], path: Path) -> tuple[int, str]:
    """Write the blocks and wait until the disk has them; returns how many bytes there were, and their checksum."""
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as stored:
        for block in blocks:
            size += len(block)
            if size > settings.UPLOAD_LIMIT:
                raise FileProblem(f"The file has more than {settings.UPLOAD_LIMIT // MIB} MiB.")
            digest.update(block)
            stored.write(block)
        stored.flush()
        os.fsync(stored.fileno())
    if not size:
        raise FileProblem("The file is empty.")
    _sync_folder(path.parent)
    return size, digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    """The name of a new file is on the disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@transaction.atomic
def request_check(*, upload: Upload, by: Any) -> Upload:
    """Ask for a check, the first or another. Errors: ``PermissionDenied``, ``UploadMoved``."""
    return _step(upload, by, {"state__in": AT_REST}, {"state": UploadState.WAITING, "wanted": UploadDeed.CHECK})


@transaction.atomic
def request_apply(*, upload: Upload, seen: int | None, by: Any) -> Upload:
    """Approve what a check showed: ``seen`` is the record of that check. Errors: ``PermissionDenied``, ``UploadMoved``."""
    if not upload.may_be_applied:
        raise UploadMoved
    now = {"state": upload.state, "tried_id": seen}
    return _step(upload, by, now, {"state": UploadState.WAITING, "wanted": UploadDeed.APPLY})


@transaction.atomic
def discard(*, upload: Upload, by: Any) -> Upload:
    """Throw the file away; the row with its checksum stays. Errors: ``PermissionDenied``, ``UploadMoved``."""
    _step(upload, by, {"state__in": AT_REST}, {"state": UploadState.DISCARDED})
    transaction.on_commit(partial(upload.path.unlink, missing_ok=True))
    return upload


def _step(upload: Upload, by: Any, begins: dict[str, Any], becomes: dict[str, Any]) -> Upload:
    """One step, where the upload still is as it must be for it."""
    require(by, Permission.IMPORT_DATA)
    changed = Upload.objects.filter(pk=upload.pk, **begins).update(
        **becomes, reason="", acted_by=by, changed_at=timezone.now()
    )
    if not changed:
        raise UploadMoved
    upload.refresh_from_db()
    return upload
