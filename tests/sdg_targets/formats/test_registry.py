"""The registry: which reader a file, a workbook or a folder is for."""

import io
from pathlib import Path

import pytest
import xlsxwriter

from sdg_targets.domain.rows import FileProblem
from sdg_targets.formats import reading_of, reading_of_folder
from sdg_targets.formats.given import folder_of
from sdg_targets.formats.mapping import CodeMaps

NOTHING = CodeMaps({})


def format_of(data: bytes) -> str:
    return reading_of(io.BytesIO(data), lambda provider: NOTHING).format


def test_a_text_file_is_known_by_its_first_bytes() -> None:
    assert format_of(b"series,area,period,breakdown,value\n") == "csv"
    assert format_of(b'{"seriesCode": "S", "refAreas": []}') == "unsd-long-json"
    assert format_of(b"seriesCode\trelease\tgeoAreaCode\tvalueDetails\tvalue_2015\nS\tR\t004\t\t1\n") == "unsd-wide-tsv"
    assert format_of(b"SeriesCode,GeoAreaCode,TimePeriod,Value,[Sex]\n") == "unsd-download-csv"
    assert format_of(b'{"size":1,"totalElements":0,"totalPages":0,"pageNumber":1,"data":[]}\n') == "unsd-api"
    assert format_of(b"geo_area,nature,units,year,si_rmt_cost\n") == "unsd-ddf"
    assert format_of(b"Entity,Code,Year,10.7.2 - Policies - SG_CPA_MIGRS - All Domains\n") == "owid"


def test_a_file_that_no_reader_knows_is_refused_with_what_is_known() -> None:
    with pytest.raises(FileProblem, match=r"No reader knows this file\. Known are: the files of the UN Statistics"):
        format_of(b"%PDF-1.7")


def test_a_workbook_is_known_by_the_headings_of_its_first_sheet() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        names = ("seriesCode", "seriesRelease", "timePeriod", "geoAreaCode", "value", "natureCode", "unitsCode")
        workbook.add_worksheet("Sheet1").write_row(0, 0, names)
    assert format_of(made.getvalue()) == "unsd-workbook"


def test_a_workbook_that_no_reader_knows_is_refused_with_its_sheets() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        workbook.add_worksheet("Budget").write(0, 0, "x")
    with pytest.raises(FileProblem, match=r"No reader knows this workbook \(sheets: Budget\)"):
        format_of(made.getvalue())


def test_a_broken_workbook_is_refused() -> None:
    with pytest.raises(FileProblem, match="cannot be read"):
        format_of(b"PK\x03\x04 and nothing more")


def test_a_folder_that_no_reader_knows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello")
    with folder_of(tmp_path) as folder, pytest.raises(FileProblem, match=r"No reader knows this folder \(1 files\)"):
        reading_of_folder(folder, lambda provider: NOTHING)
