"""Small counts: no suppressed figure can be found out from what is published, as a slow adversary tries to."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdg_targets.domain.disaggregation import breakdown, parse_breakdown
from sdg_targets.domain.relations import sums
from sdg_targets.domain.suppression import Table, is_small, plan, revealed

AGES = ("Y0T14", "Y15T64", "Y_GE65")
SEXES = ("F", "M")
THRESHOLD = 5


def table(**values: int | None) -> dict[str, Decimal | None]:
    """``T=10, F=None``: the total, and a figure by sex."""
    keys = {"T": "_T", "F": "SEX=F", "M": "SEX=M", "U": "SEX=_U"}
    return {keys[name]: None if value is None else Decimal(value) for name, value in values.items()}


def leaks(given: Table) -> dict[str, tuple[str, ...]]:
    return {one.key: one.by for one in revealed(given)}


def counted(cells: Mapping[tuple[str, str], int]) -> dict[str, Decimal]:
    """A whole table of counts by sex and age with every margin, from its inner cells."""
    values: dict[str, Decimal] = {}
    for (sex, age), count in cells.items():
        for codes in ({}, {"SEX": sex}, {"AGE": age}, {"SEX": sex, "AGE": age}):
            key = breakdown(codes).key
            values[key] = values.get(key, Decimal(0)) + count
    return values


def by_subtraction(published: Table) -> set[str]:
    """The slow adversary: subtract the known parts from a known total, or add them up, until nothing new is learnt."""
    known = {key: value for key, value in published.items() if value is not None}
    lines = [(one.total, *one.parts) for one in sums(map(parse_breakdown, published))]
    learnt = True
    while learnt:
        learnt = False
        for total, *parts in lines:
            unknown = [key for key in (total, *parts) if key not in known]
            if len(unknown) != 1:
                continue
            told = sum((known[part] for part in parts if part in known), Decimal(0))
            known[unknown[0]] = told if unknown[0] == total else known[total] - told
            learnt = True
    return {key for key, value in published.items() if value is None and key in known}


def by_trying(published: Table, most: int) -> set[str]:
    """The slowest adversary: the hidden figures that are the same in every table that is possible at all.

    Tables by two sexes and two ages, of whole numbers up to ``most``; a hidden figure is at least 1, as zeros are told.
    """
    seen: dict[str, set[Decimal]] = {key: set() for key, value in published.items() if value is None}
    for counts in product(range(most + 1), repeat=4):
        made = small_table(counts)
        if all(made[key] == value if value is not None else made[key] > 0 for key, value in published.items()):
            for key, numbers in seen.items():
                numbers.add(made[key])
    return {key for key, numbers in seen.items() if len(numbers) == 1}


def small_table(counts: Sequence[int]) -> dict[str, Decimal]:
    """By two sexes and two ages, with the margins."""
    return counted(dict(zip(product(SEXES, ("Y0T14", "Y_GE15")), counts, strict=True)))


@pytest.mark.parametrize(
    ("value", "hide_zero", "small"),
    [(0, False, False), (0, True, True), (1, False, True), (4, False, True), (5, True, False)],
)
def test_a_small_count_lies_under_the_threshold(value: int, hide_zero: bool, small: bool) -> None:
    assert is_small(Decimal(value), THRESHOLD, hide_zero=hide_zero) is small


def test_what_remains_of_a_total_is_revealed_and_by_what() -> None:
    assert leaks(table(T=10, F=None, M=7)) == {"SEX=F": ("SEX=M", "_T")}
    assert leaks(table(T=None, F=3, M=7)) == {"_T": ("SEX=F", "SEX=M")}


def test_two_that_are_hidden_are_not() -> None:
    assert leaks(table(T=10, F=None, M=None)) == {}
    assert leaks(table(T=None, F=None, M=7)) == {}
    assert leaks(table(F=None, M=7)) == {}
    assert leaks(table(T=10, F=None)) == {}  # nobody says that there are two sexes in it
    assert leaks(table(T=10, F=3, M=7)) == {}


def test_a_third_part_that_is_hidden_protects() -> None:
    assert leaks(table(T=10, F=None, M=6, U=1)) == {"SEX=F": ("SEX=M", "SEX=_U", "_T")}
    assert leaks(table(T=10, F=None, M=6, U=None)) == {}


def test_two_hidden_counts_that_sum_to_two_are_both_one() -> None:
    assert set(leaks(table(T=2, F=None, M=None))) == {"SEX=F", "SEX=M"}
    assert leaks(table(T=3, F=None, M=None)) == {}
    assert [one.key for one in revealed(table(T=2, F=None, M=None), hide_zero=True)] == []
    assert [one.key for one in revealed(table(T=0, F=None, M=None), hide_zero=True)] == ["SEX=F", "SEX=M"]


def test_margins_that_are_not_published_are_reckoned_with() -> None:
    """The total less the five other cells by sex and age is the sixth, though no margin is there."""
    values = counted(dict(zip(product(SEXES, AGES), (3, 20, 30, 40, 50, 60), strict=True)))
    published: dict[str, Decimal | None] = {key: v for key, v in values.items() if ";" in key or key == "_T"}
    published["AGE=Y0T14;SEX=F"] = None
    assert set(leaks(published)) == {"AGE=Y0T14;SEX=F"}
    published["AGE=Y_GE65;SEX=M"] = None
    assert leaks(published) == {}


def test_bands_of_age_that_nest_are_subtracted_too() -> None:
    published: dict[str, Decimal | None] = {
        "AGE=Y0T17": Decimal(40), "AGE=Y0T4": None, "AGE=Y5T14": Decimal(20), "AGE=Y15T17": Decimal(17),
    }  # fmt: skip
    assert leaks(published) == {"AGE=Y0T4": ("AGE=Y0T17", "AGE=Y15T17", "AGE=Y5T14")}


def test_the_plan_hides_the_cheapest_beside_a_small_count() -> None:
    made = plan({"_T": Decimal(100), "SEX=F": Decimal(3), "SEX=M": Decimal(90), "SEX=_U": Decimal(7)}, THRESHOLD)
    assert (made.primary, made.secondary) == ({"SEX=F"}, {"SEX=_U"})


def test_a_zero_is_hidden_only_where_nothing_else_is_left() -> None:
    made = plan({"_T": Decimal(100), "SEX=F": Decimal(3), "SEX=M": Decimal(97), "SEX=_U": Decimal(0)}, THRESHOLD)
    assert made.all == {"SEX=F", "SEX=M"}
    assert plan({"SEX=F": Decimal(0), "_T": Decimal(9), "SEX=M": Decimal(9)}, THRESHOLD).all == frozenset()
    assert plan({"SEX=F": Decimal(0)}, THRESHOLD, hide_zero=True).primary == {"SEX=F"}


def test_a_table_that_contradicts_itself_is_read_to_an_end() -> None:
    odd = table(T=1, F=None, M=7) | {"AGE=Y0T14": None, "AGE=Y_GE15": Decimal(50), "AGE=Y_GE15;SEX=F": None}
    assert "SEX=F" in leaks(odd)


counts = st.integers(0, 4) | st.integers(0, 60)
inner = st.fixed_dictionaries({(sex, age): counts for sex in SEXES for age in AGES})


@settings(max_examples=150, deadline=None)
@given(inner, st.sets(st.integers(0, 11), max_size=5))
def test_nothing_the_plan_hides_is_found_by_subtraction(cells: dict[tuple[str, str], int], left_out: set[int]) -> None:
    """Whichever cells and margins of the table are published at all."""
    values = {key: value for n, (key, value) in enumerate(sorted(counted(cells).items())) if n not in left_out}
    made = plan(values, THRESHOLD)
    published = {key: None if key in made.all else value for key, value in values.items()}
    assert {key for key, value in values.items() if 0 < value < THRESHOLD} == made.primary
    assert by_subtraction(published) == set()
    assert revealed(published) == []


@settings(max_examples=200, deadline=None)
@given(inner, st.sets(st.integers(0, 11), min_size=1, max_size=4))
def test_what_subtraction_finds_is_found(cells: dict[tuple[str, str], int], hidden: set[int]) -> None:
    """Over any hidden cells, chosen well or not: elimination finds all that the slow adversary finds."""
    values = counted(cells)
    keys = {key for n, key in enumerate(sorted(values)) if n in hidden}
    published = {key: None if key in keys else value for key, value in values.items()}
    assert by_subtraction(published) <= {one.key for one in revealed(published)}


@settings(max_examples=12, deadline=None)
@given(st.tuples(*[st.integers(0, 3)] * 4), st.sampled_from([(), ("_T",), ("SEX=F", "SEX=M"), ("AGE=Y0T14",)]))
def test_nothing_the_plan_hides_is_the_only_number_possible(counts: tuple[int, ...], left_out: tuple[str, ...]) -> None:
    values = {key: value for key, value in small_table(counts).items() if key not in left_out}
    made = plan(values, 3)
    published = {key: None if key in made.all else value for key, value in values.items()}
    assert all(values[key] for key in made.all)
    assert by_trying(published, 9) == set()


def test_the_slowest_adversary_finds_what_elimination_does_not_need_to_know() -> None:
    """It is no friend of the plan: two hidden figures that sum to two are found."""
    values = small_table((1, 1, 5, 5))
    published = {
        key: None if key in ("AGE=Y0T14;SEX=F", "AGE=Y_GE15;SEX=F") else value for key, value in values.items()
    }
    del published["AGE=Y0T14"], published["AGE=Y_GE15"]
    assert by_trying(published, 6) == {"AGE=Y0T14;SEX=F", "AGE=Y_GE15;SEX=F"} == set(leaks(published))
