"""Is there room? Asked before a file is stored or imported: a disk that fills up half way stops everybody."""

import shutil
import tempfile
from pathlib import Path
from typing import Final

from django.conf import settings

from sdg_targets.domain.rows import FileProblem
from sdg_targets.formats.sizes import declared_size, estimated_rows, is_packed

MIB: Final = 1024**2
#: So many bytes stand on the database's disk for each row of a file when it is written, at most: staging, both versions
#: of a revised row, indexes, and the log of changes. Measured with 100,000 rows; see docs/operations.md.
BYTES_PER_ROW: Final = 1_650
#: What stays free for everybody else.
RESERVE: Final = 64 * MIB


def require_room_to_import(path: Path) -> None:
    """Refuse a file for which there is no room, before anything is written.

    The database's disk is looked at where the database is on this machine; elsewhere it is not known. Errors:
    ``FileProblem``, in words.
    """
    if settings.DATABASE_FOLDER is not None:
        _require(Path(settings.DATABASE_FOLDER), estimated_rows(path) * BYTES_PER_ROW, "where the database stands")
    if is_packed(path):
        _require(Path(tempfile.gettempdir()), declared_size(path), "where files are unpacked")


def require_room_to_store(size: int) -> None:
    """Refuse an upload for which its folder has no room. Errors: ``FileProblem``, in words."""
    _require(Path(settings.UPLOADS), size, "where uploaded files are kept")


def _require(folder: Path, size: int, where: str) -> None:
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(existing).free
    if size + RESERVE > free:
        raise FileProblem(
            f"There is not enough room {where}: this file needs about {_mib(size)} MiB and {_mib(RESERVE)} MiB stay"
            f" free for others, and {_mib(free)} MiB are free. Nothing was written."
        )


def _mib(size: int) -> str:
    return f"{-(-size // MIB):,}"
