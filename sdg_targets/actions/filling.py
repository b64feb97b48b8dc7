"""Fill the staging table by COPY: with the rows that a reader gives, or with the bytes of an own CSV file as they are."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, Final

from django.db import connection

from sdg_targets.domain.rows import COLUMNS, FileProblem, ObservationRow, Problem

from . import staging

BLOCK: Final = 1 << 18
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
    staging.list_texts(COLUMNS)
    return problems


class _ByteStream:
    """Bytes as they are, counting the ends of lines that go by, and saying with each block how many they were."""

    def __init__(self, stream: IO[bytes], on_rows: Callable[[int], None]) -> None:
        self._stream = stream
        self._on_rows = on_rows
        self._last = b"\n"
        self._feeds = self._returns = 0

    def read(self, size: int = -1) -> bytes:
        block = self._stream.read(size)
        feeds = block.count(b"\n")
        self._feeds += feeds
        self._returns += block.count(b"\r")
        self._last = block[-1:] or self._last
        self._on_rows(feeds)
        return block

    def is_a_line_each(self, rows: int) -> bool:
        """Whether so many rows stood each on one line: no cell can then hold a line break."""
        open_end = self._last != b"\n"
        return self._feeds + open_end == rows and self._returns in (0, self._feeds)


def fill_with_csv(
    stream: IO[bytes],
    names: tuple[str, ...],
    *,
    separator: str = ",",
    on_rows: Callable[[int], None] = lambda count: None,
) -> int:
    """COPY the bytes of an own CSV file, after its heading, into staging as they are; returns how many rows there are.

    A blank cell is no text, also between quotation marks: spreadsheets write them around every cell.
    Errors: ``FileProblem`` with the line, where the bytes are no CSV of that width or no UTF-8.
    """
    columns = ", ".join(f'"{name}"' for name in names)
    bytes_read = _ByteStream(stream, on_rows)
    with connection.cursor() as cursor:
        driver = _driver(cursor)
        try:
            driver.copy_expert(
                f"copy staging ({columns}) from stdin with"
                f" (format csv, delimiter E'{separator}', encoding 'UTF8', force_null ({columns}))",
                bytes_read,
                BLOCK,
            )
        except driver.connection.DataError as error:
            context = (error.diag.context or "").split("\n")[0].removeprefix("COPY staging, ")
            where = _LINE.sub(_next_line, context, count=1)
            said = error.diag.message_primary or "unreadable"
            raise FileProblem(f"The file cannot be read to its end: {said} ({where}).") from error
        rows = int(driver.rowcount)
        if not bytes_read.is_a_line_each(rows):
            _count_breaks(cursor, names)
    staging.list_texts(names)
    return rows


def _next_line(match: re.Match[str]) -> str:
    """PostgreSQL was not given the heading: its lines are one less than the file's."""
    return f"line {int(match[1]) + 1}"


def _count_breaks(cursor: Any, names: tuple[str, ...]) -> None:
    """Count the line breaks inside of cells: by so many lines the rows after them stand further down."""
    cells = f"concat_ws('', {', '.join(chr(34) + name + chr(34) for name in names)})"
    cursor.execute(
        f"""insert into staged_breaks (n, further)
            select n, sum(regexp_count({cells}, E'\\r\\n|\\r|\\n')) over (order by n) from staging
            where strpos({cells}, chr(10)) > 0 or strpos({cells}, chr(13)) > 0"""
    )


def _driver(cursor: Any) -> Any:
    """The psycopg2 cursor under Django's own: COPY has no word in the ORM."""
    return cursor.cursor.cursor if hasattr(cursor.cursor, "cursor") else cursor.cursor
