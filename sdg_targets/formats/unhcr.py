"""UNHCR's Refugee Population Statistics: a year, a country of origin, a country of asylum, and the people counted.

Columns: ``year, coo_name, coo, coo_iso, coa_name, coa, coa_iso`` and then those of one table: ``population`` (nine groups
of people), ``solutions`` (four), ``idmc`` and ``unrwa`` (``total``). UNHCR's own codes look like ISO's and are not (AUS is
Austria); the columns of ISO codes must mean the same. A blank is no figure. A 0 is one, though it can mean none, fewer than
five, or nothing reported; but not for years and places for which the table could hold none. Source: the R package
``refugees`` of UNHCR, 2025.12.1.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from itertools import chain
from typing import IO, Final

from sdg_targets.domain.codes import WORLD
from sdg_targets.domain.disaggregation import COUNTERPART, TOTAL, breakdown
from sdg_targets.domain.numbers import NumberError, plain_number
from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading

from .lines import numbered_rows
from .mapping import CodeMaps, UnmappedCode
from .tables import named_rows

PROVIDER: Final = "unhcr"
FORMAT: Final = "unhcr"
CARRIES: Final = frozenset(("status",))
KEYS: Final = ("year", "coo_name", "coo", "coo_iso", "coa_name", "coa", "coa_iso")
SERIES: Final[Mapping[str, str]] = {
    "refugees": "UNHCR_REFUGEES",
    "asylum_seekers": "UNHCR_ASYLUM_SEEKERS",
    "returned_refugees": "UNHCR_RETURNED_REFUGEES",
    "idps": "UNHCR_IDPS",
    "returned_idps": "UNHCR_RETURNED_IDPS",
    "stateless": "UNHCR_STATELESS",
    "ooc": "UNHCR_OTHERS_OF_CONCERN",
    "oip": "UNHCR_OTHER_IN_NEED",
    "hst": "UNHCR_HOST_COMMUNITY",
    "resettlement": "UNHCR_RESETTLEMENT",
    "naturalisation": "UNHCR_NATURALISATION",
}
#: The two tables whose only count is called ``total``.
PALESTINE_REFUGEES: Final = "UNRWA_PALESTINE_REFUGEES"
CONFLICT_IDPS: Final = "IDMC_CONFLICT_IDPS"
#: People who did not leave their country: such a figure has no country of origin beside that where they are.
WITHIN: Final = frozenset(("UNHCR_IDPS", "UNHCR_RETURNED_IDPS", CONFLICT_IDPS))
#: The first year in which the publisher counted anybody of a group: the wide table fills the years before with 0.
COUNTED_SINCE: Final[Mapping[str, str]] = {
    "UNHCR_ASYLUM_SEEKERS": "1993",
    "UNHCR_RETURNED_REFUGEES": "1965",
    "UNHCR_IDPS": "1993",
    "UNHCR_RETURNED_IDPS": "1997",
    "UNHCR_STATELESS": "2004",
    "UNHCR_OTHERS_OF_CONCERN": "1997",
    "UNHCR_HOST_COMMUNITY": "2019",
}
#: Up to this year ``idmc`` holds one figure a year, of the world, under the country "Unknown".
LAST_YEAR_OF_WORLD: Final = 2008
_UNKNOWN: Final = "_U"
_PALESTINE: Final = "GAZ"
#: A row as its place and its cells by name.
_Row = tuple[str, dict[str, str]]


def looks_like(head: bytes) -> bool:
    """Whether the first line is the heading of one of the four tables."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(",".join(KEYS).encode() + b",")


def read(stream: IO[bytes], codes: CodeMaps) -> Reading:
    """Read one table, row by row. Errors: ``FileProblem`` for a column, or a table, that is not known."""
    numbered = numbered_rows(stream)
    _line, names = next(numbered, (1, []))
    columns = names[len(KEYS) :]
    if unknown := [name for name in columns if name not in SERIES and name != "total"]:
        raise FileProblem(f"This table of UNHCR has columns that are not known here: {', '.join(unknown)}.")
    rows = named_rows(numbered, names)
    series = {name: SERIES[name] for name in columns if name != "total"}
    if "total" in columns:
        series["total"], rows = _table_of_totals(rows)
    return Reading(FORMAT, "", tuple(series.values()), CARRIES, _items(rows, series, codes))


