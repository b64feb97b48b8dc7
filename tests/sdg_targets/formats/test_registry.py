"""The registry: which reader a file, a workbook or a folder is for."""

import io
from pathlib import Path

import pytest

from sdg_targets.domain.rows import FileProblem
from sdg_targets.formats import reading_of, reading_of_folder
from sdg_targets.formats.given import folder_of
from sdg_targets.formats.mapping import CodeMaps
from tests.factories.workbooks import workbook

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
    assert format_of(b"Year,Destination,Total,Kenya\n") == "undesa-stock-flat"
    quarter = b"Receiving Countries  Name,Receiving Countries  Code,2011Q1 [YR2011Q1]\n"
    sending = b"Sending Countries Name,Sending Countries Code,Series Name,Series Code,"
    assert format_of(b"\xef\xbb\xbf" + sending + quarter) == "rpw-corridors"
    before = b'"Data Source","World Development Indicators",\n\n"Last Updated Date","2021-09-15",\n\n'
    assert format_of(before + b"Country Name,Country Code,Indicator Name,Indicator Code,1960,\n") == "wdi-csv"
    assert format_of(b"Entity,Code,Year,10.7.2 - Policies - SG_CPA_MIGRS - All Domains\n") == "owid"


def test_a_file_that_no_reader_knows_is_refused_with_what_is_known() -> None:
    with pytest.raises(FileProblem, match=r"No reader knows this file\. Known are: the files of the UN Statistics"):
        format_of(b"%PDF-1.7")


def test_a_workbook_is_known_by_its_sheets(shared: Path) -> None:
    assert format_of(workbook(Data=[["series", "area", "period", "breakdown", "value"]])) == "xlsx"
    names = ["seriesCode", "seriesRelease", "timePeriod", "geoAreaCode", "value", "natureCode", "unitsCode"]
    assert format_of(workbook(Sheet1=[names])) == "unsd-workbook"
    with pytest.raises(FileProblem, match="is no measure known here"):  # known, and nothing is mapped here
        format_of((shared / "data/migrant-stock/undesa_pd_2020_ims_stock_by_sex_and_destination.xlsx").read_bytes())


def test_a_workbook_that_no_reader_knows_is_refused_with_its_sheets() -> None:
    with pytest.raises(FileProblem, match=r"No reader knows this workbook \(sheets: Budget\)"):
        format_of(workbook(Budget=[["x"]]))


def test_a_broken_workbook_is_refused() -> None:
    with pytest.raises(FileProblem, match="cannot be read"):
        format_of(b"PK\x03\x04 and nothing more")


def test_a_folder_that_no_reader_knows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello")
    with folder_of(tmp_path) as folder, pytest.raises(FileProblem, match=r"No reader knows this folder \(1 files\)"):
        reading_of_folder(folder, lambda provider: NOTHING)
