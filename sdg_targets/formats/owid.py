"""Our World in Data chart downloads: ``Entity,Code,Year,<a column for each measure>``.

A heading names a series of the UN SDG database, as in ``10.7.2 - ... - SG_CPA_MIGRS - All Domains``, or is mapped to a
series as a whole. Codes are ISO3, besides codes of the site's own (``OWID_WRL``); rows without a code are the site's groups,
whose names are mapped or refused as such. A blank cell is no figure; a 0 of a series that is mapped under ``zero`` may be none
either: it has that status and says so.
"""

import re
from collections.abc import Iterator
from typing import IO, Final

from sdg_targets.domain.disaggregation import TOTAL
from sdg_targets.domain.numbers import NumberError, plain_number
from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading

from .lines import numbered_rows
from .mapping import CodeMaps, UnmappedCode
from .wdi import doubt_of

PROVIDER: Final = "owid"
FORMAT: Final = "owid"
CARRIES: Final = frozenset(("status",))
_HEADING: Final = re.compile(r".* - (?P<series>[A-Z]{2}_[A-Z0-9_]+) - All .*")
_FIRST: Final = 3


def looks_like(head: bytes) -> bool:
    """Whether the first line is the heading of a chart download."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"Entity,Code,Year,")


def read(stream: IO[bytes], codes: CodeMaps) -> Reading:
    """Read one chart download. Errors: ``FileProblem`` where a heading names no series known here."""
    rows = numbered_rows(stream)
    _line, names = next(rows, (1, []))
    series = tuple(_series(name, codes) for name in names[_FIRST:])
    carries = CARRIES | {"footnote"} if any(codes.find("zero", name) for name in series) else CARRIES
    return Reading(FORMAT, "", series, carries, _items(rows, series, codes))


def _series(heading: str, codes: CodeMaps) -> str:
    if match := _HEADING.fullmatch(heading):
        return match["series"]
    mapped = codes.find("series", heading)
    if mapped is None:
        raise FileProblem(f"The heading {heading!r} names no series of the UN SDG database and is mapped to none.")
    return mapped


def _items(
    rows: Iterator[tuple[int, list[str]]], series: tuple[str, ...], codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    width = _FIRST + len(series)
    for line, cells in rows:
        if len(cells) != width:
            yield Problem(f"line {line}", "", "R03", f"{len(cells)} cells", f"{width} cells, as in the heading")
            continue
        filled = [(name, cell) for name, cell in zip(series, cells[_FIRST:], strict=True) if cell]
        if filled:
            yield from _line_of(line, cells, filled, codes)


def _line_of(
    line: int, cells: list[str], filled: list[tuple[str, str]], codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    entity, code, year = cells[:_FIRST]
    try:
        area = codes.country(code or entity)
    except UnmappedCode as error:
        yield Problem(f"line {line}", "area", "R01", error.given, error.expected, rows=len(filled))
        return
    for name, text in filled:
        place = f"line {line}" if len(cells) == _FIRST + 1 else f"line {line}, {name}"
        try:
            value = plain_number(text)
        except NumberError as error:
            yield Problem(place, "value", "R02", text, str(error))
            continue
        status, footnote = doubt_of(name, value, codes)
        yield ObservationRow(place, name, area, year, TOTAL, value, status=status, footnote=footnote)
