"""Every row of a CSV file is known by the line on which it begins, whatever its cells hold."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.rows import FileProblem
from sdg_targets.formats.lines import numbered_rows

cells = st.text(st.sampled_from('ab",\n \r'), max_size=6)


@given(st.lists(st.lists(cells, min_size=2, max_size=3), max_size=6))
def test_a_row_begins_where_an_editor_shows_it(rows: list[list[str]]) -> None:
    """Counted a second way: by the line ends in all that was written before the row."""
    text, begun = "", []
    for row in rows:
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(row)
        begun.append(1 + len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")) - 1)
        text += out.getvalue()
    assert list(numbered_rows(io.BytesIO(text.encode()))) == list(zip(begun, rows, strict=True))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\nc,\xff\n", "not UTF-8"),
        (b'a,b\n"c,d\n', "no CSV (at line 2)"),
        (b'a,b\n"c"d,e\n', "no CSV (at line 2)"),
    ],
)
def test_what_is_no_csv_is_refused_with_its_line(content: bytes, said: str) -> None:
    with pytest.raises(FileProblem) as refused:
        list(numbered_rows(io.BytesIO(content)))
    assert said in str(refused.value)


def test_the_stream_stays_open_for_whoever_opened_it() -> None:
    stream = io.BytesIO(b"\xef\xbb\xbfa\n")
    assert list(numbered_rows(stream)) == [(1, ["a"])]
    assert not stream.closed


def test_a_stream_that_stands_further_down_is_counted_from_there() -> None:
    assert list(numbered_rows(io.BytesIO(b"x\ny\n"), first=2)) == [(2, ["x"]), (3, ["y"])]
