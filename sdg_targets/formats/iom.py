"""IOM's Missing Migrants Project: incidents of death and disappearance, summed up by place, route and year.

Two layouts: the workbook of 2022 (the world, no country: IOM's region of incident and route, which are not those of M49)
and an extract of 2026 for routes to Europe (a country of incident, ``NA`` for what is not known). What counts:

- an incident counts once, and so does a split one, whose records the file has put into one row (also as a pair in one cell);
- a cumulative one sums up events that may be listed one by one: it is refused, so that nobody is counted twice;
- the dead, the missing and the two together are three figures; a blank is not known, never 0.

The year is the file's own: an incident without a day has one. Source: missingmigrants.iom.int.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Final

from sdg_targets.domain.codes import WORLD
from sdg_targets.domain.disaggregation import breakdown
from sdg_targets.domain.numbers import NumberError
from sdg_targets.domain.rows import Problem, Reading

from .gathering import Gathering, Key
from .lines import numbered_rows
from .mapping import CodeMaps, UnmappedCode
from .tables import cell_text, count_of, named_rows, need_columns
from .workbook import Cell, Workbook

PROVIDER: Final = "iom"
WORLD_FORMAT: Final = "iom-incidents"
EUROPE_FORMAT: Final = "iom-europe"
COUNTED: Final = frozenset(("Incident", "Split Incident"))
CUMULATIVE: Final = "Cumulative Incident"
NOT_KNOWN: Final = frozenset(("", "NA"))
_ROUTE_NOT_STATED: Final = "_U"


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a release are called. ``country`` is blank where a release names none."""

    format: str
    day: str
    dead: str
    missing: str
    total: str
    route: str
    country: str = ""

    @property
    def series(self) -> Mapping[str, str]:
        """The series of each column of counts."""
        return {self.dead: "IOM_DEAD", self.missing: "IOM_MISSING", self.total: "IOM_DEAD_MISSING"}

    @property
    def columns(self) -> frozenset[str]:
        """The names by which the layout is known."""
        named = ("Incident Type", "Region of Incident", "Incident year", self.day, self.route, *self.series)
        return frozenset((*named, self.country) if self.country else named)


WORKBOOK: Final = Layout(
    WORLD_FORMAT,
    day="Website Date",
    dead="Number of Dead",
    missing="Minimum Estimated Number of Missing",
    total="Total Number of Dead and Missing",
    route="Migration route",
)
EUROPE: Final = Layout(
    EUROPE_FORMAT,
    day="Incident date",
    dead="No. dead",
    missing="No. missing",
    total="No. dead/missing",
    route="Route",
    country="Country of Incident",
)


class _Refused(Exception):  # noqa: N818 - of the incident, not of the program
    """An incident that cannot be counted: column, rule, what was found, what would be right."""


def looks_like_europe(head: bytes) -> bool:
    """Whether the first line is the heading of the extract for Europe."""
    line = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace")
    return set(line.strip().split(",")) >= EUROPE.columns


def read_europe(stream: IO[bytes], codes: CodeMaps) -> Reading:
    """Read the extract for Europe. Errors: ``FileProblem`` for its heading."""
    rows = numbered_rows(stream)
    _line, names = next(rows, (1, []))
    need_columns(names, EUROPE.columns)
    return _read(EUROPE, named_rows(rows, names), codes)


def looks_like_workbook(workbook: Workbook) -> bool:
    """Whether the first row of some sheet is the heading of the workbook of incidents."""
    return _sheet(workbook) is not None


def read_workbook(workbook: Workbook, codes: CodeMaps) -> Reading:
    """Read the workbook of incidents."""
    name = _sheet(workbook) or ""
    heading, *rows = workbook.sheets[name]
    names = [cell_text(cell) for cell in heading]
    numbered = ((f"{name}, row {n}", row) for n, row in enumerate(rows, start=2) if any(cell != "" for cell in row))
    return _read(WORKBOOK, ((place, _named(names, row)) for place, row in numbered), codes)


