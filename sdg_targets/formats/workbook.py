"""Workbooks (XLSX and the older XLS) as sheets of cells: the one place where a spreadsheet's bytes are opened.

They are read by another process with limits of its own (``workbook_cells.py``): whatever stands in a file, here arrive
cells or a ``FileProblem``, in bounded time and memory. The cells wait in a temporary file and are read row by row.

A number of an XLSX is binary. ``number_text`` gives the shortest decimal text that reads back as the same number: 6.2
stays 6.2 and 1234567890123 stays whole; noughts after the last digit are not kept, for the file does not have them.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Final, overload

from sdg_targets.domain.rows import FileProblem


class Percent(float):
    """A number of an XLSX that is shown as a percentage: 0.062 where a person sees, and typed, 6.2%."""


Cell = str | int | float | bool | date | datetime | time | timedelta
#: A workbook may have so many bytes as it is given, and take so many seconds to read.
MAX_PACKED: Final = 64 * 1024**2
TIMEOUT: Final = 120
CHILD: Final = Path(__file__).with_name("workbook_cells.py")
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLOCK: Final = 1 << 20
_KINDS: Final[Mapping[str, Callable[[Any], Cell]]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=seconds),
    "percent": Percent,
}


class _Answer:
    """The temporary file with the lines of the other process; closed when the last sheet is forgotten."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - __del__ closes it

    def __del__(self) -> None:
        self.file.close()


class Sheet(Sequence[list[Cell]]):
    """The rows of a sheet, each read when it is asked for; row ``n`` of the spreadsheet is number ``n - 1``."""

    def __init__(self, answer: _Answer) -> None:
        self._answer = answer
        self._begins = array("Q")
        self._ends = array("Q")

    def add(self, begin: int, end: int) -> None:
        """Enter the bytes of one more row."""
        self._begins.append(begin)
        self._ends.append(end)

    def __len__(self) -> int:
        return len(self._begins)

    @overload
    def __getitem__(self, at: int) -> list[Cell]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[Cell]]: ...
    def __getitem__(self, at: int | slice) -> list[Cell] | list[list[Cell]]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        begin, end = self._begins[at], self._ends[at]
        return [_cell(given) for given in json.loads(os.pread(self._answer.file.fileno(), end - begin, begin))]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a workbook by name, in order; each is a sequence of rows of cells, from the sheet's first row on.

    A blank cell is an empty text; an error, such as ``#DIV/0!``, is its text in an XLSX and a blank in an XLS. Row ``n`` of
    a sheet is ``sheets[name][n - 1]``. ``kind`` is ``xlsx`` or ``xls``.
    """

    sheets: Mapping[str, Sequence[list[Cell]]] = field(default_factory=dict)
    kind: str = "xlsx"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.sheets)


def is_workbook(head: bytes) -> bool:
    """Whether the first bytes are those of a zip archive or of an OLE file, as workbooks are."""
    return head.startswith((_ZIP, _OLE))


def open_workbook(stream: IO[bytes]) -> Workbook:
    """Read every sheet. Errors: ``FileProblem``, which says what is wrong with the file."""
    answer = _Answer()
    with tempfile.TemporaryFile() as given:
        _copy(stream, given)
        ended = _ask(given, answer.file)
    return _read(answer, ended)


def _copy(stream: IO[bytes], into: IO[bytes]) -> None:
    for block in iter(lambda: stream.read(_BLOCK), b""):
        into.write(block)
        if into.tell() > MAX_PACKED:
            raise FileProblem(f"This workbook has more than {MAX_PACKED // 1024**2} MiB.")
    into.seek(0)


def _ask(given: IO[bytes], answer: IO[bytes]) -> int:
    """Let the other process read the file; returns how it ended. It inherits nothing but the two files."""
    command = [sys.executable, "-I", str(CHILD)]
    try:
        return subprocess.run(
            command,
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            timeout=TIMEOUT,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired as error:
        raise FileProblem(f"This workbook takes more than {TIMEOUT} seconds to read.") from error


def _read(answer: _Answer, ended: int) -> Workbook:
    """The answer as sheets: one pass over its lines, which keeps where each row stands."""
    sheets: dict[str, Sheet] = {}
    begin, kind, said = 0, "", {}
    rows = Sheet(answer)
    answer.file.seek(0)
    for line in answer.file:
        end = begin + len(line)
        if line.startswith(b"["):
            rows.add(begin, end)
        elif line.endswith(b"\n"):
            said = _said(line)
            kind = said.get("kind", kind)
            if "sheet" in said:
                rows = sheets[said["sheet"]] = Sheet(answer)
        begin = end
    if "problem" in said:
        raise FileProblem(f"This workbook cannot be read: {said['problem']}.")
    if "end" not in said:
        asked = "time" if ended == -signal.SIGXCPU else "memory"
        raise FileProblem(f"This workbook cannot be read: it asks for more {asked} than a workbook may.")
    if not sheets:
        raise FileProblem("This workbook has no sheet of cells.")
    return Workbook(sheets, kind)


def _said(line: bytes) -> dict[str, str]:
    """What a line that is no row says; nothing where the other process no longer speaks as agreed."""
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _cell(given: Any) -> Cell:
    if not isinstance(given, list):
        return given  # type: ignore[no-any-return]
    what, text = given
    return _KINDS[what](text)


def number_text(number: float) -> str:
    """A number as the shortest plain decimal text that reads back as the same: 6.2, 1234567890123, 0.00003."""
    text = format(Decimal(repr(number)), "f")
    return text.removesuffix(".0")


def is_error(cell: Cell) -> bool:
    """Whether a cell holds a spreadsheet's error, such as ``#DIV/0!``, or a formula without a result."""
    return isinstance(cell, str) and cell.startswith("#") and cell.rstrip("!?").isupper() and " " not in cell


def column_name(column: int) -> str:
    """The letters of a column, counted from 0: ``A`` is 0, ``AA`` is 26."""
    name, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def place_of(sheet: str, row: int, column: int) -> str:
    """Where a cell stands, as a spreadsheet says it: ``Data!E12``. Rows are counted from 1, columns from 0."""
    return f"{sheet}!{column_name(column)}{row}"
