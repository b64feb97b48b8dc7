"""Codes are read in every way people write them, put in the order people expect, and never guessed."""

import csv
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.codes import (
    CodeError,
    FrameworkCode,
    is_code,
    normalise_m49,
    parse_code,
    sort_key,
    unsd_target,
)
from sdg_targets.formats.shipped_csv import DATA

goals = st.integers(1, 17).map(str)
targets = st.one_of(st.integers(1, 99).map(str), st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
indicators = st.integers(1, 99).map(str)
framework_codes = st.one_of(
    st.builds(FrameworkCode, goals),
    st.builds(FrameworkCode, goals, targets),
    st.builds(FrameworkCode, goals, targets, indicators),
)


@pytest.mark.parametrize(
    ("text", "code", "kind"),
    [
        ("10", "10", "goal"),
        ("10.7", "10.7", "target"),
        ("10.c", "10.c", "target"),
        ("10.7.2", "10.7.2", "indicator"),
        (" 10.C.1 ", "10.c.1", "indicator"),
        ("10-7-2", "10.7.2", "indicator"),
        ("10.7.", "10.7", "target"),
        ("17.19.2", "17.19.2", "indicator"),
    ],
)
def test_the_ways_in_which_a_code_is_written(text: str, code: str, kind: str) -> None:
    parsed = parse_code(text)
    assert (str(parsed), parsed.kind) == (code, kind)


@pytest.mark.parametrize(
    "text",
    ["", "0", "18", "10.0", "10.7.0", "10.7.2.1", "10,7", "10.7.2a", "010.7", "x", "10..2", "١٠", "10.7\n.2", "-"],
)
def test_what_is_no_code_is_refused_with_what_would_be_one(text: str) -> None:
    assert not is_code(text)
    with pytest.raises(CodeError, match=r"write 10, 10\.7, 10\.c or 10\.7\.2"):
        parse_code(text)


@given(framework_codes)
def test_a_code_reads_back_to_itself(code: FrameworkCode) -> None:
    assert is_code(str(code))
    assert parse_code(str(code)) == code
    assert parse_code(str(code).replace(".", "-").upper()) == code


def test_a_goal_is_no_target() -> None:
    assert parse_code("10.7.2").target_code == parse_code("10.7").target_code == "10.7"
    with pytest.raises(CodeError, match="Goal 10 is not a target"):
        _ = parse_code("10").target_code


def test_unsd_codes_are_looked_up_and_never_taken_apart() -> None:
    """C171804 looks like 17.18.4 and is 17.18.1; C200303 stands for three indicators."""
    known = {"C171804": "17.18.1"}
    assert str(parse_code("C171804", unsd=known)) == "17.18.1"
    for text in ("C200303", "C100702"):
        with pytest.raises(CodeError, match="not UNSD's code of one indicator"):
            parse_code(text, unsd=known)


@pytest.mark.parametrize(
    ("code", "target"),
    [
        ("C100702", "10.7"),
        ("C100c01", "10.c"),
        ("C10c01", "10.c"),
        ("C200303", None),
        ("10.7.2", None),
        ("C1007", None),
    ],
)
def test_the_target_that_an_unsd_code_names(code: str, target: str | None) -> None:
    assert unsd_target(code) == target


def test_the_target_of_an_unsd_code_is_that_of_the_framework_s_own_list() -> None:
    """Tried on all 248; those that stand for several indicators (C200303) name no target."""
    with (DATA / "indicators.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    several = [row["code"] for row in rows if row["unsd_code"].startswith("C20")]
    assert (len(rows), len(several)) == (248, 28)
    for row in rows:
        assert unsd_target(row["unsd_code"]) == (None if row["code"] in several else row["target"]), row["code"]


def people_s_order(code: str) -> tuple[tuple[int, int, str], ...]:
    """A second way: each part a number, or a letter after all numbers."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in code.split("."))


@given(st.lists(framework_codes.map(str), unique=True))
def test_keys_sort_codes_as_people_do(codes: list[str]) -> None:
    random.Random(1).shuffle(codes)
    assert sorted(codes, key=sort_key) == sorted(codes, key=people_s_order)


def test_the_order_of_the_plan() -> None:
    codes = ["10.c.1", "10.a", "10.7.4", "10.10.1", "9.1", "10", "10.7.10", "10.7"]
    assert sorted(codes, key=sort_key) == ["9.1", "10", "10.7", "10.7.4", "10.7.10", "10.10.1", "10.a", "10.c.1"]


def test_a_country_s_own_sub_indicators_stand_behind_their_indicator() -> None:
    assert sorted(["10.7.3", "10.7.2.b", "10.7.2", "10.7.2.a"], key=sort_key) == [
        "10.7.2",
        "10.7.2.a",
        "10.7.2.b",
        "10.7.3",
    ]


@pytest.mark.parametrize(
    ("given_text", "code"),
    [("4", "004"), ("4.0", "004"), ("004", "004"), (" 12 ", "012"), ("0", "000"), ("404.", "404"), ("1234", "1234"),
     ("AB9", "AB9"), ("", ""), ("4.5", "4.5"), ("-4", "-4"), ("٤", "٤")],
)  # fmt: skip
def test_area_codes_have_three_digits_where_they_are_numbers(given_text: str, code: str) -> None:
    assert normalise_m49(given_text) == code


@given(st.integers(0, 999), st.integers(0, 5))
def test_an_area_code_is_the_same_however_it_is_padded(number: int, noughts: int) -> None:
    assert normalise_m49("0" * noughts + str(number)) == normalise_m49(f"{number}.0") == f"{number:03}"


def test_the_shipped_files_are_in_the_order_of_their_codes() -> None:
    for name in ("targets.csv", "indicators.csv"):
        with Path(DATA / name).open(encoding="utf-8", newline="") as stream:
            codes = [row["code"] for row in csv.DictReader(stream)]
        assert codes == sorted(codes, key=people_s_order), name
