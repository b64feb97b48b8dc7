"""Remittance Prices Worldwide of the World Bank: average total cost by corridor, quarters across.

``Sending Countries Name``, ``... Code``, series name and code, ``Receiving Countries  Name``, ``...  Code``, then a column for
each quarter, headed ``2011Q1 [YR2011Q1]``. The reference area is the receiving country, as in the UN's series of costs by
country, and the counterpart area the sending one. ``..`` is a corridor that was not surveyed in that quarter: no
figure. A negative cost is a figure (the exchange rate favoured the sender). The last rows are blank or a footer, whose
date has the month first.
"""

import os
import re
from collections.abc import Iterator
from typing import IO, Final

from sdg_targets.domain.numbers import NumberError, plain_number
from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading

from .lines import numbered_rows
from .mapping import CodeMaps, UnmappedCode

PROVIDER: Final = "rpw"
FORMAT: Final = "rpw-corridors"
SOURCE: Final = "World Bank, Remittance Prices Worldwide"
CARRIES: Final = frozenset(("status", "source"))
#: The headings before the quarters, with single spaces.
_BEFORE: Final = (
    "Sending Countries Name",
    "Sending Countries Code",
    "Series Name",
    "Series Code",
    "Receiving Countries Name",
    "Receiving Countries Code",
)
_SENDING, _SERIES, _RECEIVING, _FIRST = 1, 3, 5, 6
_QUARTER: Final = re.compile(r"([0-9]{4}Q[1-4]) \[YR\1\]")
_UPDATED: Final = re.compile(rb"Last Updated: ([0-9]{2})/([0-9]{2})/([0-9]{4})")
_TAIL: Final = 4096
_NOT_SURVEYED: Final = frozenset(("", ".."))


def looks_like(head: bytes) -> bool:
    """Whether the first line is the heading of a file of corridors."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"Sending Countries Name,")


def read(stream: IO[bytes], codes: CodeMaps) -> Reading:
    """Read one file of corridors. Errors: ``FileProblem`` for its heading."""
    vintage = _last_updated(stream)
    rows = numbered_rows(stream)
    _line, names = next(rows, (1, []))
    if tuple(" ".join(name.split()) for name in names[:_FIRST]) != _BEFORE:
        raise FileProblem(f"The heading does not begin with {', '.join(_BEFORE)}.")
    quarters = [match[1] if (match := _QUARTER.fullmatch(name)) else "" for name in names[_FIRST:]]
    if not all(quarters):
        odd = names[_FIRST + quarters.index("")]
        raise FileProblem(f"The column {odd!r} is headed by no quarter, such as 2011Q1 [YR2011Q1].")
    return Reading(FORMAT, vintage, (), CARRIES, _items(rows, quarters, codes))


def _last_updated(stream: IO[bytes]) -> str:
    """The day that the footer names, read ahead; the stream stays where it is. Blank where there is none."""
    here = stream.tell()
    stream.seek(max(here, stream.seek(0, os.SEEK_END) - _TAIL))
    found = _UPDATED.search(stream.read(_TAIL))
    stream.seek(here)
    if found is None:
        return ""
    month, day, year = (part.decode() for part in found.groups())
    return f"{year}-{month}-{day}"


def _items(
    rows: Iterator[tuple[int, list[str]]], quarters: list[str], codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    width = _FIRST + len(quarters)
    for line, cells in rows:
        if not any(cell.strip() for cell in cells[1:]):
            continue  # blank, or the footer
        if len(cells) != width:
            yield Problem(f"line {line}", "", "R03", f"{len(cells)} cells", f"{width} cells, as in the heading")
            continue
        surveyed = [(q, cell) for q, cell in zip(quarters, cells[_FIRST:], strict=True) if cell not in _NOT_SURVEYED]
        if surveyed:
            yield from _corridor(line, cells, surveyed, codes)


def _corridor(
    line: int, cells: list[str], surveyed: list[tuple[str, str]], codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    """The figures of one corridor; where an end of it has no meaning here they are refused together."""
    try:
        series = codes.code("series", cells[_SERIES])
        receiving, sending = (codes.country(cells[at], cells[at - 1]) for at in (_RECEIVING, _SENDING))
    except UnmappedCode as error:
        yield Problem(f"line {line}", error.concept, "R01", error.given, error.expected, rows=len(surveyed))
        return
    for quarter, text in surveyed:
        place = f"line {line}, {quarter}"
        try:
            value = plain_number(text)
        except NumberError as error:
            yield Problem(place, "value", "R02", text, str(error))
            continue
        yield ObservationRow(
            place=place,
            series=series,
            area=receiving,
            period=quarter,
            breakdown=f"COUNTERPART_AREA={sending}",
            value=value,
            status="A",
            source=SOURCE,
        )
