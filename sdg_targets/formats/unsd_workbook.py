"""UNSD's workbooks of a series: one sheet, a row for each area and year whether or not it has data.

A row in which nothing is printed of the observation (value, source, footnote, nature, unit all blank) is a place in the
publisher's grid and no observation. Area codes are not padded; there are no bounds. A place is a cell: ``Sheet1!W12``.
Source: files of release 2019.Q1 as published by the United Nations Statistics Division.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading

from .mapping import CodeMaps
from .unsd_row import Printed, observation
from .workbook import Cell, Workbook

FORMAT: Final = "unsd-workbook"
CARRIES: Final = frozenset(("value_text", "status", "nature", "unit", "time_detail", "source", "footnote"))
_NEEDED: Final = frozenset(
    ("seriesCode", "seriesRelease", "timePeriod", "geoAreaCode", "value", "natureCode", "unitsCode")
)
#: Columns of an observation: where all are blank there is none.
_SAID: Final = ("value", "timeDetail", "source", "footnotes", "natureCode", "unitsCode", "reportingTypeCode")
#: Columns of codes that are no dimensions.
_NO_DIMENSION: Final = frozenset(
    (
        "goalCode",
        "targetCode",
        "indicatorCode",
        "seriesCode",
        "geoAreaCode",
        "parentCode",
        "natureCode",
        "unitsCode",
        "reportingTypeCode",
    )
)


def looks_like(workbook: Workbook) -> bool:
    """Whether the first sheet has the headings of a series in its first row."""
    return bool(workbook.names) and set(_heading(workbook.sheets[workbook.names[0]])) >= _NEEDED


def read(workbook: Workbook, codes: CodeMaps) -> Reading:
    """Read the first sheet. Errors: ``FileProblem`` where its rows are of several releases."""
    sheet = workbook.names[0]
    names, *rows = workbook.sheets[sheet]
    heading = _heading([names])
    column = heading.index("seriesRelease")
    releases = sorted({release for row in rows if len(row) > column and (release := _text(row[column]))})
    if len(releases) > 1:
        raise FileProblem(f"One file is of one release; this one has {', '.join(releases[:5])}.")
    return Reading(FORMAT, releases[0] if releases else "", (), CARRIES, _items(sheet, heading, rows, codes))


def _heading(rows: Sequence[Sequence[Cell]]) -> list[str]:
    return [_text(cell) or "" for cell in rows[0]] if rows else []


def _items(
    sheet: str, heading: list[str], rows: Sequence[Sequence[Cell]], codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    letters = column_letters(heading.index("value"))
    for number, cells in enumerate(rows, start=2):
        row = {name: text for name, cell in zip(heading, cells, strict=False) if (text := _text(cell))}
        if any(name in row for name in _SAID):
            yield observation(f"{sheet}!{letters}{number}", _printed(row), codes)


def _printed(row: dict[str, str]) -> Printed:
    return Printed(
        series=row.get("seriesCode"),
        area=row.get("geoAreaCode"),
        area_name=row.get("geoAreaName"),
        period=row.get("timePeriod"),
        value=row.get("value"),
        dimensions={n: given for n, given in row.items() if n.endswith("Code") and n not in _NO_DIMENSION},
        nature=row.get("natureCode"),
        unit=row.get("unitsCode"),
        reporting_type=row.get("reportingTypeCode"),
        time_detail=row.get("timeDetail"),
        source=row.get("source"),
        footnote=row.get("footnotes"),
    )


def column_letters(index: int) -> str:
    """The name of a column in a spreadsheet: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    rest = index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _text(cell: Cell) -> str | None:
    """A cell as text; a whole number is written without the decimals that spreadsheets keep."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() or None
