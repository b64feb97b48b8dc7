"""IDMC's Global Internal Displacement Database: conflict by country and year, disasters event by event.

Areas are ISO3 codes, besides ``AB9`` (Abyei) and ``XKX`` (Kosovo), whose names are blank: names are not read. Raw counts
are stored; the rounded ones beside them say the same. ``new_displacement`` is a flow of movements, ``total_displacement`` a
stock of people. A blank is no figure, 0 is one. Source: the release of 2025.
"""

from collections.abc import Iterator, Mapping
from typing import IO, Final

from sdg_targets.domain.disaggregation import TOTAL, breakdown
from sdg_targets.domain.numbers import NumberError
from sdg_targets.domain.rows import ObservationRow, Problem, Reading

from .gathering import Gathering, Key
from .lines import numbered_rows
from .mapping import CodeMaps, UnmappedCode
from .tables import count_of, named_rows, need_columns

PROVIDER: Final = "idmc"
CONFLICT: Final = "idmc-conflict"
DISASTERS: Final = "idmc-disasters"
_CONFLICT_HEADING: Final = b"iso3,country_name,year,new_displacement,"
_DISASTERS_HEADING: Final = b"iso3,country_name,year,start_date,"
CONFLICT_SERIES: Final[Mapping[str, str]] = {
    "new_displacement": "IDMC_CONFLICT_DISPLACEMENTS",
    "total_displacement": "IDMC_CONFLICT_IDPS",
}
DISASTER_SERIES: Final[Mapping[str, str]] = {
    "new_displacement": "IDMC_DISASTER_DISPLACEMENTS",
    "total_displacement": "IDMC_DISASTER_IDPS",
}


def looks_like_conflict(head: bytes) -> bool:
    """Whether the first line is the heading of the file by country and year."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(_CONFLICT_HEADING)


def looks_like_disasters(head: bytes) -> bool:
    """Whether the first line is the heading of the file of disasters."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(_DISASTERS_HEADING)


def read_conflict(stream: IO[bytes], codes: CodeMaps) -> Reading:
    """Read displacement by conflict: two figures a row. Errors: ``FileProblem`` for its heading."""
    rows = numbered_rows(stream)
    _line, names = next(rows, (1, []))
    need_columns(names, CONFLICT_SERIES)
    items = _conflict_items(named_rows(rows, names), codes)
    return Reading(CONFLICT, "", tuple(CONFLICT_SERIES.values()), frozenset(("status",)), items)


def _conflict_items(
    rows: Iterator[tuple[str, dict[str, str]] | Problem], codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    for row in rows:
        if isinstance(row, Problem):
            yield row
            continue
        place, cells = row
        filled = [name for name in CONFLICT_SERIES if cells[name]]
        try:
            area = codes.code("iso3", cells["iso3"])
        except UnmappedCode as error:
            yield Problem(place, "iso3", "R01", error.given, error.expected, rows=max(1, len(filled)))
            continue
        for name in filled:
            yield _conflict_figure(f"{place}, {name}", CONFLICT_SERIES[name], area, cells["year"], cells[name])


def _conflict_figure(place: str, series: str, area: str, year: str, text: str) -> ObservationRow | Problem:
    try:
        value = str(count_of(text))
    except NumberError as error:
        return Problem(place, "value", "R02", text, str(error))
    return ObservationRow(place=place, series=series, area=area, period=year, breakdown=TOTAL, value=value, status="A")


def read_disasters(stream: IO[bytes], codes: CodeMaps) -> Reading:
    """Read disasters, summed up by area, year and type of hazard.

    The year is that of the figure: an event may have begun the year before. Events bear no number in this file: two rows
    that are alike in every cell are two events. Errors: ``FileProblem`` for its heading.
    """
    rows = numbered_rows(stream)
    _line, names = next(rows, (1, []))
    need_columns(names, ("hazard_type", "hazard_type_name", *DISASTER_SERIES))
    gathering = Gathering()
    for row in named_rows(rows, names):
        if isinstance(row, Problem):
            gathering.problems.append(row)
        else:
            _gather(*row, codes, gathering)
    return gathering.reading(DISASTERS, series=tuple(DISASTER_SERIES.values()))


def _gather(place: str, cells: dict[str, str], codes: CodeMaps, gathering: Gathering) -> None:
    filled = [name for name in DISASTER_SERIES if cells[name]]
    try:
        area = codes.code("iso3", cells["iso3"])
        hazard = codes.code("HAZARD", f"{cells['hazard_type']} {cells['hazard_type_name']}")
    except UnmappedCode as error:
        rows = max(1, len(filled))
        gathering.problems.append(Problem(place, error.concept, "R01", error.given, error.expected, rows=rows))
        return
    if not filled:
        gathering.problems.append(Problem(place, "new_displacement", "R03", "", "a number of displacements"))
    of_hazard = breakdown({"HAZARD": hazard}).key
    for name in filled:
        try:
            value = count_of(cells[name])
        except NumberError as error:
            gathering.problems.append(Problem(f"{place}, {name}", "value", "R02", cells[name], str(error)))
            continue
        gathering.add(Key(DISASTER_SERIES[name], area, cells["year"], of_hazard), place, value)
