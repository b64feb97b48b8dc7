"""Bytes to rows and back. This is the registry: which reader a file is for, by its first bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Final

from sdg_targets.domain.rows import FileProblem, Reading

from . import ddf, owid, plain_csv, unsd
from .mapping import CodeMaps


@dataclass(frozen=True, slots=True)
class Reader:
    """A format that can be read: its name, the provider whose codes it uses, and how to know and read it."""

    format: str
    provider: str
    looks_like: Callable[[bytes], bool]
    read: Callable[[IO[bytes], CodeMaps], Reading]


def _read_plain(stream: IO[bytes], codes: CodeMaps) -> Reading:
    return plain_csv.read(stream)


READERS: Final = (
    Reader(unsd.FORMAT, unsd.PROVIDER, unsd.looks_like, unsd.read),
    Reader(ddf.FORMAT, ddf.PROVIDER, ddf.looks_like, ddf.read),
    Reader(owid.FORMAT, owid.PROVIDER, owid.looks_like, owid.read),
    Reader(plain_csv.FORMAT, "", plain_csv.looks_like, _read_plain),
)


def reader_for(head: bytes) -> Reader:
    """The reader of a file that begins with these bytes. Errors: ``FileProblem`` where none knows it."""
    for reader in READERS:
        if reader.looks_like(head):
            return reader
    raise FileProblem(
        "No reader knows this file. Known are: the long JSON files of the UN Statistics Division, DDF datapoint files"
        " of its 2020-10 snapshot, chart downloads of Our World in Data, and this product's own CSV."
    )
