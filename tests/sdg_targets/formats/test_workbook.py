"""Workbooks: every cell as it stands, and a clear refusal of everything that is none, in bounded time and memory."""

import io
import os
import random
import resource
import struct
import subprocess
import sys
import time as clock
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlrd
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.rows import FileProblem
from sdg_targets.formats import workbook as workbooks
from sdg_targets.formats.workbook import Percent, Workbook, column_name, is_error, number_text, open_workbook, place_of
from tests.factories.workbooks import SHEET, repacked, with_rows, workbook

UNDESA = "data/migrant-stock/undesa_pd_2020_ims_stock_by_sex_and_destination.xlsx"
IOM = "data/iom-missing-migrants/Missing_Migrants_Global_Figures_allData.xlsx"
HAPPINESS = "data/wellbeing/WHR2018Chapter2OnlineData.xls"


def opened(data: bytes) -> Workbook:
    return open_workbook(io.BytesIO(data))


def refusal(data: bytes) -> str:
    with pytest.raises(FileProblem) as refused:
        opened(data)
    return str(refused.value)


def test_cells_keep_their_kind_their_place_and_their_value() -> None:
    rows = [
        [None, None, None],
        [None, "é 中", 6.2],
        [None, 1234567890123, 0.1],
        [date(2015, 3, 1), datetime(2015, 3, 1, 12, 30), True],  # noqa: DTZ001 - a spreadsheet knows no zone
        [time(3, 4), None, ""],
    ]
    book = opened(workbook(Data=rows, Notes=[["a\nb  "]]))
    assert (book.names, book.kind) == (("Data", "Notes"), "xlsx")
    assert list(book.sheets["Data"]) == [
        ["", "", ""],
        ["", "é 中", 6.2],
        ["", 1234567890123.0, 0.1],
        [date(2015, 3, 1), datetime(2015, 3, 1, 12, 30), True],  # noqa: DTZ001 - a spreadsheet knows no zone
        [time(3, 4), "", ""],
    ]
    assert book.sheets["Data"][1:3] == [["", "é 中", 6.2], ["", 1234567890123.0, 0.1]]
    assert book.sheets["Data"][-1][0] == time(3, 4)
    assert list(book.sheets["Notes"]) == [["a\nb  "]]


@pytest.mark.slow
@pytest.mark.parametrize("path", [UNDESA, IOM])
def test_real_workbooks_are_read_cell_by_cell_as_another_program_reads_them(path: str, shared: Path) -> None:
    with (shared / path).open("rb") as stream:
        book = open_workbook(stream)
    other = openpyxl.load_workbook(shared / path, read_only=True, data_only=True)
    assert book.names == tuple(other.sheetnames)
    for name in other.sheetnames:
        told = [["" if cell is None else cell for cell in row] for row in other[name].iter_rows(values_only=True)]
        mine = [list(row) for row in book.sheets[name]]
        assert [_trimmed(row) for row in mine] == [_trimmed(row) for row in told][: len(mine)], name


def test_a_real_old_workbook_is_read_cell_by_cell_as_another_program_reads_it(shared: Path) -> None:
    with (shared / HAPPINESS).open("rb") as stream:
        book = open_workbook(stream)
    other = xlrd.open_workbook(shared / HAPPINESS)
    assert (book.kind, book.names) == ("xls", tuple(other.sheet_names()))
    for sheet in other.sheets():
        told = [_trimmed(sheet.row_values(number)) for number in range(sheet.nrows)]
        assert [_trimmed(list(row)) for row in book.sheets[sheet.name]] == told[: len(book.sheets[sheet.name])]


def _trimmed(row: list[object]) -> list[object]:
    while row and row[-1] in ("", None):
        row = row[:-1]
    return row


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_the_shortest_text_that_reads_back_the_same(number: float) -> None:
    text = number_text(number)
    assert float(text) == number
    assert "e" not in text.lower() and not text.endswith(".0")


@pytest.mark.parametrize(
    ("number", "text"),
    [(6.2, "6.2"), (2015.0, "2015"), (1234567890123.0, "1234567890123"), (3e-05, "0.00003"), (-0.5, "-0.5"), (7, "7")],
)
def test_numbers_as_people_write_them(number: float, text: str) -> None:
    assert number_text(number) == text


