"""How large something is when unpacked, and about how many rows it has: enough to ask for room before it is read."""

import gzip
import os
import zipfile
import zlib
from pathlib import Path
from typing import Final

_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK\x03\x04"
_GZIP_SIZE_BYTES: Final = 4
_HEAD: Final = 64 * 1024
#: Bytes of a row where lines are no rows: in JSON, workbooks and folders. Those of publishers are longer.
_OTHER_ROW: Final = 200


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


def estimated_rows(path: Path) -> int:
    """About how many rows a file or folder has: its unpacked bytes by the mean length of its first lines."""
    return declared_size(path) // _row_length(path)


def _row_length(path: Path) -> int:
    head = b"" if path.is_dir() else _head(path)
    lines = head.count(b"\n")
    if head.startswith((_ZIP, b"{", b"[")) or not lines:
        return _OTHER_ROW
    return max(1, head.rfind(b"\n") // lines)


def _head(path: Path) -> bytes:
    """The first bytes, unpacked where they are gzip; none where they cannot be."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head.startswith(_GZIP):
        return head
    try:
        with gzip.open(path) as unpacked:
            return unpacked.read(_HEAD)
    except (OSError, EOFError, zlib.error):
        return b""
