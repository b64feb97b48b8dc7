"""CSV downloads of the UN's global SDG database (DataCSV): several series a file, dimensions as columns.

Headings: Goal, Target, Indicator, SeriesCode, SeriesDescription, GeoAreaCode, GeoAreaName, TimePeriod, Value,
Time_Detail, TimeCoverage, UpperBound, LowerBound, BasePeriod, Source, GeoInfoUrl, FootNote, then attributes and
dimensions, in brackets in older downloads and without them in newer ones. A heading that is none of these is a
dimension: a filled cell in one without meaning here refuses its row, a blank one is the total. The series may stand under
several indicators and is then repeated word for word. UTF-8, or cp1252 where a spreadsheet saved it: the reading says
which. Source: https://unstats.un.org/sdgs/dataportal (downloads) and the API's ``DataCSV``.
"""

from collections.abc import Iterator
from typing import IO, Final

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading

from .encodings import CP1252, encoding_of
from .lines import numbered_rows
from .mapping import CodeMaps
from .unsd_row import Printed, dimension_columns, observation, plain_heading

FORMAT: Final = "unsd-download-csv"
CARRIES: Final = frozenset(
    (
        "value_text",
        "status",
        "nature",
        "unit",
        "multiplier",
        "lower_bound",
        "upper_bound",
        "base_period",
        "time_detail",
        "source",
        "footnote",
    )
)
#: Plain headings that are parts of an observation, by the part.
_PARTS: Final = {
    "seriescode": "series",
    "geoareacode": "area",
    "geoareaname": "area_name",
    "timeperiod": "period",
    "value": "value",
    "timedetail": "time_detail",
    "upperbound": "upper_bound",
    "lowerbound": "lower_bound",
    "baseperiod": "base_period",
    "source": "source",
    "footnote": "footnote",
    "footnotes": "footnote",
    "nature": "nature",
    "units": "unit",
    "unitmultiplier": "multiplier",
    "observationstatus": "status",
    "reportingtype": "reporting_type",
}
#: Plain headings that say again what a code says, or how the figure was made: not stored with it.
_DESCRIPTIONS: Final = frozenset(
    (
        "goal",
        "target",
        "indicator",
        "seriesdescription",
        "timecoverage",
        "geoinfourl",
        "valuetype",
    )
)
_NEEDED: Final = frozenset(("seriescode", "geoareacode", "timeperiod", "value"))


def looks_like(head: bytes) -> bool:
    """Whether the first line is the heading of a download."""
    first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("latin-1").strip()
    return {plain_heading(name.strip('"')) for name in first.split(",")} >= _NEEDED


def read(stream: IO[bytes], codes: CodeMaps) -> Reading:
    """Read one download. Errors: ``FileProblem`` for its encoding, or a heading that stands twice."""
    encoding = encoding_of(stream)
    rows = numbered_rows(stream, encoding=encoding)
    _line, heading = next(rows, (1, []))
    names = [plain_heading(name) for name in heading]
    _refuse_doubles(names)
    carried = CARRIES & {_PARTS[name] for name in names if name in _PARTS} | {"value_text", "status"}
    label = f"{FORMAT} ({CP1252})" if encoding == CP1252 else FORMAT
    return Reading(label, "", (), frozenset(carried), _items(rows, names, dimension_columns(codes)))


def _refuse_doubles(names: list[str]) -> None:
    parts = [_PARTS.get(name, name) for name in names if name]
    if twice := sorted({part for part in parts if parts.count(part) > 1}):
        raise FileProblem(f"Columns stand twice in the heading: {', '.join(twice[:5])}.")


def _items(
    rows: Iterator[tuple[int, list[str]]], names: list[str], codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    for line, cells in rows:
        place = f"line {line}"
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            yield Problem(place, "", "R03", f"{len(cells)} cells", f"{len(names)} cells, as in the heading")
            continue
        yield observation(
            place, _printed({n: c.strip() for n, c in zip(names, cells, strict=True) if c.strip()}), codes
        )


def _printed(row: dict[str, str]) -> Printed:
    """The parts of a row; what is neither a part nor a description is a dimension."""
    parts = {_PARTS[name]: given for name, given in row.items() if name in _PARTS}
    dimensions = {name: given for name, given in row.items() if name not in _PARTS and name not in _DESCRIPTIONS}
    keys = {name: parts.pop(name, None) for name in ("series", "area", "period", "value")}
    return Printed(**keys, dimensions=dimensions, **parts)
