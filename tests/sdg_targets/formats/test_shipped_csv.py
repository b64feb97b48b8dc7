"""The small files that come with the product: whole, or an error that names the row."""

import csv
from pathlib import Path

import pytest

from sdg_targets.formats.shipped_csv import DATA, read_rows


def test_rows_are_text_by_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('code,name\n007,"a, b"\n,\n', encoding="utf-8")
    assert read_rows(path) == [{"code": "007", "name": "a, b"}, {"code": "", "name": ""}]


@pytest.mark.parametrize("line", ["1", "1,2,3"])
def test_a_row_of_another_width_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"code,name\n1,2\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.csv, row 3"):
        read_rows(path)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"a\.csv"):
        read_rows(tmp_path / "a.csv")


@pytest.mark.parametrize("path", sorted(DATA.glob("*.csv")), ids=lambda path: path.name)
def test_every_shipped_file_is_whole_and_in_one_form(path: Path) -> None:
    """UTF-8 without a mark, one kind of line end, no blanks at the ends of cells, no heading twice."""
    content = path.read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf") and b"\r" not in content and content.endswith(b"\n")
    heading = next(csv.reader(content.decode().splitlines()))
    assert len(set(heading)) == len(heading)
    for number, row in enumerate(read_rows(path), start=2):
        assert all(cell == cell.strip() and "  " not in cell for cell in row.values()), number
