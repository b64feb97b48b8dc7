"""DDF datapoint files of the UN SDG database (2020-10 snapshot): one series a file, lower-case codes.

Columns: ``geo_area`` (M49, not padded), dimension columns, ``nature``, ``units``, ``year`` and, last, the series in lower
case. There are no sources and no footnotes. Source: open-numbers/ddf--unstats--sdg_indicators, 2020-10-19.
"""

from collections.abc import Iterator
from typing import IO, Final

from sdg_targets.domain.codes import normalise_m49
from sdg_targets.domain.disaggregation import BreakdownError, breakdown
from sdg_targets.domain.numbers import NumberError
from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading

from .lines import numbered_rows
from .mapping import CodeMaps, UnmappedCode
from .unsd import read_value

PROVIDER: Final = "unsd-ddf"
FORMAT: Final = "unsd-ddf"
VINTAGE: Final = "2020-10"
CARRIES: Final = frozenset(("value_text", "status", "nature", "unit"))
_FIXED: Final = frozenset(("geo_area", "nature", "units", "year"))


def looks_like(head: bytes) -> bool:
    """Whether the first line is that of a datapoint file by reference area."""
    first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("ascii", "replace").strip().split(",")
    return set(first) >= _FIXED


def read(stream: IO[bytes], codes: CodeMaps) -> Reading:
    """Read one datapoint file. Errors: ``FileProblem`` for its heading."""
    rows = numbered_rows(stream)
    _line, names = next(rows, (1, []))
    if not set(names) >= _FIXED or names[-1] in _FIXED:
        raise FileProblem("The heading is not that of a DDF datapoint file by reference area and year.")
    series = names[-1].upper()
    return Reading(FORMAT, VINTAGE, (series,), CARRIES, _items(rows, names, series, codes))


def _items(
    rows: Iterator[tuple[int, list[str]]], names: list[str], series: str, codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    for line, cells in rows:
        place = f"line {line}"
        if len(cells) != len(names):
            yield Problem(place, "", "R03", f"{len(cells)} cells", f"{len(names)} cells, as in the heading")
            continue
        yield _row(place, series, dict(zip(names, cells, strict=True)), codes)


def _row(place: str, series: str, cell: dict[str, str], codes: CodeMaps) -> ObservationRow | Problem:
    printed = cell[series.lower()].strip()
    try:
        value, value_text, status = read_value(printed or None, codes)
        return ObservationRow(
            place=place,
            series=series,
            area=codes.area(normalise_m49(cell["geo_area"])),
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
