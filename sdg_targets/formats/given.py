"""What a person gives: a file, plain or gzip, or a folder of files; opened with its sizes checked and counted."""

import gzip
import hashlib
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from sdg_targets.domain.rows import FileProblem

#: An unpacked file may have this many bytes, declared and counted, before it is refused unread.
MAX_UNPACKED: Final = 2 * 1024**3
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a folder by their paths inside it, with ``/`` between the parts, sorted."""

    name: str
    paths: dict[str, Path]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.paths)

    def open(self, name: str) -> IO[bytes]:
        """The bytes of one file. Errors: ``KeyError`` where the folder has none of that name."""
        return self.paths[name].open("rb")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """How large what was given is, in bytes, and its checksum (SHA-256, hexadecimal)."""

    size: int
    sha256: str


def is_folder(path: Path) -> bool:
    """Whether what was given holds several files."""
    return path.is_dir()


@contextmanager
def folder_of(path: Path) -> Iterator[Folder]:
    """The files of a folder, for as long as they are read. Hidden files are none of them."""
    files = {file.relative_to(path): file for file in sorted(path.rglob("*")) if file.is_file()}
    seen = {
        inside.as_posix(): file for inside, file in files.items() if not any(p.startswith(".") for p in inside.parts)
    }
    yield Folder(path.name, seen)


def fingerprint(path: Path) -> Fingerprint:
    """Size and checksum of what was given; of a folder, over the names and checksums of its files."""
    if not is_folder(path):
        return Fingerprint(path.stat().st_size, sha256_of(path))
    digest, size = hashlib.sha256(), 0
    with folder_of(path) as folder:
        for name, file in folder.paths.items():
            digest.update(f"{name}\0{sha256_of(file)}\n".encode())
            size += file.stat().st_size
    return Fingerprint(size, digest.hexdigest())


def sha256_of(path: Path) -> str:
    """The checksum of a file as it was given, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def opened(path: Path) -> IO[bytes]:
    """The bytes of a file, unpacked where it is gzip. Errors: ``FileProblem``."""
    with path.open("rb") as stream:
        packed = stream.read(2) == b"\x1f\x8b"
    if not packed:
        if path.stat().st_size > MAX_UNPACKED:
            raise FileProblem(f"The file has more than {MAX_UNPACKED // 1024**2} MiB.")
        return path.open("rb")
    whole = tempfile.SpooledTemporaryFile(max_size=64 * 1024**2)  # noqa: SIM115 - the caller closes it
    try:
        _unpack(path, whole)
    except BaseException:
        whole.close()
        raise
    whole.seek(0)
    return whole


def _unpack(path: Path, into: IO[bytes]) -> None:
    """Unpack gzip, counting what comes out: declared sizes can lie. Errors: ``FileProblem``."""
    try:
        with gzip.open(path, "rb") as unpacked:
            for block in iter(lambda: unpacked.read(_BLOCK), b""):
                into.write(block)
                if into.tell() > MAX_UNPACKED:
                    raise FileProblem(f"The file unpacks to more than {MAX_UNPACKED // 1024**2} MiB.")
    except (OSError, EOFError, zlib.error) as error:
        raise FileProblem(f"The file is not whole gzip: {error}.") from error
