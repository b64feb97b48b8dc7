"""International Migrant Stock of UN DESA, Population Division: the workbook by destination, revision 2020.

Shape: six tables of one sheet each, with a group of columns for each measure or sex (its title stands in merged cells above)
and a column for each year or span of years in it; rows are the world, regions, groups and countries. All tables are
figures of the publisher and all are read. What is missing is a sign: ``..`` not available, ``~`` fewer than five.

The location codes of regions are not M49 (910 is Eastern Africa here): a code and its name must mean the same area. The
type of data says whether migrants are the foreign-born (B) or foreign citizens (C), whether refugees were added (R),
and whether there were no data at all (I): it is the nature of a figure and, in words, its footnote, with the note on
the country. Source: POP/DB/MIG/Stock/Rev.2020, sheets "Table 1" to "Table 6" and "Notes".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sdg_targets.domain.codes import normalise_m49
from sdg_targets.domain.disaggregation import TOTAL
from sdg_targets.domain.numbers import NumberError, plain_number
from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading

from .mapping import CodeMaps, UnmappedCode
from .workbook import Cell, Workbook, number_text, place_of

PROVIDER: Final = "undesa"
FORMAT: Final = "undesa-stock-workbook"
SOURCE: Final = (
    "United Nations, Department of Economic and Social Affairs, Population Division: International Migrant Stock {}"
)
CARRIES: Final = frozenset(("value_text", "status", "nature", "source", "footnote"))
_HEADING: Final = ("Region, development group, country or area", "Notes", "Location code", "Type of data")
#: The columns of the heading above, counted from 0, and the first one of figures.
_NAME, _NOTE, _CODE, _TYPE, _FIRST = 1, 2, 3, 4, 5
_EDITION: Final = re.compile(r"POP/DB/MIG/Stock/Rev\.([0-9]{4})")
_TABLE: Final = re.compile(r"Table [0-9]+")
_SPAN: Final = re.compile(r"[0-9]{4}(-[0-9]{4})?")
_Rows = Sequence[list[Cell]]


@dataclass(frozen=True, slots=True)
class _Column:
    """What the figures of one column are: where it stands, its period, series and sex."""

    at: int
    period: str
    series: str
    breakdown: str


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet of figures: its columns and the row (counted from 0) of its heading."""

    name: str
    rows: _Rows
    heading: int
    columns: tuple[_Column, ...]


def looks_like(workbook: Workbook) -> bool:
    """Whether a sheet says that it is an edition of the International Migrant Stock."""
    return any(_edition(rows) for rows in workbook.sheets.values())


def read(workbook: Workbook, codes: CodeMaps) -> Reading:
    """Read all tables. Errors: ``FileProblem`` where a table has no heading, or a group of columns no meaning here."""
    edition = next(filter(None, (_edition(rows) for rows in workbook.sheets.values())), "")
    tables = [_table(name, rows, codes) for name, rows in workbook.sheets.items() if _TABLE.fullmatch(name)]
    if not tables:
        raise FileProblem("This workbook of the International Migrant Stock has no sheet named Table 1.")
    series = tuple(dict.fromkeys(column.series for table in tables for column in table.columns))
    items = _items(tables, _notes(workbook.sheets.get("Notes", ())), SOURCE.format(edition), codes)
    return Reading(FORMAT, edition, series, CARRIES, items)


def area_of(code: str, name: str, codes: CodeMaps) -> str:
    """Our area for a location code and name of this publisher, which must agree. Errors: ``UnmappedCode``."""
    by_code, by_name = codes.find("area", code), area_named(name, codes)
    if by_code is None or by_code != by_name:
        raise UnmappedCode("area", f"{code} {name}", "a location code and a name that mean the same area here")
    return by_code


def area_named(name: str, codes: CodeMaps) -> str | None:
    """Our area for a name of this publisher, whose marks for a note and for the level are left out."""
    return codes.find("area_name", name.strip().rstrip("*").strip())


def value_of(text: str, codes: CodeMaps) -> tuple[str | None, str | None, str]:
    """A printed value as (number, printed sign, status). Errors: ``NumberError``."""
    if status := codes.find("no_value", text):
        return None, text, status
    return plain_number(text), None, "A"


