"""Our World in Data chart downloads of a series of the UN SDG database: ``Entity,Code,Year,<heading>``.

The heading names the UN series, as in ``10.7.2 - ... - SG_CPA_MIGRS - All Domains``. Codes are ISO3, besides codes of
the site's own (``OWID_WRL``); rows without a code are the site's groups and are refused as such.
"""

import re
from collections.abc import Iterator
from typing import IO, Final

from sdg_targets.domain.disaggregation import TOTAL
from sdg_targets.domain.numbers import NumberError, plain_number
from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading

from .lines import numbered_rows
from .mapping import CodeMaps, UnmappedCode

PROVIDER: Final = "owid"
FORMAT: Final = "owid"
CARRIES: Final = frozenset(("status",))
_HEADING: Final = re.compile(r".* - (?P<series>[A-Z]{2}_[A-Z0-9_]+) - All .*")


def looks_like(head: bytes) -> bool:
    """Whether the first line is the heading of a chart download."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"Entity,Code,Year,")


def read(stream: IO[bytes], codes: CodeMaps) -> Reading:
    """Read one chart download. Errors: ``FileProblem`` where the heading names no UN series."""
    rows = numbered_rows(stream)
    _line, names = next(rows, (1, []))
    match = _HEADING.fullmatch(names[3]) if len(names) == 4 else None
    if match is None:
        raise FileProblem("The fourth heading names no series of the UN SDG database for all groups together.")
    return Reading(FORMAT, "", (match["series"],), CARRIES, _items(rows, match["series"], codes))


def _items(rows: Iterator[tuple[int, list[str]]], series: str, codes: CodeMaps) -> Iterator[ObservationRow | Problem]:
    for line, cells in rows:
        place = f"line {line}"
        if len(cells) != 4:
            yield Problem(place, "", "R03", f"{len(cells)} cells", "4 cells, as in the heading")
            continue
        entity, code, year, value = cells
        try:
            yield ObservationRow(
                place=place,
                series=series,
                area=codes.code("iso3", code or entity),
                period=year,
                breakdown=TOTAL,
                value=plain_number(value),
                status="A",
            )
        except UnmappedCode as error:
            yield Problem(place, "area", "R01", error.given, error.expected)
        except NumberError as error:
            yield Problem(place, "value", "R02", value, str(error))
