"""One checksum of several files' names and contents."""

import hashlib
from collections.abc import Iterable
from typing import Protocol


class Readable(Protocol):
    """What has a name and bytes, as a ``pathlib.Path`` has."""

    @property
    def name(self) -> str: ...

    def read_bytes(self) -> bytes: ...


def checksum(files: Iterable[Readable]) -> str:
    """The SHA-256 of the files in their order, hexadecimal: another name or another byte gives another."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
