"""Fill the staging table by COPY: with the rows that a reader gives, or with the bytes of an own CSV file as they are."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, Final

from django.db import connection

from sdg_targets.domain.rows import COLUMNS, FileProblem, ObservationRow, Problem

BLOCK: Final = 1 << 16
_LINE: Final = re.compile(r"line ([0-9]+)")


class _RowStream:
    """Rows in COPY's text format, given out as the driver asks for them: memory stays flat."""

    _ESCAPES: Final = str.maketrans(
        {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\0": "\N{REPLACEMENT CHARACTER}"}
    )

    def __init__(self, rows: Iterator[ObservationRow]) -> None:
        self._rows = rows
        self._rest = b""
        self.failure: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at least one row unless the rows have ended. What goes wrong is kept in ``failure``."""
        try:
            return self._next(size)
        except Exception as error:
            self.failure = error
            raise

    def _next(self, size: int) -> bytes:
        parts, length = [self._rest], len(self._rest)
        for row in self._rows:
            line = (
                "\t".join(r"\N" if cell is None else cell.translate(self._ESCAPES) for cell in row.cells()).encode(
                    errors="replace"  # half of a pair of UTF-16, which JSON can write and no text holds
                )
                + b"\n"
            )
            parts.append(line)
            length += len(line)
            if 0 <= size <= length:
                break
        data = b"".join(parts)
        if size < 0:
            size = len(data)
        self._rest = data[size:]
        return data[:size]


def fill_with_rows(items: Iterable[ObservationRow | Problem]) -> list[Problem]:
    """COPY what a reader gives into staging; the problems it met come back.

    Errors: what the reader raises in the midst of the file, ``FileProblem`` above all.
    """
    problems: list[Problem] = []

    def rows() -> Iterator[ObservationRow]:
        for item in items:
            if isinstance(item, Problem):
                problems.append(item)
            else:
                yield item

    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    stream = _RowStream(rows())
    with connection.cursor() as cursor:
        driver = _driver(cursor)
        try:
            driver.copy_expert(f"copy staging ({columns}) from stdin", stream, BLOCK)
        except driver.connection.Error as error:
            if stream.failure is not None:
                raise stream.failure from error
            raise
    return problems


class _ByteStream:
    """Bytes as they are, saying how many lines went by with each block."""

    def __init__(self, stream: IO[bytes], on_rows: Callable[[int], None]) -> None:
        self._stream = stream
        self._on_rows = on_rows

    def read(self, size: int = -1) -> bytes:
        block = self._stream.read(size)
        self._on_rows(block.count(b"\n"))
        return block


def fill_with_csv(
    stream: IO[bytes], names: tuple[str, ...], *, on_rows: Callable[[int], None] = lambda count: None
) -> None:
    """COPY the bytes of an own CSV file, after its heading, into staging as they are.

    A blank cell is no text, also between quotation marks: spreadsheets write them around every cell.
    Errors: ``FileProblem`` with the line, where the bytes are no CSV of that width or no UTF-8.
    """
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        driver = _driver(cursor)
        try:
            driver.copy_expert(
                f"copy staging ({columns}) from stdin with (format csv, encoding 'UTF8', force_null ({columns}))",
                _ByteStream(stream, on_rows),
                BLOCK,
            )
        except driver.connection.DataError as error:
            context = (error.diag.context or "").split("\n")[0].removeprefix("COPY staging, ")
            where = _LINE.sub(_next_line, context, count=1)
            said = error.diag.message_primary or "unreadable"
            raise FileProblem(f"The file cannot be read to its end: {said} ({where}).") from error
        _place_by_line(cursor, names)


def _next_line(match: re.Match[str]) -> str:
    """PostgreSQL was not given the heading: its lines are one less than the file's."""
    return f"line {int(match[1]) + 1}"


def _place_by_line(cursor: Any, names: tuple[str, ...]) -> None:
    """Say on which line of the file each row begins. A cell may hold line breaks: rows after it are further down."""
    columns = ", ".join(f'"{name}"' for name in names)
    cells = f"concat_ws('', {columns})"
    cursor.execute("update staging set place = 'line ' || (n + 1)")
    cursor.execute(
        f"""with broken as (
              select n, regexp_count({cells}, E'\\r\\n|\\r|\\n') as lines from staging
              where strpos({cells}, chr(10)) > 0 or strpos({cells}, chr(13)) > 0),
            further as (
              select n, sum(lines) over (order by n) as lines, lead(n) over (order by n) as until from broken)
            update staging s set place = 'line ' || (s.n + 1 + further.lines) from further
            where s.n > further.n and (s.n <= further.until or further.until is null)"""
    )


def _driver(cursor: Any) -> Any:
    """The psycopg2 cursor under Django's own: COPY has no word in the ORM."""
    return cursor.cursor.cursor if hasattr(cursor.cursor, "cursor") else cursor.cursor
