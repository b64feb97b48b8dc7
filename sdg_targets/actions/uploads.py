"""What people do with an upload: give a file, ask for its check, approve it, throw it away.

The work itself is the worker's (``upload_work``). Each step is one statement that holds only from the states it may
begin in: of two people who press at once, one is told that somebody else was there.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sdg_targets.domain.roles import Permission
from sdg_targets.models import Dataset, Upload, UploadDeed, UploadState
from sdg_targets.models.uploads import AT_REST, new_stored_name
from sdg_targets.permissions import require

from .imports import Options
from .storing import kept_only_when_whole, shown_name, store


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
    with kept_only_when_whole(upload.path):
        upload.file_size, upload.sha256 = store(blocks, upload.path, limit=settings.UPLOAD_LIMIT)
        upload.save()
    return upload


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
