"""How many bytes something unpacks to, by what it says of itself: enough to ask for room before it is opened."""

import os
import zipfile
from pathlib import Path
from typing import Final

_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK\x03\x04"
_GZIP_SIZE_BYTES: Final = 4


def is_packed(path: Path) -> bool:
    """Whether the bytes are gzip or a zip archive (workbooks are)."""
    if path.is_dir():
        return False
    with path.open("rb") as stream:
        return stream.read(len(_ZIP)).startswith((_GZIP, _ZIP))


def declared_size(path: Path) -> int:
    """The bytes of a file or folder when unpacked, as it declares them; at least those it has.

    A declaration can lie: whoever unpacks counts as well. What cannot be read here is refused by its reader, with why.
    """
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    with path.open("rb") as stream:
        head = stream.read(len(_ZIP))
    size = path.stat().st_size
    if head.startswith(_GZIP):
        return max(size, _declared_by_gzip(path))
    if head == _ZIP:
        return max(size, _declared_by_zip(path))
    return size


def _declared_by_gzip(path: Path) -> int:
    """The last four bytes: the size modulo 4 GiB, which is above all that is taken."""
    with path.open("rb") as stream:
        if stream.seek(0, os.SEEK_END) < _GZIP_SIZE_BYTES:
            return 0
        stream.seek(-_GZIP_SIZE_BYTES, os.SEEK_END)
        return int.from_bytes(stream.read(_GZIP_SIZE_BYTES), "little")


def _declared_by_zip(path: Path) -> int:
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return 0
