"""UNSD's wide files: a row for each area and breakdown, years across, tab-separated although they are named ``.csv``.

A row stands for every area whether or not it has data; an observation is a year of it for which something is printed.
Values stand in ``value_<year>``; what is no number is blank there and stands in ``valueDetails``. The merged texts
(``valueDetails``, ``footnotes``, ``sources``, ``timeDetails``, ``nature``) say of which years they are spoken,
``[2004-2012]: C: Country data // [2016]: E: Estimated data``; without such a mark they are said of every year of the
row. So each value gets its own text and no other. The test against the long form of the same release holds this to
every value that both have. ``value_latest_year`` repeats a value and is not read. There are no bounds in this form.
Source: files of release 2019.Q3 as published by the United Nations Statistics Division.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import IO, Final

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading

from .lines import numbered_rows
from .mapping import CodeMaps
from .unsd_row import Printed, observation

FORMAT: Final = "unsd-wide-tsv"
CARRIES: Final = frozenset(
    ("value_text", "status", "nature", "unit", "multiplier", "base_period", "time_detail", "source", "footnote")
)
#: Columns of codes that are no dimensions.
_NO_DIMENSION: Final = frozenset(
    ("seriesCode", "geoAreaCode", "parentCode", "unitsCode", "unitmultiplierCode", "reportingTypeCode")
)
_NEEDED: Final = frozenset(("seriesCode", "geoAreaCode", "release", "valueDetails"))
_VALUE: Final = re.compile(r"value_([0-9]{4})")
_YEARS: Final = r"\[[0-9]{4}(?:-[0-9]{4})?(?:, ?[0-9]{4}(?:-[0-9]{4})?)*\]: "
_SPOKEN_OF: Final = re.compile(rf"(?P<years>{_YEARS})(?P<text>.*)", re.DOTALL)
_NEXT: Final = re.compile(rf" // (?={_YEARS})")


def looks_like(head: bytes) -> bool:
    """Whether the first line is that of a wide file."""
    first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("ascii", "replace").strip().split("\t")
    return set(first) >= _NEEDED and any(_VALUE.fullmatch(name) for name in first)


def read(stream: IO[bytes], codes: CodeMaps) -> Reading:
    """Read one wide file. Errors: ``FileProblem`` where its rows are of several releases, or there is no row."""
    rows = numbered_rows(stream, delimiter="\t")
    _line, names = next(rows, (1, []))
    first = next(rows, None)
    if first is None:
        raise FileProblem("This wide file has a heading and no row.")
    release = dict(zip(names, first[1], strict=False)).get("release", "")
    return Reading(FORMAT, release, (), CARRIES, _items(first, rows, names, release, codes))


def _items(
    first: tuple[int, list[str]],
    rows: Iterator[tuple[int, list[str]]],
    names: list[str],
    release: str,
    codes: CodeMaps,
) -> Iterator[ObservationRow | Problem]:
    years = {name: match[1] for name in names if (match := _VALUE.fullmatch(name))}
    for line, cells in chain([first], rows):
        if len(cells) != len(names):
            yield Problem(f"line {line}", "", "R03", f"{len(cells)} cells", f"{len(names)} cells, as in the heading")
            continue
        row = dict(zip(names, cells, strict=True))
        if row["release"] != release:
            raise FileProblem(
                f"One file is of one release; this one has {release} and, in line {line}, {row['release']}."
            )
        for name, year in years.items():
            printed = said_of(row["valueDetails"], year) or row[name].strip() or None
            if printed is not None:
                yield observation(f"line {line}, column {name}", _printed(row, year, printed), codes)


def _printed(row: dict[str, str], year: str, value: str) -> Printed:
    nature = said_of(row.get("nature", ""), year)
    return Printed(
        series=row["seriesCode"].strip(),
        area=row["geoAreaCode"],
        area_name=row.get("geoAreaName") or None,
        period=year,
        value=value,
        dimensions={
            name: given.strip()
            for name, given in row.items()
            if name.endswith("Code") and name not in _NO_DIMENSION and given.strip()
        },
        nature=nature.partition(":")[0] if nature else None,
        unit=row.get("unitsCode", "").strip() or None,
        multiplier=row.get("unitmultiplierCode", "").strip() or None,
        reporting_type=row.get("reportingTypeCode", "").strip() or None,
        base_period=row.get("basePeriod", "").strip() or None,
        time_detail=said_of(row.get("timeDetails", ""), year),
        source=said_of(row.get("sources", ""), year),
        footnote=said_of(row.get("footnotes", ""), year),
    )


def said_of(merged: str, year: str) -> str | None:
    """What a merged text says of one year; a text without years is said of all, a year that is not named gets none."""
    if not _SPOKEN_OF.match(merged):
        return merged.strip() or None
    for part in _NEXT.split(merged):
        match = _SPOKEN_OF.fullmatch(part)
        if match and year in _years(match["years"]):
            return match["text"].strip() or None
    return None


def _years(mark: str) -> Iterator[str]:
    """The years of a mark such as ``[2005,2011-2013]: ``."""
    for part in mark.strip("[]: ").split(","):
        first, _sign, last = part.strip().partition("-")
        yield from (str(year) for year in range(int(first), int(last or first) + 1))
