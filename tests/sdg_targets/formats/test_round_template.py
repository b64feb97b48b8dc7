"""A template is written and read: what went in comes out, through our writer, openpyxl, LibreOffice and CSV."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdg_targets.domain.filled import ENTERED, NUMBERS, TEXTS, Given, read_entry, same
from sdg_targets.domain.rows import FileProblem
from sdg_targets.formats.round_template import (
    COLUMNS,
    FIRST,
    Made,
    TemplateRow,
    Words,
    number_in,
    write_csv,
    write_workbook,
)
from sdg_targets.formats.round_upload import Filled, read
from tests.factories import workbooks
from tests.factories.filled import opened, put, saved
from tests.factories.hostile import FILES
from tests.libreoffice import CSV, saved_by_libreoffice

WORDS = Words(
    sheets=("Instructions", "Données", "Codes"),
    headings={column: column.replace("_", " ").title() for column in COLUMNS[:-2]},
    statuses=["A: Normal value", "L: Not collected"],
    multipliers=["0: as written", "3: thousands"],
    instructions=[("How", ["1. Write."]), ("Comment", ["1. Écrivez."]), ("Cómo", ["1. Escriba."])],
)
MADE = Made("KEN", "2026", 7, "en")


def row(period: str = "2015", breakdown: str = "_T", *, seen: int = 0, **said: str) -> TemplateRow:
    return TemplateRow(
        "SI_RMT_COST", "Remittance costs", breakdown, "Total", period, "%", "9.1", "8", said=said or None, seen=seen
    )


ROWS = [row("2014", seen=2, value="8.4", status="A", source="Survey"), row("2015"), row("2016", status="L")]


def as_xlsx(rows: Any = ROWS, made: Made = MADE) -> bytes:
    stream = io.BytesIO()
    write_workbook(rows, stream, made=made, words=WORDS)
    return stream.getvalue()


def as_csv(rows: Any = ROWS, made: Made = MADE) -> bytes:
    text = io.StringIO(newline="")
    write_csv(rows, text, made=made)
    return text.getvalue().encode()


def back(data: bytes, *, most: int = 100) -> Filled:
    return read(io.BytesIO(data), most=most)


def texts(data: bytes, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(one.text(column) for column in columns) for one in back(data).rows]


NOON = datetime.fromisoformat("2015-01-01T12:00")
PLAIN = [("2014", "8.4", "A: Normal value"), ("2015", "", ""), ("2016", "", "L: Not collected")]


def test_what_is_written_is_read() -> None:
    found = back(as_xlsx())
    assert found.made == "KEN/2026/7/en"
    assert texts(as_xlsx(), "period", "value", "status") == PLAIN
    assert [(one.place(), one.text("seen")) for one in found.rows] == [
        ("Données!H3", "2"), ("Données!H4", "0"), ("Données!H5", "0")
    ]  # fmt: skip
    assert texts(as_csv(), "period", "value", "status") == [("2014", "8.4", "A"), ("2015", "", ""), ("2016", "", "L")]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=40).map(str.strip)
SAID = st.fixed_dictionaries(
    {}
    | {
        name: st.one_of(st.just(""), st.decimals(-(10**9), 10**9, places=3).map(lambda d: format(d, "f")))
        for name in NUMBERS
    }
    | dict.fromkeys(TEXTS, TEXT)
    | {"status": st.sampled_from(["A", "L", "E"]), "multiplier": st.sampled_from(["0", "3"])}
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(said=SAID, language=st.sampled_from(["en", "fr", "es"]), kind=st.sampled_from([as_xlsx, as_csv]))
def test_every_content_comes_back_as_it_went(said: dict[str, str], language: str, kind: Any) -> None:
    (found,) = back(kind([row(**said)], Made("KEN", "2026", 7, language))).rows
    mine, slips = read_entry(found.given, language, percent=False)
    contradiction = said["value"] and said["status"] == "L"
    assert bool(slips) == bool(contradiction)
    assert [column for column in ENTERED if not same(column, mine[column], said[column])] == []


@given(number=st.decimals(-(10**7), 10**7, places=3), language=st.sampled_from(["en", "fr", "es"]))
def test_a_number_in_a_csv_has_one_reading(number: Decimal, language: str) -> None:
    said, slips = read_entry({"value": Given(number_in(format(number, "f"), language))}, language, percent=False)
    assert slips == [] and Decimal(said["value"]) == number


def test_a_number_of_more_digits_than_a_spreadsheet_keeps_is_a_text() -> None:
    long = "12345678901234567.123456789"
    (found,) = back(as_xlsx([row(value=long)])).rows
    assert found.given["value"] == Given(long)


def test_headings_and_keys_are_locked_and_the_cells_to_fill_in_are_not() -> None:
    sheet = opened(as_xlsx())
    assert sheet.protection.sheet and sheet.protection.password is None
    locked = {column for at, column in enumerate(COLUMNS, start=1) if sheet.cell(FIRST + 1, at).protection.locked}
    assert locked == set(COLUMNS) - set(ENTERED)
    assert all(sheet.cell(at, column).protection.locked for at in (1, 2) for column in (1, 8))
    assert not sheet.column_dimensions["A"].protection.locked  # room for further observations below
    assert sheet.freeze_panes == "F3"
    assert sheet.row_dimensions[1].hidden
    assert all(sheet.column_dimensions[letter].hidden for letter in ("V", "W"))


def test_lists_to_choose_from_stand_in_a_sheet_of_their_own() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx()))
    assert book.sheetnames == ["Instructions", "Données", "Codes"]
    lists = {str(one.sqref): one.formula1 for one in book["Données"].data_validations.dataValidation}
    assert lists == {"I3:I206": "'Codes'!$A$2:$A$3", "K3:K206": "'Codes'!$B$2:$B$3"}
    assert [cell.value for cell in book["Codes"]["A"]] == ["Status", "A: Normal value", "L: Not collected"]
    assert [cell.value for cell in book["Instructions"]["A"] if cell.value] == [
        "How", "1. Write.", "Comment", "1. Écrivez.", "Cómo", "1. Escriba."
    ]  # fmt: skip


def test_nothing_in_it_is_taken_for_a_formula_and_nothing_in_the_csv_either() -> None:
    bad = '=HYPERLINK("http://example.org")'
    sheet = opened(as_xlsx([row(source=bad)]))
    assert sheet.cell(FIRST + 1, COLUMNS.index("source") + 1).data_type == "s"
    assert b"'=HYPERLINK" in as_csv([row(source=bad)])
    assert texts(as_csv([row(source=bad)]), "source") == [(bad,)]


# What people and spreadsheets do to it


def test_rows_in_another_order_blank_rows_remarks_and_further_columns_do_no_harm() -> None:
    sheet = opened(as_xlsx())
    cells = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=FIRST + 1, max_row=FIRST + 3)]
    for at, line in enumerate(reversed(cells)):
        for column, value in enumerate(line, start=1):
            sheet.cell(FIRST + 2 + 2 * at, column).value = value
    for column in range(1, len(COLUMNS) + 1):
        for at in (FIRST + 1, FIRST + 3, FIRST + 5):
            sheet.cell(at, column).value = None
    sheet.cell(FIRST + 9, 1).value = "Ask the Central Bank before March"
    sheet.cell(FIRST + 4, 30).value = "my own remark"
    sheet.insert_cols(3)
    sheet.column_dimensions["H"].hidden = True
    sheet.row_dimensions[FIRST + 4].hidden = True
    assert sorted(texts(saved(sheet), "period", "value", "status")) == PLAIN


def test_without_the_row_of_codes_the_file_is_refused_with_the_way_out() -> None:
    sheet = opened(as_xlsx())
    sheet.delete_rows(1)
    with pytest.raises(FileProblem, match="No row names the columns series, breakdown, period, value"):
        back(saved(sheet))


def test_two_sheets_of_observations_or_a_column_twice_are_asked_about() -> None:
    sheet = opened(as_xlsx())
    sheet.parent.copy_worksheet(sheet)
    with pytest.raises(FileProblem, match="Several sheets hold observations"):
        back(saved(sheet))
    sheet = opened(as_xlsx())
    sheet.cell(1, 30).value = "value"
    with pytest.raises(FileProblem, match="columns twice: value"):
        back(saved(sheet))


def test_rows_of_two_templates_and_too_many_rows_are_refused() -> None:
    sheet = opened(as_xlsx())
    put(sheet, "2014", template="UGA/2026/9/en")
    with pytest.raises(FileProblem, match="Rows of several templates"):
        back(saved(sheet))
    with pytest.raises(FileProblem, match="more than 2 rows"):
        back(as_xlsx(), most=2)


@pytest.mark.parametrize(
    ("column", "cell", "rule", "found"),
    [
        ("value", "#N/A", "R02", "#N/A"),
        ("value", "=1/0", "R02", "#FORMULA!"),
        ("value", True, "R02", "TRUE"),
        ("value", NOON.replace(hour=0), "R02", "2015-01-01"),
        ("numerator", date(2015, 6, 1), "R02", "2015-06-01"),
        ("period", date(2015, 6, 1), "V03", "2015-06-01"),
        ("period", NOON, "R02", "2015-01-01 12:00:00"),
        ("status", date(2015, 6, 1), "R02", "2015-06-01"),
    ],
)
def test_what_a_spreadsheet_made_of_a_cell_is_refused_with_its_place(
    column: str, cell: Any, rule: str, found: str
) -> None:
    sheet = opened(as_xlsx())
    sheet.cell(FIRST + 1, COLUMNS.index(column) + 1).value = cell
    one = back(saved(sheet)).rows[0]
    assert [(slip.column, slip.rule, slip.found) for slip in one.slips] == [(column, rule, found)]


def test_a_percentage_is_refused_for_it_would_be_a_hundredth_of_what_is_seen() -> None:
    sheet = opened(as_xlsx())
    put(sheet, "2014", value=0.062)
    cell = sheet.cell(FIRST + 1, COLUMNS.index("value") + 1)
    cell.number_format = "0.0%"
    (slip,) = back(saved(sheet)).rows[0].slips
    assert (slip.rule, slip.found) == ("R02", "6.2%")


def test_numbers_as_texts_days_of_years_and_numbers_among_texts_are_read() -> None:
    sheet = opened(as_xlsx())
    put(sheet, "2014", value="6,20", base_period=2010, source=date(2015, 6, 1))
    put(sheet, "2015", value=5)
    sheet.cell(FIRST + 2, COLUMNS.index("period") + 1).value = date(2015, 1, 1)
    sheet.cell(FIRST + 3, COLUMNS.index("period") + 1).value = 2016
    found = back(saved(sheet)).rows
    assert [one.text("period") for one in found] == ["2014", "2015", "2016"]
    assert (found[0].given["value"], found[0].text("base_period")) == (Given("6,20"), "2010")
    assert found[0].text("source") == "2015-06-01"
    assert [one.slips for one in found] == [[], [], []]


def test_a_merged_key_leaves_the_other_rows_without_one_and_they_are_told() -> None:
    sheet = opened(as_xlsx())
    sheet.merge_cells("A3:A5")
    assert texts(saved(sheet), "series", "period") == [("SI_RMT_COST", "2014"), ("", "2015"), ("", "2016")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_is_read_however_a_spreadsheet_parts_and_writes_it(separator: str, encoding: str) -> None:
    heading = separator.join(["series", "breakdown", "period", "value", "source"])
    line = separator.join(["SI_RMT_COST", "_T", "2015", '"7,5"', "Enquête"])
    found = back(f"Title above\r\n{heading}\r\n\r\n{line}\r\n".encode(encoding)).rows
    assert [(one.text("value"), one.text("source"), one.place()) for one in found] == [("7,5", "Enquête", "4: value")]


#: Files of the corpus that are honest CSV with our columns here: other columns are not read, cp1252 is an encoding.
READABLE = {
    "a cell in cp1252", "a cell in Shift JIS", "a lone surrogate", "an overlong sequence", "50,000 columns in the heading",
    "50,000 cells in a row",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(READABLE))
def test_odd_files_give_the_rows_that_they_have(name: str) -> None:
    assert {one.text("series") for one in back(FILES[name]()).rows} <= {"SI_RMT_COST", "1"}


@pytest.mark.parametrize("name", sorted(FILES.keys() - READABLE))
def test_hostile_files_are_refused_with_a_clear_word(name: str) -> None:
    with pytest.raises(FileProblem, match=r"[a-z]+ [a-z]+"):
        back(FILES[name]())


# LibreOffice


def test_libreoffice_s_own_file_says_the_same(tmp_path: Path) -> None:
    data = as_xlsx()
    again = saved_by_libreoffice(data, tmp_path)
    assert [one.given for one in back(again).rows] == [one.given for one in back(data).rows]
    assert back(again).made == "KEN/2026/7/en"
    assert opened(again).protection.sheet
    sheet = opened(again)
    put(sheet, "2015", value=7.25, source="Enquête 2015")
    twice = saved_by_libreoffice(saved(sheet), tmp_path)
    assert texts(twice, "period", "value", "source")[1] == ("2015", "7.25", "Enquête 2015")


def test_libreoffice_s_csv_of_the_sheet_is_read_and_its_ods_is_asked_for_as_xlsx(tmp_path: Path) -> None:
    for separator in (ord(","), ord(";"), ord("\t")):
        made = saved_by_libreoffice(as_xlsx(), tmp_path, to=CSV.format(separator=separator, sheet=2))
        assert texts(made, "period", "value", "status") == PLAIN
    with pytest.raises(FileProblem, match="an OpenDocument file, not an XLSX workbook: save it as XLSX"):
        back(saved_by_libreoffice(as_xlsx(), tmp_path, to="ods"))


def test_a_workbook_in_libreoffice_s_manner_is_read() -> None:
    """Shared strings in one file, inline ones in another, its styles of dates, formulas with a result: built by code."""
    found = back(workbooks.in_the_manner_of_libreoffice([["SI_RMT_COST", "_T", date(2015, 1, 1), 7.5], [None] * 4]))
    assert [(one.text("period"), one.text("value")) for one in found.rows] == [("2015", "7.5")]


def test_our_own_file_has_no_part_that_is_not_a_workbook_s() -> None:
    with zipfile.ZipFile(io.BytesIO(as_xlsx())) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower() or "external" in name.lower()]
