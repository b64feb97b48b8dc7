"""World Development Indicators of the World Bank as its site gives them: one indicator a file, years across.

Four lines stand before the heading (source, date of the last update); every line ends in a comma. Countries have ISO codes,
besides codes of the Bank's own for Kosovo and for its regions and groups. A blank cell is no figure.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Final

from sdg_targets.domain.disaggregation import TOTAL
from sdg_targets.domain.numbers import NumberError, plain_number
from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading

from .lines import numbered_rows
from .mapping import CodeMaps, UnmappedCode

PROVIDER: Final = "wdi"
FORMAT: Final = "wdi-csv"
SOURCE: Final = "World Bank, World Development Indicators"
#: What is said beside a 0 of this database, here and where others pass it on.
ZERO: Final = "A 0 in this database may stand for a figure that was not reported."
CARRIES: Final = frozenset(("status", "source", "footnote"))
_HEADING: Final = ["Country Name", "Country Code", "Indicator Name", "Indicator Code"]
_CODE, _INDICATOR, _FIRST = 1, 3, 4
_YEAR: Final = re.compile(r"[0-9]{4}")
#: The heading stands within so many lines.
_LINES_BEFORE: Final = 10


def looks_like(head: bytes) -> bool:
    """Whether the first line names this database."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b'"Data Source","World Development Indicators"')


def read(stream: IO[bytes], codes: CodeMaps) -> Reading:
    """Read one file. Errors: ``FileProblem`` where no heading is found or a column is headed by no year."""
    rows = numbered_rows(stream)
    updated = ""
    for line, cells in rows:
        if cells[:1] == ["Last Updated Date"]:
            updated = cells[1]
        if cells[:_FIRST] == _HEADING:
            return Reading(FORMAT, updated, (), CARRIES, _items(rows, _years(cells), codes))
        if line > _LINES_BEFORE:
            break
    raise FileProblem(f"No line of the first {_LINES_BEFORE} is the heading {', '.join(_HEADING)}.")


def _years(names: list[str]) -> list[str]:
    """The headings of the columns of figures; the blank one is what is left after the last comma."""
    years = names[_FIRST:]
    odd = next((year for year in years if year and not _YEAR.fullmatch(year)), None)
    if odd is not None:
        raise FileProblem(f"The column {odd!r} is headed by no year.")
    return years


def _items(
    rows: Iterator[tuple[int, list[str]]], years: list[str], codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    width = _FIRST + len(years)
    for line, cells in rows:
        if not any(cells):
            continue
        if len(cells) != width:
            yield Problem(f"line {line}", "", "R03", f"{len(cells)} cells", f"{width} cells, as in the heading")
            continue
        filled = [(year, cell) for year, cell in zip(years, cells[_FIRST:], strict=True) if cell]
        if filled:
            yield from _country(line, cells, filled, codes)


def _country(
    line: int, cells: list[str], filled: list[tuple[str, str]], codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    """The figures of one line; where its indicator or its area has no meaning here they are refused together."""
    try:
        series, area = codes.code("series", cells[_INDICATOR]), codes.country(cells[_CODE], cells[0])
    except UnmappedCode as error:
        yield Problem(f"line {line}", error.concept, "R01", error.given, error.expected, rows=len(filled))
        return
    for year, text in filled:
        place = f"line {line}, {year or 'after the last year'}"
        try:
            value = plain_number(text)
        except NumberError as error:
            yield Problem(place, "value", "R02", text, str(error))
            continue
        status, footnote = doubt_of(series, value, codes)
        yield ObservationRow(
            place=place,
            series=series,
            area=area,
            period=year,
            breakdown=TOTAL,
            value=value,
            status=status,
            source=SOURCE,
            footnote=footnote,
        )


def doubt_of(series: str, value: str, codes: CodeMaps) -> tuple[str, str | None]:
    """Status and footnote of a value: a 0 of a series that is mapped under ``zero`` has that status and says why."""
    status = codes.find("zero", series) if Decimal(value) == 0 else None
    return (status, ZERO) if status else ("A", None)
