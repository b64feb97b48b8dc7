"""The product's own columns in a workbook: one row per observation, as in its own CSV.

The heading is the first row that names the columns, in the one sheet that has it; other sheets are notes. A cell is read
as what it is: a number as its shortest text (2015.0 in the column of periods is a year, 1 in that of areas is 001), a true
date as a day, a text as it stands. Rows without any cell are passed over. What a spreadsheet made of a cell by itself is
refused with its place, and never guessed back: errors, dates among numbers, truth values, percentages (6.2% is 0.062 to
a spreadsheet). Hidden columns and rows are read like all others, and a merged cell stands at its upper left alone.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from sdg_targets.domain.codes import normalise_m49
from sdg_targets.domain.rows import COLUMNS, KEY, OPTIONAL, FileProblem, ObservationRow, Problem, Reading
from sdg_targets.domain.validation import NUMERIC_COLUMNS

from .plain_csv import REQUIRED, checked
from .workbook import Cell, Percent, Workbook, is_error, number_text, place_of

FORMAT: Final = "xlsx"
#: The heading is looked for in so many rows of each sheet.
FURTHEST: Final = 100
_NUMBERS: Final = frozenset(("value", "multiplier", *NUMERIC_COLUMNS))
_Rows = Sequence[list[Cell]]


class _Unreadable(ValueError):  # noqa: N818 - said of the cell, not of the program
    """A cell that says nothing which a CSV could have said: what was found, and what would be right."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found)
        self.found, self.expected = found, expected


def looks_like(workbook: Workbook) -> bool:
    """Whether a sheet begins with a heading of this format."""
    return any(_heading_at(rows) is not None for rows in workbook.sheets.values())


def read(workbook: Workbook) -> Reading:
    """Read the sheet with the observations. Errors: ``FileProblem`` for the heading, several such sheets, or an XLS."""
    if workbook.kind != "xlsx":
        raise FileProblem("Save this workbook as XLSX: in the older format an error cannot be told from a blank cell.")
    sheets = {name: at for name, rows in workbook.sheets.items() if (at := _heading_at(rows)) is not None}
    if len(sheets) > 1:
        raise FileProblem(f"Several sheets hold observations ({', '.join(sheets)}): give a workbook with one of them.")
    ((sheet, at),) = sheets.items()
    rows = workbook.sheets[sheet]
    names = _names(rows[at])
    checked(tuple(name for name in names if name))
    return Reading(
        FORMAT,
        _one("vintage", rows, at, names),
        (),
        frozenset(names) & frozenset(OPTIONAL),
        _items(sheet, rows, at, names),
        dataset=_one("dataset", rows, at, names),
    )


def _heading_at(rows: _Rows) -> int | None:
    """Where the heading of observations stands: titles and remarks may stand above it."""
    return next((at for at in range(min(len(rows), FURTHEST)) if set(REQUIRED) <= set(_names(rows[at]))), None)


def _names(cells: list[Cell]) -> tuple[str, ...]:
    return tuple(str(cell).strip() for cell in cells)


def _one(column: str, rows: _Rows, at: int, names: tuple[str, ...]) -> str:
    """The one vintage or dataset of the rows. Errors: ``FileProblem`` where there are several."""
    if column not in names:
        return ""
    where = names.index(column)
    texts = sorted({_provenance(rows[number][where]) for number in range(at + 1, len(rows))} - {""})
    if len(texts) > 1:
        raise FileProblem(f"One file is of one {column}; this one has {len(texts)}: {', '.join(texts[:5])}.")
    return texts[0] if texts else ""


def _provenance(cell: Cell) -> str:
    try:
        return _text("", cell) or ""
    except _Unreadable as error:
        return error.found


def _items(sheet: str, rows: _Rows, at: int, names: tuple[str, ...]) -> Iterator[ObservationRow | Problem]:
    for number in range(at + 1, len(rows)):
        cells = rows[number]
        if any(cell != "" for cell in cells):
            yield _row(sheet, number + 1, names, cells)


def _row(sheet: str, row: int, names: tuple[str, ...], cells: list[Cell]) -> ObservationRow | Problem:
    """One row; its place is that of its value."""
    given: dict[str, str | None] = {}
    for column, (name, cell) in enumerate(zip(names, cells, strict=True)):
        place = place_of(sheet, row, column)
        if not name and cell != "":
            return Problem(place, "", "R03", str(cell)[:80], "no cell below a blank heading")
        try:
            text = _text(name, cell)
        except _Unreadable as error:
            return Problem(place, name, "R02", error.found, error.expected)
        if name in COLUMNS:
            given[name] = text
    keys = {name: given.pop(name) or "" for name in KEY}
    place = place_of(sheet, row, names.index("value"))
    return ObservationRow(place=place, **keys, **given)  # type: ignore[arg-type]


def _text(name: str, cell: Cell) -> str | None:
    """What a CSV would say in this column. Errors: ``_Unreadable``."""
    if isinstance(cell, str):
        if is_error(cell):
            raise _Unreadable(cell, "a cell without an error, or a blank one")
        return cell or None
    if isinstance(cell, bool):
        raise _Unreadable(str(cell).upper(), "a text or a number, not a truth value")
    if isinstance(cell, Percent):
        raise _Unreadable(
            f"{number_text(cell)} shown as a percentage", "6.2 for 6.2 per cent, in a cell without that format"
        )
    if isinstance(cell, int | float):
        return normalise_m49(number_text(cell)) if name == "area" else number_text(cell)
    if isinstance(cell, date) and name not in (*_NUMBERS, "area", "series", "breakdown"):
        return _day(cell)
    raise _Unreadable(str(cell), "a number" if name in _NUMBERS else "a text, not a date or time")


def _day(cell: date) -> str:
    if isinstance(cell, datetime):
        if (cell.hour, cell.minute, cell.second, cell.microsecond) != (0, 0, 0, 0):
            raise _Unreadable(str(cell), "a day without a time of the day")
        return cell.date().isoformat()
    return cell.isoformat()
