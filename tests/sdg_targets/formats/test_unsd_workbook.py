"""UNSD's workbooks of a series: a cell is a place, and a row of the grid in which nothing is said is no observation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem
from sdg_targets.formats import unsd_workbook
from sdg_targets.formats.mapping import CodeMaps
from sdg_targets.formats.workbook import Cell, Workbook

CODES = CodeMaps(
    {
        "unit": {"PERCENT": "PT"},
        "nature": {"NA": "_X"},
        "area": {"004": "AFG"},
        "column": {"sexCode": "SEX"},
        "SEX": {"FEMALE": "F"},
    }
)
HEADING: list[Cell] = [
    "seriesCode", "seriesRelease", "timePeriod", "geoAreaCode", "value", "timeDetail", "source", "footnotes",
    "natureCode", "unitsCode", "reportingTypeCode", "sexCode",
]  # fmt: skip
ROW: dict[str, Cell] = {
    "seriesCode": "SI_RMT_COST", "seriesRelease": "2019.Q1.G.02", "timePeriod": 2017, "geoAreaCode": "4",
    "value": "9.88", "source": "World Bank", "natureCode": "NA", "unitsCode": "PERCENT", "reportingTypeCode": "G",
}  # fmt: skip


def workbook(*rows: dict[str, Cell]) -> Workbook:
    return Workbook({"Sheet1": [HEADING, *([row.get(str(name), "") for name in HEADING] for row in rows)]})


def read(*rows: dict[str, Cell]) -> list[ObservationRow | Problem]:
    return list(unsd_workbook.read(workbook(*rows), CODES).items)


def test_a_row_is_an_observation_at_the_cell_of_its_value() -> None:
    (row,) = read(ROW)
    assert isinstance(row, ObservationRow)
    assert (row.place, row.series, row.area, row.period, row.value) == (
        "Sheet1!E2",
        "SI_RMT_COST",
        "AFG",
        "2017",
        "9.88",
    )
    assert (row.breakdown, row.nature, row.unit, row.source) == ("_T", "_X", "PT", "World Bank")


def test_numbers_that_the_spreadsheet_made_of_codes_are_codes_again() -> None:
    (row,) = read(ROW | {"timePeriod": 2017.0, "geoAreaCode": 4.0, "value": 9.5})
    assert isinstance(row, ObservationRow) and (row.area, row.period, row.value) == ("AFG", "2017", "9.5")


def test_a_row_of_the_grid_in_which_nothing_is_said_is_no_observation() -> None:
    grid = {name: ROW[name] for name in ("seriesCode", "seriesRelease", "timePeriod", "geoAreaCode")}
    assert read(grid) == []


def test_a_row_that_says_something_but_no_value_is_a_missing_value() -> None:
    (row,) = read(ROW | {"value": ""})
    assert isinstance(row, ObservationRow) and (row.value, row.status) == (None, "O")


def test_a_dimension_is_read_and_one_without_meaning_refuses_the_row_at_its_cell() -> None:
    row, item = read(ROW | {"sexCode": "FEMALE"}, ROW | {"sexCode": "X"})
    assert isinstance(row, ObservationRow) and row.breakdown == "SEX=F"
    assert isinstance(item, Problem) and (item.place, item.rule, item.found) == ("Sheet1!E3", "R01", "X")


def test_the_release_is_the_vintage_and_two_refuse_the_file() -> None:
    assert unsd_workbook.read(workbook(ROW), CODES).vintage == "2019.Q1.G.02"
    with pytest.raises(FileProblem, match=r"2019\.Q1\.G\.02, 2019\.Q2"):
        unsd_workbook.read(workbook(ROW, ROW | {"seriesRelease": "2019.Q2"}), CODES)


def test_only_a_sheet_with_these_headings_is_known() -> None:
    assert unsd_workbook.looks_like(workbook())
    assert not unsd_workbook.looks_like(Workbook({"Sheet1": [["value"]]}))
    assert not unsd_workbook.looks_like(Workbook({"Sheet1": []}))
    assert not unsd_workbook.looks_like(Workbook({}))


@given(st.integers(0, 16_383))
def test_columns_are_named_as_spreadsheets_name_them(index: int) -> None:
    assert unsd_workbook.column_letters(index) == get_column_letter(index + 1)
