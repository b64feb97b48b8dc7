"""Rows of a filled template, read and judged against what stood and what stands."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdg_targets.domain.filled import (
    ENTERED,
    Given,
    Outcome,
    differing,
    judge,
    no_reason,
    read_entry,
    same,
    says_something,
)
from sdg_targets.domain.validation import STATUSES


def read(language: str = "en", *, percent: bool = True, **cells: Any) -> tuple[dict[str, str], list[tuple[str, str]]]:
    texts = {column: text if isinstance(text, Given) else Given(text) for column, text in cells.items()}
    said, slips = read_entry(texts, language, percent=percent)
    return said, [(slip.column, slip.rule) for slip in slips]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fr", "1 234,5", "1234.5"),
        ("fr", "8,4 %", "8.4"),
        ("en", "1,234.50", "1234.50"),
        ("es", "−0,5", "-0.5"),
        ("en", "", ""),
        ("fr", Given("1.234", exact=True), "1.234"),
    ],
)
def test_numbers_are_read_as_typed_in_the_language_and_exactly_from_a_workbook(
    language: str, text: Any, value: str
) -> None:
    assert read(language, value=text) == ({"value": value}, [])


@pytest.mark.parametrize(
    ("cells", "slips"),
    [
        ({"value": "1,234"}, [("value", "V07")]),
        ({"value": "about 5"}, [("value", "V07")]),
        ({"value": "5", "lower_bound": "few"}, [("lower_bound", "V08")]),
        ({"value": "5", "denominator": "8 %"}, [("denominator", "V08")]),
        ({"value": "5", "status": "maybe"}, [("status", "V15")]),
        ({"value": "5", "status": "Z: nothing"}, [("status", "V15")]),
        ({"value": "5", "status": "L: Not collected"}, [("status", "V10")]),
        ({"value": "5", "multiplier": "thousands"}, [("multiplier", "V17")]),
        ({"value": "5", "multiplier": "13"}, [("multiplier", "V17")]),
        ({"value": "5", "time_detail": "x" * 201}, [("time_detail", "V19")]),
        ({"value": "few", "status": "?"}, [("value", "V07"), ("status", "V15")]),
    ],
)
def test_what_cannot_be_taken_is_said_with_its_column_and_rule(cells: dict[str, str], slips: list[Any]) -> None:
    assert read(**cells)[1] == slips


@pytest.mark.parametrize("text", ["A", "A: Normal value", "A – Valeur normale", ""])
def test_a_status_is_its_code_whatever_words_stand_behind_it(text: str) -> None:
    assert read(status=text) == ({"status": "A"}, [])


def test_a_multiplier_is_a_power_of_ten_with_or_without_its_words() -> None:
    assert [read(multiplier=text)[0]["multiplier"] for text in ("3", "3: thousands", "12", "")] == ["3", "3", "12", "0"]


def test_numbers_are_compared_as_numbers_and_texts_as_texts() -> None:
    assert same("value", "6.20", "6.2") and not same("value", "6.2", "6.3")
    assert same("status", "", "A") and same("multiplier", "0", "")
    assert not same("source", "6.20", "6.2")


NOW = {"value": "5", "status": "A", "source": "Census"}


@pytest.mark.parametrize(
    ("mine", "base", "now", "seen", "version", "outcome"),
    [
        ({"value": "5"}, None, {}, None, 0, Outcome.NEW),
        ({"value": "5"}, {}, {}, 0, 0, Outcome.NEW),
        ({"value": "5.0"}, NOW, NOW, 3, 3, Outcome.UNCHANGED),
        ({"value": "6"}, NOW, NOW, 3, 3, Outcome.CHANGED),
        ({"value": ""}, NOW, NOW, 3, 3, Outcome.CHANGED),  # taken out by who saw it
        ({"value": ""}, None, NOW, None, 3, Outcome.UNCHANGED),  # a blank that saw nothing
        ({"value": ""}, {}, NOW, 0, 3, Outcome.UNCHANGED),  # somebody entered it since
        ({"value": "5"}, NOW, {"value": "7"}, 3, 4, Outcome.UNCHANGED),  # left as it was
        ({"value": "7"}, NOW, {"value": "7"}, 3, 4, Outcome.UNCHANGED),  # both said the same
        ({"value": "6"}, NOW, {"value": "7"}, 3, 4, Outcome.CLASH),
        ({"value": "6"}, {}, {"value": "7"}, 0, 1, Outcome.CLASH),
        ({"value": "6"}, None, NOW, None, 3, Outcome.CHANGED),
        ({"value": "", "status": "L"}, {}, {}, 0, 0, Outcome.NEW),
        ({"value": "", "source": "Census"}, {}, {}, 0, 0, Outcome.REFUSED),
        ({"value": "6"}, {"value": ""}, {"value": "", "source": "x"}, 2, 2, Outcome.NEW),
    ],
)
def test_a_row_is_judged_by_what_it_saw_and_what_stands(
    mine: Any, base: Any, now: Any, seen: Any, version: int, outcome: Outcome
) -> None:
    assert judge(mine, base=base, now=now, seen=seen, version=version) is outcome


def test_a_source_without_a_figure_or_a_reason_is_told_why() -> None:
    assert (no_reason().rule, no_reason().column) == ("V09", "value")


STATES = st.dictionaries(
    st.sampled_from(ENTERED), st.one_of(st.just(""), st.integers(0, 3).map(str)), max_size=len(ENTERED)
).map(lambda state: state | {"status": sorted(STATUSES)[len(state) % len(STATUSES)]})


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mine=STATES, base=STATES, now=STATES, seen=st.integers(0, 3), version=st.integers(0, 3))
def test_nobody_s_change_is_written_over_in_silence(mine: Any, base: Any, now: Any, seen: int, version: int) -> None:
    """Whatever stands: only a clash, or a row that saw the present version, changes anything that the other said."""
    known = now if seen == version else base
    outcome = judge(mine, base=known, now=now, seen=seen, version=version)
    if outcome in (Outcome.NEW, Outcome.CHANGED):
        assert seen == version and differing(mine, now)
    if outcome is Outcome.CLASH:
        assert seen != version and differing(mine, now) and differing(mine, base)
    if outcome is Outcome.REFUSED:
        assert not says_something(mine) and not says_something(now)
