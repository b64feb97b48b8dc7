"""Archives of files (zip, tar, tar with gzip), unpacked where nothing of them decides where anything is written.

What is believed of an archive: the bytes of its plain files, counted as they come. Not believed: its names (files are
written under numbers of our own), its sizes (declared ones are added up first, real ones are counted), its links and
devices (refused). A workbook is a zip archive too, and is none of these.
"""

import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final

from sdg_targets.domain.rows import FileProblem

#: The files of an archive may have this many bytes together, declared and counted.
MAX_TOGETHER: Final = 512 * 1024**2
#: An archive may have so many members.
MAX_MEMBERS: Final = 20_000
#: A name inside an archive may have this many signs.
MAX_NAME: Final = 300
_BLOCK: Final = 1 << 18
_ZIP: Final = b"PK\x03\x04"
_GZIP: Final = b"\x1f\x8b"
#: Where a tar file says that it is one.
_TAR_MARK: Final = slice(257, 262)
#: Members by which a zip archive is known as a workbook.
_WORKBOOK: Final = frozenset(("[Content_Types].xml", "mimetype"))
_UNIX_LINK: Final = 0o120000
_UNIX_KIND: Final = 0o170000
_ENCRYPTED: Final = 0x1
#: Other ways of packing ask for as much memory as the archive says.
_PACKED: Final = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
#: What the libraries say of an archive that is not whole.
_BROKEN: Final = (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """A plain file of an archive: its name, the size it declares, and how it is opened."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]


def is_archive(path: Path) -> bool:
    """Whether a file is an archive of files: judged by its bytes, whatever its name."""
    with path.open("rb") as stream:
        head = stream.read(_BLOCK)
    if head.startswith(_ZIP):
        return _is_zip_of_files(path)
    if head.startswith(_GZIP):
        head = _unpacked(head)
    return head[_TAR_MARK] == b"ustar"


def _is_zip_of_files(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return not _WORKBOOK & set(archive.namelist())
    except _BROKEN:
        return False


def _unpacked(start: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, 512)
    except zlib.error:
        return b""


def unpack(path: Path, folder: Path, opened: Callable[[Path, int], IO[bytes]]) -> dict[str, Path]:
    """Write each file of an archive into a folder, under a number of our own; returns where each stands, by its name.

    Every name and declared size is checked before anything is written; ``opened`` unpacks gzip, counting. Errors:
    ``FileProblem`` for a broken archive or one that asks for what is not given.
    """
    try:
        with path.open("rb") as stream:
            is_zip = stream.read(4) == _ZIP
        with _zip_members(path) if is_zip else _tar_members(path, opened) as members:
            _refuse_bad(members)
            return _written(members, folder)
    except _BROKEN as error:
        raise FileProblem(f"The archive cannot be read: {error or type(error).__name__}.") from error


@contextmanager
def _zip_members(path: Path) -> Iterator[list[Member]]:
    with zipfile.ZipFile(path) as archive:
        found = archive.infolist()
        _refuse_many(len(found))
        yield [_zip_member(archive, info) for info in found if not info.is_dir()]


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    if (info.external_attr >> 16) & _UNIX_KIND == _UNIX_LINK:
        raise FileProblem(f"The archive has a link ({info.filename[:80]}): give plain files only.")
    if info.flag_bits & _ENCRYPTED:
        raise FileProblem("The archive is encrypted: give it without a password.")
    if info.compress_type not in _PACKED:
        raise FileProblem("The archive is packed in an uncommon way: pack it as plain zip (deflate).")
    return Member(info.filename, info.file_size, lambda: archive.open(info))


@contextmanager
def _tar_members(path: Path, opened: Callable[[Path, int], IO[bytes]]) -> Iterator[list[Member]]:
    # The packing of a tar adds at most its headers to the files: twice the limit is enough for what is allowed.
    with opened(path, 2 * MAX_TOGETHER) as stream, tarfile.open(fileobj=stream, mode="r:") as archive:
        members = []
        for number, info in enumerate(archive, start=1):
            _refuse_many(number)
            if info.isdir():
                continue
            members.append(_tar_member(archive, info))
        yield members


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Member:
    if not info.isreg() or info.issparse():
        raise FileProblem(f"The archive has a link or a device ({info.name[:80]}): give plain files only.")

    def open_it() -> IO[bytes]:
        stream = archive.extractfile(info)
        if stream is None:
            raise FileProblem(f"The archive has a member that is no file ({info.name[:80]}).")
        return stream

    return Member(info.name, info.size, open_it)


def _refuse_many(count: int) -> None:
    if count > MAX_MEMBERS:
        raise FileProblem(f"The archive has more than {MAX_MEMBERS:,} members.")


def _refuse_bad(members: list[Member]) -> None:
    """Errors: ``FileProblem`` for names that lead elsewhere or stand twice, and for declared sizes."""
    if sum(member.size for member in members) > MAX_TOGETHER:
        raise _too_large()
    seen = set()
    for member in members:
        parts = PurePosixPath(member.name).parts
        strange = (
            not parts or ".." in parts or "\\" in member.name or "\0" in member.name or len(member.name) > MAX_NAME
        )
        if strange or PurePosixPath(member.name).is_absolute() or ":" in parts[0]:
            raise FileProblem(f"The archive has a name that leads elsewhere: {member.name[:80]!r}.")
        if parts in seen:
            raise FileProblem(f"The archive has two files of the name {member.name[:80]!r}.")
        seen.add(parts)


def _too_large() -> FileProblem:
    return FileProblem(f"The files of the archive have more than {MAX_TOGETHER // 1024**2} MiB together.")


def _written(members: list[Member], folder: Path) -> dict[str, Path]:
    written: dict[str, Path] = {}
    left = MAX_TOGETHER
    for number, member in enumerate(members):
        target = folder / f"{number:06}"
        with member.open() as stream, target.open("wb") as into:
            while block := stream.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise _too_large()
                into.write(block)
        written[PurePosixPath(member.name).as_posix()] = target
    return written


def without_common_folder(paths: dict[str, Path]) -> dict[str, Path]:
    """The names without the one folder in which everything stands, as archives of repositories have it."""
    tops = {name.split("/", 1)[0] for name in paths}
    if len(tops) != 1 or any("/" not in name for name in paths):
        return paths
    return {name.split("/", 1)[1]: path for name, path in paths.items()}
