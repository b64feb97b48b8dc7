"""Lists for a spreadsheet: every cell arrives as the text it was, and none is calculated."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.formats.report_csv import MARK, as_text, lines


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|'/C calc'!A0", "'+cmd|'/C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("-5", "-5"),
        ("+3.25", "+3.25"),
        ("-3e-05", "-3e-05"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_calculate_is_text_and_numbers_stay_numbers(cell: str, written: str) -> None:
    assert as_text(cell) == written


def test_the_file_says_that_it_is_utf_8_and_comes_line_by_line() -> None:
    made = lines(("a", "b"), iter([("é", '1,"2"'), ("=x", "")]))
    assert [next(made), next(made), next(made)] == [MARK, "a,b\r\n", 'é,"1,""2"""\r\n']
    assert list(made) == ["'=x,\r\n"]


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\0\r")), min_size=2, max_size=2)))
def test_every_cell_is_read_back_and_none_begins_as_a_formula(rows: list[list[str]]) -> None:
    text = "".join(lines(("a", "b"), rows)).removeprefix(MARK)
    read = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert len(read) == len(rows)
    for cells, written in zip(rows, read, strict=True):
        assert [as_text(cell) for cell in cells] == written
        assert all(a == b or b == f"'{a}" for a, b in zip(cells, written, strict=True))
