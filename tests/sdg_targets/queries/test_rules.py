"""The rules in words: translated, in the order of the book, and findings with numbers as their readers write them."""

import pytest
from django.utils.translation import override

from sdg_targets.domain.checking import check_cell
from sdg_targets.domain.rulebook import rulebook
from sdg_targets.models import ValueKind
from sdg_targets.queries.rules import COLUMNS, finding_text, limits_by_kind, rules_by_scope, rules_in_words
from tests.factories.entered import make_cell, make_context


def test_every_rule_of_the_book_is_told_with_the_name_of_its_column() -> None:
    rules = rules_in_words()
    assert [rule.number for rule in rules] == [entry.number for entry in rulebook()]
    assert {rule.column for rule in rules} - {""} <= set(COLUMNS)
    assert all(rule.column_name for rule in rules if rule.column)
    assert [rule for _scope, _title, under in rules_by_scope() for rule in under] == rules


def test_a_finding_writes_numbers_as_its_reader_does() -> None:
    (finding,) = check_cell(make_cell("12345.5", series="MONEY"), make_context({"2019": "2000"}, series="MONEY"))
    assert finding_text(finding).startswith("12,345.5 against 2,000 in 2019")
    with override("fr"):
        assert "12\u202f345,5" in finding_text(finding)


@pytest.mark.parametrize("kind", ValueKind)
def test_every_kind_of_value_has_its_line(kind: ValueKind) -> None:
    assert str(kind.label) in [one.kind for one in limits_by_kind()]
