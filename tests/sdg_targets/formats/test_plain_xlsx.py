"""The product's own columns in a workbook: the same rows as its own CSV, and no guess about what a spreadsheet changed."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdg_targets.domain.rows import COLUMNS, OPTIONAL, FileProblem, ObservationRow, Problem, Reading
from sdg_targets.formats import plain_csv, plain_xlsx
from sdg_targets.formats.workbook import Workbook, open_workbook
from tests.factories.workbooks import with_rows, workbook

HEADING = ["series", "area", "period", "breakdown", "value"]
#: Text that XML can hold, and that is no error of a spreadsheet.
words = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="#\ufffe\uffff"), min_size=1, max_size=20
)
#: Numbers as a person types them: a spreadsheet keeps fifteen digits.
numbers = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4)


def reading_of(*rows: Sequence[Any], heading: Sequence[Any] = HEADING, **more: Sequence[Sequence[Any]]) -> Reading:
    return plain_xlsx.read(open_workbook(io.BytesIO(workbook(Data=[heading, *rows], **more))))


def only(*cells: Any, heading: Sequence[Any] = HEADING) -> ObservationRow | Problem:
    (item,) = reading_of(cells, heading=heading).items
    return item


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.builds(
            ObservationRow,
            place=st.just(""),
            series=words,
            area=words,
            period=words,
            breakdown=words,
            value=st.none() | words | numbers.map(str),
            status=st.none() | words,
            numerator=st.none() | numbers.map(str),
            source=st.none() | words,
            footnote=st.none() | words,
        ),
        max_size=8,
    )
)
def test_rows_come_back_from_a_workbook_as_from_a_csv(rows: list[ObservationRow]) -> None:
    text = io.StringIO(newline="")
    plain_csv.write(rows, text)
    from_csv = list(plain_csv.read(io.BytesIO(text.getvalue().encode())).items)
    names = [name for name in COLUMNS if name != "place"]
    book = workbook(Data=[names, *([getattr(row, name) for name in names] for row in rows)])
    from_xlsx = list(plain_xlsx.read(open_workbook(io.BytesIO(book))).items)
    assert [replace(item, place="") for item in from_xlsx] == [replace(item, place="") for item in from_csv]


@settings(max_examples=15, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=40))
def test_numbers_in_cells_are_the_numbers_of_the_csv(values: list[Decimal]) -> None:
    book = workbook(Data=[HEADING, *(["S", "KEN", 2000 + n, "_T", float(value)] for n, value in enumerate(values))])
    items = [
        item for item in plain_xlsx.read(open_workbook(io.BytesIO(book))).items if isinstance(item, ObservationRow)
    ]
    assert [Decimal(item.value or "") for item in items] == values
    assert [item.period for item in items] == [str(2000 + n) for n in range(len(values))]


def test_the_heading_is_the_first_filled_row_and_other_sheets_are_notes() -> None:
    sheet = [[None], [None], [None, *HEADING, "source"], [None, "S", "KEN", 2015, "_T", 6.2, "A survey"], [None]]
    book = open_workbook(io.BytesIO(workbook(Notes=[["How this was made"], ["series, area"]], Data=sheet)))
    assert plain_xlsx.looks_like(book)
    reading = plain_xlsx.read(book)
    assert (reading.format, reading.carries) == ("xlsx", frozenset(("source",)))
    assert list(reading.items) == [ObservationRow("Data!F4", "S", "KEN", "2015", "_T", "6.2", source="A survey")]


@pytest.mark.parametrize(
    ("period", "read"),
    [(2015, "2015"), (2015.0, "2015"), ("2015", "2015"), (date(2015, 3, 1), "2015-03-01"), ("2015-Q3", "2015-Q3")],
)
def test_a_number_of_the_period_is_a_year_and_a_true_date_is_a_day(period: Any, read: str) -> None:
    item = only("S", "KEN", period, "_T", 1)
    assert isinstance(item, ObservationRow) and item.period == read


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (6.2, "6.2"),
        ("6.20", "6.20"),
        (0, "0"),
        (None, None),
        ("", None),
        (1234567890123, "1234567890123"),
        (3e-05, "0.00003"),
        ("6,2", "6,2"),
        ("1 013,8", "1 013,8"),
    ],
)
def test_a_value_is_its_shortest_number_and_a_text_as_it_stands(value: Any, read: str | None) -> None:
    """What a text says is for the rules: a decimal comma is refused by V07, as in a CSV."""
    item = only("S", "KEN", 2015, "_T", value)
    assert isinstance(item, ObservationRow) and item.value == read


def test_the_number_of_an_area_has_three_digits() -> None:
    item = only("S", 1, 2015, "_T", 1)
    assert isinstance(item, ObservationRow) and item.area == "001"


@pytest.mark.parametrize(
    ("cells", "place", "found"),
    [
        (["S", "KEN", 2015, "_T", True], "Data!E2", "TRUE"),
        (["S", "KEN", 2015, "_T", date(2015, 5, 1)], "Data!E2", "2015-05-01"),
        (["S", "KEN", datetime(2015, 3, 1, 12), "_T", 1], "Data!C2", "2015-03-01 12:00:00"),  # noqa: DTZ001 - none has
        (["S", "KEN", time(3), "_T", 1], "Data!C2", "03:00:00"),
        ([date(2015, 3, 1), "KEN", 2015, "_T", 1], "Data!A2", "2015-03-01"),
    ],
)
def test_what_a_spreadsheet_made_of_a_cell_is_refused_with_its_place(cells: list[Any], place: str, found: str) -> None:
    item = only(*cells)
    assert isinstance(item, Problem)
    assert (item.place, item.rule, item.found) == (place, "R02", found)
    assert item.expected


def test_formulas_give_their_result_and_errors_are_refused() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, HEADING)
        for row, result in ((1, 6.2), (2, "#DIV/0!"), (3, "#N/A")):
            sheet.write_row(row, 0, ["S", "KEN", 2014 + row, "_T"])
            sheet.write_formula(row, 4, "=A1", None, result)
        sheet.set_column(4, 4, None, None, {"hidden": True})
    good, *bad = plain_xlsx.read(open_workbook(io.BytesIO(made.getvalue()))).items
    assert isinstance(good, ObservationRow) and good.value == "6.2"
    assert [(p.place, p.column, p.rule, p.found) for p in bad if isinstance(p, Problem)] == [
        ("Data!E3", "value", "R02", "#DIV/0!"),
        ("Data!E4", "value", "R02", "#N/A"),
    ]


def test_a_percentage_is_refused_for_it_is_a_hundredth_of_what_is_shown() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, HEADING)
        sheet.write_row(1, 0, ["S", "KEN", 2015, "_T"])
        sheet.write_number(1, 4, 0.062, book.add_format({"num_format": "0.0%"}))
    (item,) = plain_xlsx.read(open_workbook(io.BytesIO(made.getvalue()))).items
    assert isinstance(item, Problem)
    assert (item.place, item.rule, item.found) == ("Data!E2", "R02", "0.062 shown as a percentage")
    assert "6.2 for 6.2 per cent" in item.expected


def test_a_merged_cell_stands_once_and_the_row_below_it_has_no_area() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("Data")
        for row, cells in enumerate([HEADING, ["S", "", 2015, "_T", 1], ["S", "", 2016, "_T", 2]]):
            sheet.write_row(row, 0, cells)
        sheet.merge_range(1, 1, 2, 1, "KEN")
    items = list(plain_xlsx.read(open_workbook(io.BytesIO(made.getvalue()))).items)
    assert [(i.place, i.area) for i in items if isinstance(i, ObservationRow)] == [("Data!E2", "KEN"), ("Data!E3", "")]


def test_the_provenance_of_the_rows_is_that_of_the_file() -> None:
    heading = ["dataset", "vintage", *HEADING]
    rows = [["UNSD-SDG", 2020, "S", "KEN", 2015, "_T", 1], ["UNSD-SDG", "2020", "S", "KEN", 2016, "_T", 1]]
    reading = reading_of(*rows, heading=heading)
    assert (reading.dataset, reading.vintage) == ("UNSD-SDG", "2020")
    with pytest.raises(FileProblem, match="One file is of one vintage; this one has 2: 2020, 2021"):
        reading_of(*rows, ["UNSD-SDG", 2021, "S", "KEN", 2016, "_T", 1], heading=heading)


def test_a_column_that_is_not_known_is_named_and_a_blank_one_must_be_blank() -> None:
    with pytest.raises(FileProblem, match="unknown: colour"):
        reading_of(heading=[*HEADING, "colour"])
    with pytest.raises(FileProblem, match="given twice: value"):
        reading_of(heading=[*HEADING, "value"])
    heading = [*HEADING, "", "status"]
    problem, row = reading_of(
        ["S", "KEN", 2015, "_T", 1, "see note", "A"], ["S", "KEN", 2016, "_T", 1, None, "A"], heading=heading
    ).items
    assert isinstance(problem, Problem) and (problem.place, problem.found) == ("Data!F2", "see note")
    assert isinstance(row, ObservationRow) and row.status == "A"


def test_two_sheets_of_observations_and_an_old_workbook_are_refused() -> None:
    with pytest.raises(FileProblem, match=r"Several sheets hold observations \(Data, More\)"):
        reading_of(More=[HEADING])
    with pytest.raises(FileProblem, match="Save this workbook as XLSX"):
        plain_xlsx.read(Workbook({"Data": [HEADING]}, kind="xls"))


def test_titles_may_stand_above_the_heading_and_a_sheet_without_one_is_none_of_ours() -> None:
    assert plain_xlsx.looks_like(Workbook({"Data": [["A title"], [], list(HEADING)], "Empty": []}))
    assert not plain_xlsx.looks_like(Workbook({"Data": [["A title"], ["series", "area"]], "Empty": []}))
    assert not plain_xlsx.looks_like(Workbook({"Data": [*([["A title"]] * 100), list(HEADING)]}))
    assert set(OPTIONAL) <= plain_csv.KNOWN


def test_rows_without_a_cell_are_passed_over_down_to_the_last_one() -> None:
    cells = "".join(f'<c r="{c}1" t="inlineStr"><is><t>{n}</t></is></c>' for c, n in zip("ABCDE", HEADING, strict=True))
    rows = (
        f'<row r="1">{cells}</row><row r="2"><c r="A2" s="0"/></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>S</t></is></c><c r="E3" t="n"><f aca="false">3*2</f><v>6</v></c></row>'
        '<row r="1048576" customFormat="false" ht="12.8"/>'
    )
    (item,) = plain_xlsx.read(open_workbook(io.BytesIO(with_rows(rows)))).items
    assert isinstance(item, ObservationRow) and (item.place, item.value, item.area) == ("Data!E3", "6", "")