def _table_of_totals(rows: Iterator[_Row | Problem]) -> tuple[str, Iterator[_Row | Problem]]:
    """Whose people a column ``total`` counts, and the rows, none of them lost.

    The tables ``idmc`` and ``unrwa`` have one heading. A Palestinian elsewhere is in the second, any other origin in the
    first; people of Palestine in Palestine are in both. Errors: ``FileProblem`` where no row tells.
    """
    seen: list[_Row | Problem] = []
    for row in rows:
        seen.append(row)
        if isinstance(row, Problem):
            continue
        cells = row[1]
        if cells["coo"] != _PALESTINE:
            return CONFLICT_IDPS, chain(seen, rows)
        if cells["coa"] != _PALESTINE:
            return PALESTINE_REFUGEES, chain(seen, rows)
    raise FileProblem("No row tells whether this table is of Palestine refugees or of people displaced by conflict.")


def _items(
    rows: Iterator[_Row | Problem], series: Mapping[str, str], codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    for row in rows:
        if isinstance(row, Problem):
            yield row
        else:
            yield from _figures(*row, series, codes)


def _figures(
    place: str, cells: dict[str, str], series: Mapping[str, str], codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    """Each filled cell of a row; a row whose countries cannot be told is one problem, for all of them."""
    filled = {name: cells[name] for name, code in series.items() if not _says_nothing(cells[name], code, cells)}
    refused = partial(Problem, place, rows=max(1, len(filled)))
    try:
        origin, asylum = _country("coo", cells, codes), _country("coa", cells, codes)
    except UnmappedCode as error:
        yield refused(error.concept, "R01", error.given, error.expected)
        return
    except _Contradiction as error:
        yield refused(*error.args)
        return
    for name, text in filled.items():
        yield _figure(f"{place}, {name}", series[name], cells["year"], (origin, asylum), text)


def _says_nothing(text: str, series: str, cells: dict[str, str]) -> bool:
    """Whether a cell is blank, or the 0 with which the wide table fills what cannot be or was not counted yet.

    Nobody is displaced *within* a pair of countries; and nobody had counted host communities in 1951.
    """
    if text != "0":
        return not text
    is_pair = cells["coo"] != cells["coa"]
    return (series in WITHIN and is_pair) or cells["year"] < COUNTED_SINCE.get(series, "")


class _Contradiction(Exception):  # noqa: N818 - of the row, not of the program
    """Two columns of a row that contradict each other: column, rule, what was found, what would be right."""


def _country(side: str, cells: dict[str, str], codes: CodeMaps) -> str:
    """Our code of a country of origin or asylum. Errors: ``UnmappedCode``; ``_Contradiction``."""
    own, iso = cells[side], cells[f"{side}_iso"]
    area = codes.area(own)
    if codes.code("iso3", iso) != area:
        raise _Contradiction(f"{side}_iso", "R11", f"{own} {iso}", f"the ISO code of {area}")
    return area


def _figure(place: str, series: str, year: str, countries: tuple[str, str], text: str) -> ObservationRow | Problem:
    origin, asylum = countries
    within = series in WITHIN
    if within and origin != asylum:
        found = f"{text} from {origin} in {asylum}"
        return Problem(place, "coo", "R11", found, "one country, for people displaced within it")
    if series == PALESTINE_REFUGEES and origin != "PSE":
        return Problem(place, "coo", "R11", f"{text} from {origin}", "PSE, in a table of Palestine refugees")
    of_world = series == CONFLICT_IDPS and asylum == _UNKNOWN and year <= str(LAST_YEAR_OF_WORLD)
    try:
        value = plain_number(text)
    except NumberError as error:
        return Problem(place, "value", "R02", text, str(error))
    return ObservationRow(
        place=place,
        series=series,
        area=WORLD if of_world else asylum,
        period=year,
        breakdown=TOTAL if within else _from(origin),
        value=value,
        status="A",
    )


@lru_cache(maxsize=512)
def _from(origin: str) -> str:
    """The breakdown of people who are from a country."""
    return breakdown({COUNTERPART: origin}).key
