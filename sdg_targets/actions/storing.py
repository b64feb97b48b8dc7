"""Storing a file that somebody gave: whole on the disk or not at all, under a name that is not theirs."""

import hashlib
import os
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sdg_targets.domain.rows import FileProblem

from .space import MIB

#: The longest name of a file that is remembered.
LONGEST_NAME: Final = 255


def shown_name(given: str) -> str:
    """A file's name as it may be shown: without folders, and without characters that cannot be seen or turn others round."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()
    return seen[-LONGEST_NAME:] or "file"


@contextmanager
def kept_only_when_whole(path: Path) -> Iterator[None]:
    """Make the folder of a file that is about to be written, and take the file away again where anything fails."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def store(blocks: Iterable[bytes], path: Path, *, limit: int) -> tuple[int, str]:
    """Write the blocks and wait until the disk has them; returns how many bytes there were, and their checksum.

    Errors: ``FileProblem`` where there are none, or more than the limit.
    """
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as stored:
        for block in blocks:
            size += len(block)
            if size > limit:
                raise FileProblem(f"The file has more than {limit // MIB} MiB.")
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
