"""The well-being sheet: whiskers of the foreign-born only, a period of many years, names that are mapped one by one."""

from pathlib import Path
from typing import Any

import xlrd

from sdg_targets.domain.rows import ObservationRow, Problem
from sdg_targets.formats import wellbeing
from sdg_targets.formats.workbook import Workbook, open_workbook
from tests.factories.codes import shipped_codes

CODES = shipped_codes("whr")


def items(*rows: list[Any]) -> list[ObservationRow | Problem]:
    workbook = Workbook({"Table2.1": [["country"]], "Figure2.4": [list(wellbeing.HEADING), *rows]})
    assert wellbeing.looks_like(workbook)
    reading = wellbeing.read(workbook, CODES)
    assert (reading.vintage, reading.gathered) == ("2018", 0)
    return list(reading.items)


def test_the_foreign_born_have_whiskers_and_the_locally_born_none() -> None:
    foreign, local = items(["Ivory Coast", 3.908273458480835, 4.145020524263382, 3.671526392698288, 4.25])
    assert isinstance(foreign, ObservationRow) and isinstance(local, ObservationRow)
    assert (foreign.area, foreign.period, foreign.breakdown) == ("CIV", "2005/2017", "MIGRATORY_STATUS=MS_MIGRANT")
    assert (foreign.lower_bound, foreign.value, foreign.upper_bound) == (
        "3.671526392698288",
        "3.908273458480835",
        "4.145020524263382",
    )
    assert (local.breakdown, local.value) == ("MIGRATORY_STATUS=MS_NOMIGRANT", "4.25")
    assert (local.lower_bound, local.upper_bound) == (None, None)


def test_names_of_other_sheets_and_of_no_area_are_refused_and_blanks_are_no_figures() -> None:
    found = items(
        ["Northern Cyprus", 5.5, 6.0, 5.0, 5.6],
        ["Hong Kong S.A.R. of China", 5.5, 6.0, 5.0, ""],
        ["Kenya", "", "", "", "n/a"],
        ["", "", "", "", ""],
    )
    assert [(p.place, p.rule, p.found, p.rows) for p in found if isinstance(p, Problem)] == [
        ("Figure2.4!A2", "R01", "Northern Cyprus", 2),
        ("Figure2.4!A3", "R01", "Hong Kong S.A.R. of China", 1),
        ("Figure2.4!E4", "R02", "n/a", 1),
    ]


def test_another_heading_is_not_the_sheet() -> None:
    assert not wellbeing.looks_like(Workbook({"Figure2.4": [["Country", "Average"]]}))
    assert not wellbeing.looks_like(Workbook({"Figure2.4": []}))


def test_every_cell_of_the_real_sheet_is_read_to_its_last_digit(shared: Path) -> None:
    path = shared / "data/wellbeing/WHR2018Chapter2OnlineData.xls"
    with path.open("rb") as stream:
        rows = [r for r in wellbeing.read(open_workbook(stream), CODES).items if isinstance(r, ObservationRow)]
    sheet = xlrd.open_workbook(str(path)).sheet_by_name("Figure2.4")
    printed = {f"Figure2.4!{letter}{row + 1}": sheet.cell_value(row, column)
               for row in range(1, sheet.nrows) for letter, column in (("B", 1), ("E", 4))}  # fmt: skip
    assert len(rows) == 230 and all(float(row.value or "nan") == printed[row.place] for row in rows)
