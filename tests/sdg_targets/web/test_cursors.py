"""Cursors: what was packed comes back, and nothing else is taken."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.web.cursors import LARGEST, pack, page_size, unpack
from sdg_targets.web.problems import BadParameter


@given(st.lists(st.integers(min_value=0, max_value=LARGEST), min_size=1, max_size=7))
def test_a_key_comes_back_as_it_went_in(key: list[int]) -> None:
    assert unpack(pack(key), length=len(key)) == key


def _encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "é",
        "    ",
        "nonsense",
        "W" * 201,
        "W1tbW1tb" * 20,
        _encoded([1, 2]),
        _encoded(1),
        _encoded(["1"]),
        _encoded([True]),
        _encoded([-1]),
        _encoded([LARGEST + 1]),
        _encoded([1.0]),
        _encoded({"a": 1}),
    ],
)
def test_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadParameter) as refused:
        unpack(text, length=1)
    assert refused.value.parameter == "cursor"


@pytest.mark.parametrize(("text", "size"), [(None, 10), ("", 10), ("1", 1), ("50", 50)])
def test_a_page_size_is_as_asked_or_as_usual(text: str | None, size: int) -> None:
    assert page_size(text, usual=10, most=50) == size


@pytest.mark.parametrize("text", ["0", "51", "-1", "ten", "²", "1e3", "9" * 5000])
def test_a_page_size_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadParameter, match="from 1 to 50"):
        page_size(text, usual=10, most=50)
