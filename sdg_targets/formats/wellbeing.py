"""World Happiness Report 2018, chapter 2: how the foreign-born and the locally born evaluate their lives, 0 to 10.

The sheet ``Figure2.4`` has a row a country: its name (no code, and not the name of the other sheets), the average of the
foreign-born with an upper and a lower whisker, and the average of the locally born, which has none. Surveys of 2005 to 2017
are taken together: the period is the whole of it, and there is no trend. Source: Gallup World Poll.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from sdg_targets.domain.disaggregation import breakdown
from sdg_targets.domain.numbers import NumberError, plain_number
from sdg_targets.domain.rows import ObservationRow, Problem, Reading

from .mapping import CodeMaps, UnmappedCode
from .tables import cell_text
from .workbook import Cell, Workbook

PROVIDER: Final = "whr"
FORMAT: Final = "whr-2018"
SHEET: Final = "Figure2.4"
SERIES: Final = "WHR_HAPPINESS"
PERIOD: Final = "2005/2017"
VINTAGE: Final = "2018"
CARRIES: Final = frozenset(("status", "lower_bound", "upper_bound"))
HEADING: Final = (
    "Country",
    "Average happiness of foreign born",
    "Whisker-high",
    "Whisker-low",
    "Average happiness of locally born",
)


def looks_like(workbook: Workbook) -> bool:
    """Whether the workbook has the sheet with its heading."""
    rows = workbook.sheets.get(SHEET)
    return bool(rows) and tuple(cell_text(cell) for cell in (rows or [[]])[0]) == HEADING


def read(workbook: Workbook, codes: CodeMaps) -> Reading:
    """Read the sheet: two figures a country."""
    return Reading(FORMAT, VINTAGE, (SERIES,), CARRIES, _items(workbook.sheets[SHEET][1:], codes))


def _items(rows: Sequence[list[Cell]], codes: CodeMaps) -> Iterator[ObservationRow | Problem]:
    for number, row in enumerate(rows, start=2):
        name, foreign_born, high, low, locally_born = (_text(cell) for cell in row)
        if not (foreign_born or locally_born):
            continue
        both = (("B", "MS_MIGRANT", foreign_born, low, high), ("E", "MS_NOMIGRANT", locally_born, "", ""))
        filled = [figure for figure in both if figure[2]]
        try:
            area = codes.code("area_name", name)
        except UnmappedCode as error:
            yield Problem(f"{SHEET}!A{number}", "area", "R01", error.given, error.expected, rows=len(filled))
            continue
        for letter, status, value, lower, upper in filled:
            yield _figure(f"{SHEET}!{letter}{number}", area, status, (value, lower, upper))


def _text(cell: Cell) -> str:
    """A number with every digit that is stored, or a text."""
    return repr(cell) if isinstance(cell, float) else cell_text(cell)


def _figure(place: str, area: str, status: str, numbers: tuple[str, str, str]) -> ObservationRow | Problem:
    try:
        value, lower, upper = (plain_number(text) if text else None for text in numbers)
    except NumberError as error:
        return Problem(place, "value", "R02", " ".join(numbers).strip(), str(error))
    return ObservationRow(
        place=place,
        series=SERIES,
        area=area,
        period=PERIOD,
        breakdown=breakdown({"MIGRATORY_STATUS": status}).key,
        value=value,
        status="A",
        lower_bound=lower,
        upper_bound=upper,
    )
