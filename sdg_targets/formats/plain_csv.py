"""The product's own CSV format: one row per observation, columns by name, UTF-8, comma (or, read, semicolon or tab).

Required columns: series, area, period, breakdown, value. The optional ones are those of ``ObservationRow``; ``dataset``,
``vintage`` and ``retrieved`` may stand on each row and say where it comes from. A blank cell is no value, never zero;
the total is ``_T``, never blank. ``heading`` serves the bulk path, in which the bytes go to the database as they are;
``read`` serves small files and is what the bulk path is compared with in the tests.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, Final

from sdg_targets.domain.rows import COLUMNS, KEY, OPTIONAL, FileProblem, ObservationRow, Problem, Reading

from .lines import numbered_rows

FORMAT: Final = "csv"
SEPARATORS: Final = (",", ";", "\t")
#: Columns that say where a row comes from.
PROVENANCE: Final = ("dataset", "vintage", "retrieved")
REQUIRED: Final = (*KEY, "value")
#: So many names of wrong columns are told.
TOLD: Final = 10
KNOWN: Final = frozenset((*COLUMNS, *PROVENANCE)) - {"place"}


def looks_like(head: bytes) -> bool:
    """Whether the first line is a heading of this format."""
    return _parted_by(head) is not None


def separator_of(head: bytes) -> str:
    """What parts the columns: a comma, or what spreadsheets of many countries write, a semicolon or a tab."""
    return _parted_by(head) or SEPARATORS[0]


def _parted_by(head: bytes) -> str | None:
    first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    for sign in SEPARATORS:
        if set(REQUIRED) <= {cell.strip('" ') for cell in first.split(sign)}:
            return sign
    return None


def heading(line: bytes) -> tuple[str, ...]:
    """The column names of the first line.

    Errors: ``FileProblem`` naming the columns that are missing, unknown or given twice.
    """
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileProblem("The first line is not UTF-8 text.") from error
    return checked(tuple(cell.strip() for cell in next(csv.reader([text], delimiter=separator_of(line)), [])))


def checked(names: tuple[str, ...]) -> tuple[str, ...]:
    """Column names as they are, if they are those of an observation file. Errors: ``FileProblem``, as ``heading``."""
    missing = [name for name in REQUIRED if name not in names]
    unknown = [name or "(blank)" for name in names if name not in KNOWN]
    twice = sorted(name for name, times in Counter(names).items() if times > 1)
    if missing or unknown or twice:
        said = [
            f"{word}: {', '.join(name[:40] for name in which[:TOLD])}{' and others' if len(which) > TOLD else ''}"
            for word, which in (("missing", missing), ("unknown", unknown), ("given twice", twice))
            if which
        ]
        raise FileProblem(f"The heading is not that of an observation file ({'; '.join(said)}).")
    return names


def read(stream: IO[bytes], vintage: str = "") -> Reading:
    """Read a file row by row. Errors: ``FileProblem`` for the heading; ragged rows are problems in the items."""
    line = stream.readline()
    names = heading(line)
    rows = numbered_rows(stream, first=2, delimiter=separator_of(line))
    return Reading(FORMAT, vintage, (), frozenset(names) & frozenset(OPTIONAL), _items(rows, names))


def _items(rows: Iterable[tuple[int, list[str]]], names: tuple[str, ...]) -> Iterator[ObservationRow | Problem]:
    for line, cells in rows:
        place = f"line {line}"
        if len(cells) != len(names):
            yield Problem(place, "", "R03", f"{len(cells)} cells", f"{len(names)} cells, as in the heading")
            continue
        given = {name: cell or None for name, cell in zip(names, cells, strict=True) if name in COLUMNS}
        keys = {name: given.pop(name) or "" for name in KEY}
        yield ObservationRow(place=place, **keys, **given)  # type: ignore[arg-type]


class _PlainEnds:
    """Lines that end with ``\\n``. The writer believes in ``\\r\\n``: so it quotes cells that hold ``\\r``, as readers expect."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, line: str) -> int:
        return self._stream.write(line.removesuffix("\r\n") + "\n")


def write(
    rows: Iterable[ObservationRow],
    stream: IO[str],
    *,
    carries: Iterable[str] = OPTIONAL,
    provenance: dict[str, str] | None = None,
) -> int:
    """Write rows with their key, value and the columns they carry, after their provenance; returns how many."""
    given, kept = provenance or {}, frozenset(carries)
    names = [name for name in COLUMNS if name in REQUIRED or name in kept]
    writer = csv.writer(_PlainEnds(stream), lineterminator="\r\n")
    writer.writerow([*given, *names])
    count = 0
    for row in rows:
        cells = (getattr(row, name) for name in names)
        writer.writerow([*given.values(), *("" if cell is None else cell for cell in cells)])
        count += 1
    return count