def _edition(rows: _Rows) -> str:
    """The year of the edition that the first rows of a sheet name, or nothing."""
    for row in rows[:10]:
        for cell in row:
            if isinstance(cell, str) and (match := _EDITION.fullmatch(cell.strip())):
                return match[1]
    return ""


def _table(name: str, rows: _Rows, codes: CodeMaps) -> _Table:
    for number, row in enumerate(rows[:20]):
        if tuple(row[_NAME:_FIRST]) == _HEADING:
            return _Table(name, rows, number, tuple(_columns(name, rows, number, codes)))
    raise FileProblem(f"The sheet {name} has no heading {', '.join(_HEADING)} in its first rows.")


def _columns(name: str, rows: _Rows, heading: int, codes: CodeMaps) -> Iterator[_Column]:
    """The columns of figures; the title of a group stands above its first column, three rows higher."""
    series = breakdown = ""
    for at in range(_FIRST, len(rows[heading])):
        if title := str(rows[heading - 3][at]).strip():
            try:
                series, breakdown = _measure(title, codes)
            except UnmappedCode as error:
                raise FileProblem(f"{place_of(name, heading - 2, at)}: {title!r} is no measure known here.") from error
        span = _cell_text(rows[heading][at])
        if not series or not _SPAN.fullmatch(span):
            raise FileProblem(f"{place_of(name, heading + 1, at)}: {span!r} is no year and no span of years.")
        yield _Column(at, span, series, breakdown)


def _measure(title: str, codes: CodeMaps) -> tuple[str, str]:
    """The series and breakdown of ``measure, sex (unit)``; sex and unit may be missing. Errors: ``UnmappedCode``."""
    said, opened, unit = title.partition(" (")
    measure, _comma, whom = said.rpartition(", ")
    sex = codes.code("SEX", whom) if measure else TOTAL
    return codes.code("series", (measure or said) + opened + unit), TOTAL if sex == TOTAL else f"SEX={sex}"


def _notes(rows: _Rows) -> dict[str, str]:
    """The notes on countries by their numbers."""
    return {_cell_text(row[0]): str(row[1]).strip() for row in rows if len(row) > 1 and _cell_text(row[0])}


def _items(
    tables: list[_Table], notes: dict[str, str], source: str, codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    for table in tables:
        for number in range(table.heading + 1, len(table.rows)):
            cells = table.rows[number]
            if any(cell != "" for cell in cells[_NAME:]):
                yield from _line(table, number, cells, notes, source, codes)


def _line(
    table: _Table, number: int, cells: list[Cell], notes: dict[str, str], source: str, codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    """The figures of one area; where the area has no meaning here they are refused together."""
    try:
        area = area_of(normalise_m49(_cell_text(cells[_CODE])), str(cells[_NAME]), codes)
        letters = " ".join(str(cells[_TYPE]).split())
        nature = codes.optional("nature", letters or None)
        footnote = _footnote(letters, notes.get(_cell_text(cells[_NOTE]), ""), codes)
    except UnmappedCode as error:
        place = place_of(table.name, number + 1, _CODE if error.concept == "area" else _TYPE)
        yield Problem(place, error.concept, "R01", error.given, error.expected, rows=len(table.columns))
        return
    for column in table.columns:
        place = place_of(table.name, number + 1, column.at)
        text = _cell_text(cells[column.at])
        try:
            value, sign, status = value_of(text, codes)
        except NumberError as error:
            yield Problem(place, "value", "R02", text, str(error))
            continue
        yield ObservationRow(
            place=place,
            series=column.series,
            area=area,
            period=column.period,
            breakdown=column.breakdown,
            value=value,
            value_text=sign,
            status=status,
            nature=nature,
            source=source,
            footnote=footnote,
        )


def _footnote(letters: str, note: str, codes: CodeMaps) -> str | None:
    """The type of data in words, and the publisher's note on the country."""
    words = "; ".join(codes.code("type_of_data", letter) for letter in letters.split())
    return " ".join(filter(None, (f"Type of data: {words}." if words else "", note))) or None


def _cell_text(cell: Cell) -> str:
    return number_text(cell) if isinstance(cell, int | float) else str(cell).strip()
