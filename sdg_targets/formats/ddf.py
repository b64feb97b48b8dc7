"""DDF datapoint files of the UN SDG database (2020-10 snapshot): one series a file, lower-case codes.

Columns: ``geo_area`` (M49, not padded), dimension columns, ``nature``, ``units``, ``year`` and, last, the series in lower
case. There are no sources and no footnotes. A folder of them is read as one publication; its list of areas says what
the codes mean. Source: open-numbers/ddf--unstats--sdg_indicators, 2020-10-19.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final

from sdg_targets.domain.disaggregation import BreakdownError, breakdown
from sdg_targets.domain.numbers import NumberError
from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading

from .area_lists import listed_area
from .given import Folder
from .lines import numbered_rows
from .mapping import CodeMaps, UnmappedCode
from .unsd import read_value

PROVIDER: Final = "unsd-ddf"
FORMAT: Final = "unsd-ddf"
VINTAGE: Final = "2020-10"
CARRIES: Final = frozenset(("value_text", "status", "nature", "unit"))
#: Files of a folder: those of figures, and the list of areas.
DATAPOINTS: Final = "ddf--datapoints--*--by--*geo_area*.csv"
AREAS: Final = "ddf--entities--geo_area.csv"
_FIXED: Final = frozenset(("geo_area", "nature", "units", "year"))


def looks_like(head: bytes) -> bool:
    """Whether the first line is that of a datapoint file by reference area."""
    first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("ascii", "replace").strip().split(",")
    return set(first) >= _FIXED


def is_snapshot(folder: Folder) -> bool:
    """Whether a folder holds datapoint files."""
    return any(Path(name).match(DATAPOINTS) for name in folder.names)


def read(stream: IO[bytes], codes: CodeMaps) -> Reading:
    """Read one datapoint file. Errors: ``FileProblem`` for its heading."""
    table = _table(stream)
    return Reading(FORMAT, VINTAGE, (table.series,), CARRIES, _items(table, {}, codes))


def read_folder(folder: Folder, codes: CodeMaps) -> Reading:
    """Read every datapoint file of a folder. Errors: ``FileProblem`` for a heading, or for a list of areas that is not ours."""
    files = [name for name in folder.names if Path(name).match(DATAPOINTS)]
    return Reading(FORMAT, VINTAGE, (), CARRIES, _folder_items(folder, files, codes))


@dataclass(frozen=True, slots=True)
class _Table:
    """A datapoint file after its heading; ``name`` stands before the lines of a folder's file."""

    name: str
    series: str
    columns: list[str]
    rows: Iterator[tuple[int, list[str]]]


def _table(stream: IO[bytes], name: str = "") -> _Table:
    rows = numbered_rows(stream)
    _line, names = next(rows, (1, []))
    if not set(names) >= _FIXED or names[-1] in _FIXED:
        said = "The heading is not that of a DDF datapoint file by reference area and year."
        raise FileProblem(f"{name.removesuffix(', ')}: {said}" if name else said)
    return _Table(name, names[-1].upper(), names, rows)


def _folder_items(folder: Folder, files: list[str], codes: CodeMaps) -> Iterator[ObservationRow | Problem]:
    called = _area_names(folder)
    for name in files:
        with folder.open(name) as stream:
            yield from _items(_table(stream, f"{name}, "), called, codes)


def _area_names(folder: Folder) -> dict[str, str]:
    """What the folder's own list of areas calls each code; nothing where it has none."""
    found = [name for name in folder.names if Path(name).name == AREAS]
    if not found:
        return {}
    with folder.open(found[0]) as stream:
        return {cells[0]: cells[1] for _line, cells in numbered_rows(stream) if len(cells) == 2}


def _items(table: _Table, called: dict[str, str], codes: CodeMaps) -> Iterator[ObservationRow | Problem]:
    for line, cells in table.rows:
        place = f"{table.name}line {line}"
        if len(cells) != len(table.columns):
            yield Problem(place, "", "R03", f"{len(cells)} cells", f"{len(table.columns)} cells, as in the heading")
            continue
        cell = dict(zip(table.columns, cells, strict=True))
        yield _row(
            place,
            table.series,
            cell,
            partial(listed_area, codes, cell["geo_area"], called.get(cell["geo_area"])),
            codes,
        )


def _row(
    place: str, series: str, cell: dict[str, str], area: Callable[[], str], codes: CodeMaps
) -> ObservationRow | Problem:
    printed = cell[series.lower()].strip()
    try:
        value, value_text, status = read_value(printed or None, codes)
        return ObservationRow(
            place=place,
            series=series,
            area=area(),
            period=cell["year"],
            breakdown=breakdown(
                {
                    codes.code("column", name): codes.code(codes.code("column", name), given)
                    for name, given in cell.items()
                    if name not in _FIXED and name != series.lower() and given
                }
            ).key,
            value=value,
            value_text=value_text,
            status=status,
            nature=codes.optional("nature", cell["nature"] or None),
            unit=codes.optional("unit", cell["units"] or None),
        )
    except UnmappedCode as error:
        return Problem(place, error.concept, "R01", error.given, error.expected)
    except (NumberError, BreakdownError) as error:
        return Problem(place, "value", "R02", printed, str(error))
