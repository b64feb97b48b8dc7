"""The product's own CSV: what is written reads back the same; a heading that is not ours is refused with why."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem
from sdg_targets.formats import plain_csv
from tests.factories.observations import row

HEADING = b"series,area,period,breakdown,value\n"
#: Text as a publisher may write it: no NUL (PostgreSQL has none) and nothing blank (blank is no text).
words = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), min_size=1, max_size=20)


@given(
    st.lists(
        st.builds(
            ObservationRow,
            place=st.just(""),
            series=words,
            area=words,
            period=words,
            breakdown=words,
            value=st.none() | st.decimals(allow_nan=False, allow_infinity=False).map(str),
            status=st.none() | words,
            source=st.none() | words,
            footnote=st.none() | words,
        ),
        max_size=8,
    )
)
def test_rows_written_read_back_the_same(rows: list[ObservationRow]) -> None:
    text = io.StringIO(newline="")
    assert plain_csv.write(rows, text) == len(rows)
    items = list(plain_csv.read(io.BytesIO(text.getvalue().encode())).items)
    assert [getattr(item, "cells", tuple)()[1:] for item in items] == [r.cells()[1:] for r in rows]


def test_provenance_stands_on_each_row_and_columns_not_carried_are_not_written() -> None:
    text = io.StringIO()
    plain_csv.write([row()], text, carries=("unit",), provenance={"dataset": "X", "vintage": "2020-10"})
    assert text.getvalue().splitlines() == [
        "dataset,vintage,series,area,period,breakdown,value,unit",
        "X,2020-10,SI_RMT_COST,KEN,2015,_T,1,",
    ]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        (b"series,area,period,value\n", "missing: breakdown"),
        (HEADING.replace(b"\n", b",colour\n"), "unknown: colour"),
        (HEADING.replace(b"\n", b",\n"), "unknown: (blank)"),
        (HEADING.replace(b"\n", b",value\n"), "given twice: value"),
        (b"\xff\xfe", "not UTF-8"),
        (b"", "missing"),
    ],
)
def test_a_heading_that_is_not_ours_says_what_is_wrong(heading: bytes, said: str) -> None:
    with pytest.raises(FileProblem, match=said.replace("(", r"\(").replace(")", r"\)")):
        plain_csv.heading(heading)


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    items = list(plain_csv.read(io.BytesIO(b"\xef\xbb\xbf" + HEADING + b"S,KEN,2015,_T,5\r\n")).items)
    assert [(i.series, i.value) for i in items if isinstance(i, ObservationRow)] == [("S", "5")]


def test_a_ragged_row_is_a_problem_with_its_line() -> None:
    items = list(plain_csv.read(io.BytesIO(HEADING + b"S,KEN,2015,_T,5\nS,KEN,2015\n")).items)
    assert isinstance(items[1], Problem)
    assert (items[1].place, items[1].rule) == ("line 3", "R03")