def _named(names: list[str], row: list[Cell]) -> dict[str, str]:
    """A row's cells by name; a row that ends early ends in blanks."""
    return dict.fromkeys(names, "") | {name: cell_text(cell) for name, cell in zip(names, row, strict=False)}


def _sheet(workbook: Workbook) -> str | None:
    for name, rows in workbook.sheets.items():
        if rows and {cell_text(cell) for cell in rows[0]} >= WORKBOOK.columns:
            return name
    return None


def _read(layout: Layout, rows: Iterable[tuple[str, dict[str, str]] | Problem], codes: CodeMaps) -> Reading:
    gathering = Gathering()
    for row in rows:
        if isinstance(row, Problem):
            gathering.problems.append(row)
            continue
        place, cells = row
        try:
            for key, value in _figures(layout, cells, codes):
                gathering.add(key, place, value)
        except UnmappedCode as error:
            lost = _figures_lost(layout, cells)
            gathering.problems.append(Problem(place, error.concept, "R01", error.given, error.expected, rows=lost))
        except _Refused as error:
            column, rule, found, expected = error.args
            lost = _figures_lost(layout, cells)
            gathering.problems.append(Problem(place, column, rule, found, expected, rows=lost))
    return gathering.reading(layout.format, series=tuple(layout.series.values()))


def _figures_lost(layout: Layout, cells: dict[str, str]) -> int:
    """How many figures an incident that is refused would have given; at least the one that it lacks."""
    return max(1, sum(cells[name] not in NOT_KNOWN for name in layout.series))


def _figures(layout: Layout, cells: dict[str, str], codes: CodeMaps) -> list[tuple[Key, int]]:
    """The figures of one incident, all of them or none. Errors: ``_Refused``, ``UnmappedCode``."""
    _refuse_uncounted(cells["Incident Type"])
    year = _year(cells["Incident year"], cells[layout.day])
    counts = _counts(layout, cells)
    area = codes.code("area_name", cells[layout.country]) if layout.country else WORLD
    route = cells[layout.route]
    parts = {
        "INCIDENT_REGION": codes.code("INCIDENT_REGION", cells["Region of Incident"]),
        "MIGRATION_ROUTE": codes.code("MIGRATION_ROUTE", route) if route else _ROUTE_NOT_STATED,
    }
    key = breakdown(parts).key
    return [(Key(layout.series[name], area, year, key), count) for name, count in counts.items()]


def _refuse_uncounted(kind: str) -> None:
    kinds = set(kind.split(","))
    if CUMULATIVE in kinds:
        raise _Refused("Incident Type", "R12", kind, "an incident, or a split incident")
    if not kinds <= COUNTED:
        raise _Refused("Incident Type", "R01", kind, ", ".join(sorted((*COUNTED, CUMULATIVE))))


def _year(year: str, day: str) -> str:
    if year in NOT_KNOWN:
        raise _Refused("Incident year", "R03", day, "the year of the incident")
    if day not in NOT_KNOWN and day[:4] != year:
        raise _Refused("Incident year", "R11", f"{year} and {day}", "a day in that year")
    return year


def _counts(layout: Layout, cells: dict[str, str]) -> dict[str, int]:
    """What is known of the dead, the missing and the two together; they must agree."""
    counts = {}
    for name in layout.series:
        if cells[name] in NOT_KNOWN:
            continue
        try:
            counts[name] = count_of(cells[name])
        except NumberError as error:
            raise _Refused(name, "R02", cells[name], str(error)) from error
    if not counts:
        raise _Refused(layout.total, "R03", "", "a number of dead or missing")
    total = counts.get(layout.total)
    if total is not None and total != counts.get(layout.dead, 0) + counts.get(layout.missing, 0):
        raise _Refused(layout.total, "R11", str(total), "the dead and the missing together")
    return counts
