"""Rows by name and cells as text."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from sdg_targets.domain.numbers import NumberError
from sdg_targets.domain.rows import FileProblem, Problem
from sdg_targets.formats.tables import cell_text, count_of, named_rows, need_columns


def test_rows_have_trimmed_cells_by_name_and_their_line() -> None:
    rows = iter([(2, [" KEN ", "5"]), (4, ["KEN"])])
    first, second = named_rows(rows, ["area", "value"])
    assert first == ("line 2", {"area": "KEN", "value": "5"})
    assert isinstance(second, Problem) and (second.place, second.rule) == ("line 4", "R03")


@pytest.mark.parametrize(
    ("cell", "text"),
    [(3.0, "3"), (3.25, "3.25"), (7, "7"), (" a ", "a"), ("", ""), (True, "True"),
     (date(2015, 4, 18), "2015-04-18"), (datetime(2015, 4, 18, 12, tzinfo=UTC), "2015-04-18")],
)  # fmt: skip
def test_a_cell_is_the_text_that_a_person_would_type(cell: Any, text: str) -> None:
    assert cell_text(cell) == text


def test_a_count_is_a_whole_number_of_people() -> None:
    assert (count_of("12"), count_of("1,234"), count_of("0")) == (12, 1234, 0)
    for text in ("-2", "2.5", "some", ""):
        with pytest.raises(NumberError):
            count_of(text)


def test_a_heading_says_what_it_lacks() -> None:
    need_columns(["a", "b", "c"], ("a", "c"))
    with pytest.raises(FileProblem, match=r"lacks: d, e\."):
        need_columns(["a"], ("e", "d", "a"))