def test_places_are_named_as_a_spreadsheet_names_them() -> None:
    assert [column_name(n) for n in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert place_of("Data", 12, 4) == "Data!E12"


def test_formulas_give_their_stored_result_and_errors_their_text() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_formula(0, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(0, 2, '="#1"', None, "#1 of all")
        sheet.write_number(0, 3, 1.25, book.add_format({"num_format": "[h]:mm"}))
        sheet.set_column(1, 1, None, None, {"hidden": True})
    row = opened(made.getvalue()).sheets["Data"][0]
    assert row == [2.0, "#DIV/0!", "#1 of all", timedelta(hours=30)]
    assert [is_error(cell) for cell in row] == [False, True, False, False]


def test_a_formula_whose_result_is_an_empty_text_is_blank() -> None:
    cells = '<c r="A1" t="str"><f>IF(B1=1,"",1)</f><v></v></c><c r="B1" t="n"><f>1</f><v>1</v></c>'
    assert list(opened(with_rows(f'<row r="1">{cells}</row>')).sheets["Data"]) == [["", 1.0]]


def test_a_formula_without_a_stored_result_is_no_blank() -> None:
    made = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["=1+1", 5])
    book.save(made)
    assert list(opened(made.getvalue()).sheets["Sheet"]) == [["#FORMULA!", 5.0]]


def test_a_number_that_is_shown_as_a_percentage_says_so() -> None:
    """By one of the two formats that all have, or by one of its own; a per cent sign in quotation marks is a text."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("Data")
        for column, shown in enumerate(["0%", "0.00%", "0.0%", '0.0" %"', "0.00"]):
            sheet.write_number(0, column, 0.062, book.add_format({"num_format": shown}))
        sheet.write_string(1, 0, "n/a", book.add_format({"num_format": "0%"}))
        sheet.write_formula(1, 1, "=1/0", book.add_format({"num_format": "0%"}), "#DIV/0!")
        sheet.write_formula(1, 2, "=A1", book.add_format({"num_format": "0%"}), 0.062)
        sheet.write_blank(1, 3, None, book.add_format({"num_format": "0%"}))
        sheet.write_string(1, 4, "\ue025 private")
    first, second = opened(made.getvalue()).sheets["Data"]
    assert first == [0.062] * 5
    assert [isinstance(cell, Percent) for cell in first] == [True, True, True, False, False]
    assert number_text(first[0]) == "0.062"  # type: ignore[arg-type]
    assert second == ["n/a", "#DIV/0!", 0.062, "", "\ue025 private"]
    assert isinstance(second[2], Percent)


def test_what_another_office_program_writes_is_read() -> None:
    """Rows without cells down to the last one, cells with a style and nothing in them, results beside their formulas."""
    rows = (
        '<row r="1" customFormat="false" ht="12.8" hidden="false"><c r="A1" s="0" t="inlineStr"><is><t>a</t></is></c>'
        '<c r="B1" s="0" t="n"><f aca="false">3*2</f><v>6</v></c><c r="XFD1" s="0"/></row>'
        '<row r="1048576" customFormat="false" ht="12.8" hidden="false"><c r="A1048576" s="0"/></row>'
    )
    assert list(opened(with_rows(rows)).sheets["Data"]) == [["a", 6.0]]


def test_a_merged_cell_stands_once_at_its_upper_left() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet("Data").merge_range(0, 0, 1, 1, "both")
    assert list(opened(made.getvalue()).sheets["Data"]) == [["both"]]


def test_a_number_that_is_none_arrives_as_text() -> None:
    rows = '<row r="1"><c r="A1"><v>NaN</v></c><c r="B1"><v>-inf</v></c></row>'
    assert opened(with_rows(rows)).sheets["Data"][0] == ["nan", "-inf"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c r="Z900000"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="AH1048576"><v>1</v></c></row>',
    ],
    ids=["the last cell", "a row that is none", "too many cells", "many cells"],
)
def test_a_small_file_of_a_vast_sheet_is_refused_and_takes_nothing(rows: str) -> None:
    began, before = clock.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "memory" in (said := refusal(with_rows(rows))) or "cells" in said
    assert clock.monotonic() - began < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


@pytest.mark.slow
def test_a_text_that_stands_in_very_many_cells_is_refused() -> None:
    """A text is kept once in the file and read once for each cell: 30,000 letters in 60,000 cells are 1.8 GB."""
    cell = '<c r="{}{}" t="s"><v>0</v></c>'
    rows = "".join(
        f'<row r="{n}">{"".join(cell.format(column_name(c), n) for c in range(60))}</row>' for n in range(1, 1001)
    )
    text = "x" * 30_000
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1">'
        f"<si><t>{text}</t></si></sst>"
    )
    data = repacked(with_rows(rows), {"xl/sharedStrings.xml": strings.encode()})
    assert len(data) < 200_000
    began, before = clock.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "memory" in refusal(data)
    assert clock.monotonic() - began < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


@pytest.mark.slow
@pytest.mark.parametrize("path", [UNDESA, HAPPINESS])
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(path: str, shared: Path) -> None:
    """Thirty copies with some bytes changed, half of them also cut; the seed is said, so that a failure comes again."""
    whole = (shared / path).read_bytes()
    refused = 0
    for seed in range(30):
        chance = random.Random(seed)
        data = bytearray(whole)
        for _ in range(1 + seed):
            data[chance.randrange(8, len(data))] = chance.randrange(256)
        if seed % 2:
            del data[chance.randrange(8, len(data)) :]
        try:
            assert opened(bytes(data)).names, seed
        except FileProblem:
            refused += 1
    assert refused >= 15


def test_a_sheet_of_50_000_columns_is_refused() -> None:
    cells = "".join(f'<c r="{column_name(n)}1"><v>1</v></c>' for n in range(50_000))
    assert "50000 columns, more than 16384" in refusal(with_rows(f'<row r="1">{cells}</row>'))


@pytest.mark.slow
def test_an_archive_that_declares_too_much_is_refused_before_it_is_unpacked() -> None:
    began = clock.monotonic()
    assert "unpacks to 300 MiB, more than 256" in refusal(repacked(workbook(A=[[1]]), {"xl/x.xml": bytes(300 << 20)}))
    assert "more than 200 times its size" in refusal(repacked(workbook(A=[[1]]), {"xl/x.xml": bytes(30 << 20)}))
    assert clock.monotonic() - began < 20


@pytest.mark.slow
def test_an_archive_that_lies_about_its_sizes_is_refused_when_it_is_counted() -> None:
    data = bytearray(repacked(workbook(A=[[1]]), {SHEET: bytes(300 << 20)}))
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        begin = data.find(signature)
        while begin >= 0:
            (size,) = struct.unpack_from("<I", data, begin + at)
            if size == 300 << 20:
                struct.pack_into("<I", data, begin + at, 1000)
            begin = data.find(signature, begin + 4)
    assert "unpacks to more than 256 MiB" in refusal(bytes(data))


def test_an_archive_of_too_many_parts_is_refused() -> None:
    many = {f"xl/{n}.xml": b"" for n in range(2_000)}
    assert "parts, more than 2000" in refusal(repacked(workbook(A=[[1]]), many))


def test_two_parts_of_one_name_are_refused() -> None:
    data = io.BytesIO(workbook(A=[[1]]))
    with zipfile.ZipFile(data, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET, b"another")
    assert "two parts of the same name" in refusal(data.getvalue())


def test_a_protected_archive_and_a_protected_workbook_are_refused_as_such() -> None:
    data = bytearray(workbook(A=[[1]]))
    for signature, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        begin = data.find(signature)
        while begin >= 0:
            data[begin + at] |= 1
            begin = data.find(signature, begin + 4)
    assert refusal(bytes(data)) == "This workbook cannot be read: it is protected by a password."
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(ole) == "This workbook cannot be read: it is protected by a password."


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_workbook_that_is_cut_off_is_refused(share: float) -> None:
    data = workbook(A=[[n, "text"] for n in range(200)])
    assert "damaged or cut off" in refusal(data[: int(len(data) * share)])


def test_an_external_entity_is_refused_and_nothing_of_this_machine_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("abracadabra")
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    said = refusal(with_rows(rows, before=declared))
    assert "declares a document type or entities" in said and "abracadabra" not in said


def test_an_entity_that_is_declared_nowhere_is_refused() -> None:
    assert "damaged" in refusal(with_rows('<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'))


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("word/document.xml", "a text document (DOCX)"),
        ("ppt/presentation.xml", "a presentation (PPTX)"),
        ("content.xml", "an OpenDocument file"),
        ("xl/workbook.bin", "a binary workbook (XLSB)"),
        ("data.csv", "an archive of other files"),
    ],
)
def test_an_archive_of_something_else_is_named(part: str, what: str) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(part, "x")
    assert refusal(made.getvalue()) == (
        f"This workbook cannot be read: it is {what}, not an XLSX workbook: save it as XLSX."
    )


def test_what_begins_like_a_workbook_and_is_none_is_refused() -> None:
    assert "damaged" in refusal(b"PK\x03\x04 and nothing more")
    assert "damaged" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))


def test_a_nul_in_a_sheet_is_refused() -> None:
    assert "damaged" in refusal(with_rows('<row r="1"><c r="A1"><v>\0</v></c></row>'))


def test_a_panic_of_the_library_is_a_refusal(shared: Path) -> None:
    """A record of an old workbook that says it is empty: the library's own fault, and only the other process's."""
    data = bytearray((shared / HAPPINESS).read_bytes())
    begin = data.index(b"\x85\x00", 512)
    data[begin + 2 : begin + 4] = b"\0\0"
    assert "it is damaged (PanicException" in refusal(bytes(data))


def test_a_workbook_that_is_too_large_as_given_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_PACKED", 1 << 20)
    assert refusal(b"PK\x03\x04" + bytes(2 << 20)) == "This workbook has more than 1 MiB."


def test_a_reader_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(workbooks, "CHILD", slow)
    monkeypatch.setattr(workbooks, "TIMEOUT", 1)
    assert refusal(workbook(A=[[1]])) == "This workbook takes more than 1 seconds to read."


LIMITED = f"""
import importlib.util
about = importlib.util.spec_from_file_location("cells", {str(workbooks.CHILD)!r})
cells = importlib.util.module_from_spec(about)
about.loader.exec_module(cells)
"""


@pytest.mark.parametrize(
    ("deed", "asked"),
    [
        ("cells.SECONDS = 1; cells.limit()\nwhile True: pass", "time"),
        ("cells.limit(); bytearray(2 << 30)", "memory"),
        ("cells.limit()\nwhile True: print('x' * 100_000_000)", "memory"),
        ("cells.limit(); import os; os.abort()", "memory"),
    ],
)
def test_a_limit_that_is_reached_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, deed: str, asked: str
) -> None:
    """The process limits itself, and what ends it is told from how it ended."""
    greedy = tmp_path / "greedy.py"
    greedy.write_text(LIMITED + deed)
    monkeypatch.setattr(workbooks, "CHILD", greedy)
    assert refusal(workbook(A=[[1]])) == (
        f"This workbook cannot be read: it asks for more {asked} than a workbook may."
    )


def test_the_other_process_knows_nothing_of_this_one_s_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = tmp_path / "told.py"
    told.write_text(
        "import json, os\n"
        "known = sorted(set(os.environ) - {'LC_CTYPE'})\n"
        "files = [n for n in range(3, 100) if os.path.exists(f'/proc/self/fd/{n}')]\n"
        "print(json.dumps({'problem': f'{known} {files}'}))\n"
    )
    monkeypatch.setenv("SECRET_KEY", "abracadabra")
    monkeypatch.setattr(workbooks, "CHILD", told)
    with (tmp_path / "open").open("w") as stream:
        os.set_inheritable(stream.fileno(), True)
        assert refusal(workbook(A=[[1]])) == "This workbook cannot be read: [] []."


def test_the_other_process_imports_nothing_of_the_product(tmp_path: Path) -> None:
    """It starts quickly, and a fault of the parser has nothing to take."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(A=[[1]]))
    command = [sys.executable, "-I", "-X", "importtime", str(workbooks.CHILD)]
    with path.open("rb") as stream:
        said = subprocess.run(command, stdin=stream, capture_output=True, check=True)
    assert said.stdout.endswith(b'[1.0]\n{"end": true}\n')
    told = said.stderr.decode().splitlines()
    imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in told if "|" in line}
    assert "python_calamine" in imported
    assert not imported & {"sdg_targets", "django", "psycopg2", "idm"}


@pytest.mark.slow
def test_memory_stays_flat_however_many_rows_there_are() -> None:
    """The rows wait in a file; a sheet of 200,000 cells takes this process no more than its list of places."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="J{n}"><v>1</v></c></row>' for n in range(1, 20_001))
    data = with_rows(rows)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sheet = opened(data).sheets["Data"]
    assert len(sheet) == 20_000
    assert sum(row[0] for row in sheet if isinstance(row[0], float)) == 20_000 * 20_001 / 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000
