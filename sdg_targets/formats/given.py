"""What a person gives: a file, plain or gzip, or a folder of files (also as an archive); sizes checked and counted."""

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

from .archives import is_archive, unpack, without_common_folder

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
    """Whether what was given holds several files: a folder, or an archive of one."""
    return path.is_dir() or is_archive(path)


@contextmanager
def folder_of(path: Path) -> Iterator[Folder]:
    """The files of a folder or an archive, for as long as they are read. Hidden files are none of them.

    Links are followed nowhere: what a folder shows is what stands in it. Errors: ``FileProblem`` for an archive.
    """
    if path.is_dir():
        files = {
            file.relative_to(path).as_posix(): file
            for file in path.rglob("*")
            if file.is_file() and not file.is_symlink()
        }
        yield Folder(path.name, _shown(files))
        return
    with tempfile.TemporaryDirectory() as place:
        files = unpack(path, Path(place), opened)
        yield Folder(path.name, without_common_folder(_shown(files)))


def _shown(files: dict[str, Path]) -> dict[str, Path]:
    """The files that are not hidden, sorted by their names; what a Macintosh adds to an archive is hidden too.

    Errors: ``FileProblem`` for a name that could not be printed in a report.
    """
    shown: dict[str, Path] = {}
    for name in sorted(files):
        if any(part.startswith(".") or part == "__MACOSX" for part in name.split("/")):
            continue
        if not name.isprintable():
            raise FileProblem(f"A file has a name that is no text: {name[:80]!a}.")
        shown[name] = files[name]
    return shown


def fingerprint(path: Path) -> Fingerprint:
    """Size and checksum of what was given; of a folder on disk, over the names and checksums of its files."""
    if not path.is_dir():
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


def opened(path: Path, most: int | None = None) -> IO[bytes]:
    """The bytes of a file, unpacked where it is gzip; at most ``MAX_UNPACKED`` or ``most``. Errors: ``FileProblem``."""
    limit = MAX_UNPACKED if most is None else most
    with path.open("rb") as stream:
        packed = stream.read(2) == b"\x1f\x8b"
    if not packed:
        if path.stat().st_size > limit:
            raise FileProblem(f"The file has more than {limit // 1024**2} MiB.")
        return path.open("rb")
    whole = tempfile.SpooledTemporaryFile(max_size=64 * 1024**2)  # noqa: SIM115 - the caller closes it
    try:
        _unpack(path, whole, limit)
    except BaseException:
        whole.close()
        raise
    whole.seek(0)
    return whole


def _unpack(path: Path, into: IO[bytes], limit: int) -> None:
    """Unpack gzip, counting what comes out: declared sizes can lie. Errors: ``FileProblem``."""
    try:
        with gzip.open(path, "rb") as unpacked:
            for block in iter(lambda: unpacked.read(_BLOCK), b""):
                into.write(block)
                if into.tell() > limit:
                    raise FileProblem(f"The file unpacks to more than {limit // 1024**2} MiB.")
    except (OSError, EOFError, zlib.error) as error:
        raise FileProblem(f"The file is not whole gzip: {error}.") from error
