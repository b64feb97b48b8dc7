"""The book of rules has every rule once, and its examples are found by the rules that they illustrate."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sdg_targets.domain.checking import ENTRY_RULES
from sdg_targets.domain.rulebook import ROW_EXAMPLES, SCOPES, WEIGHTS, Scope, rulebook
from sdg_targets.domain.validation import READER_RULES, RULES, Reference, SeriesFacts, Strength, broken_rules
from tests.factories.observations import row

KNOWN = Reference(
    series={"SHARE": SeriesFacts("PT", frozenset(("SEX",)), Decimal(0), Decimal(100))},
    areas=frozenset(("KEN",)),
    units=frozenset(("PT", "USD")),
    categories={"SEX": frozenset(("F", "M")), "AGE": frozenset(("Y0T4",))},
    today=date(2026, 11, 24),
)


@pytest.mark.parametrize("number", ROW_EXAMPLES)
def test_an_example_of_a_row_breaks_its_rule(number: str) -> None:
    column, text = ROW_EXAMPLES[number]
    good = row("KEN", "2015", "5", series="SHARE")
    broken = replace(good, **{column: text or None})  # type: ignore[arg-type]
    assert number not in {rule.number for rule in broken_rules(good, KNOWN)}
    assert number in {rule.number for rule in broken_rules(broken, KNOWN)}


def test_every_rule_of_the_code_stands_in_the_book_once() -> None:
    numbers = [entry.number for entry in rulebook()]
    assert sorted(numbers) == sorted({*RULES, *ENTRY_RULES, *READER_RULES})
    assert len(numbers) == len(RULES) + len(ENTRY_RULES) + len(READER_RULES)


def test_the_book_is_in_order_and_leaves_nothing_open() -> None:
    entries = rulebook()
    places = [(list(Scope).index(entry.scope), entry.number) for entry in entries]
    assert places == sorted(places)
    assert set(SCOPES) == set(Scope) == {entry.scope for entry in entries}
    assert set(WEIGHTS) == set(Strength) == {entry.strength for entry in entries}
    assert all(entry.sentence and entry.compares for entry in entries)
    assert all(entry.example for entry in entries if entry.scope is not Scope.FILE)
