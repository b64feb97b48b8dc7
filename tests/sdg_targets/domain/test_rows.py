"""The row shape is one contract: the staging table, the own CSV format and the rules name the same columns."""

from dataclasses import FrozenInstanceError

import pytest

from sdg_targets.actions.staging import TEXT_COLUMNS
from sdg_targets.domain.rows import COLUMNS, KEY, OPTIONAL, ObservationRow
from sdg_targets.domain.validation import LENGTHS, NUMERIC_COLUMNS, RULES
from sdg_targets.formats.plain_csv import KNOWN, PROVENANCE
from tests.factories.observations import row


def test_every_column_is_key_value_place_or_optional() -> None:
    assert ("place", *KEY, "value", *OPTIONAL) == COLUMNS
    assert row().cells() == tuple(getattr(row(), name) for name in COLUMNS)


def test_every_border_has_the_same_columns() -> None:
    assert (*COLUMNS, *PROVENANCE) == TEXT_COLUMNS
    assert {*COLUMNS, *PROVENANCE} - {"place"} == KNOWN
    assert {rule.column for rule in RULES.values() if rule.column} | set(LENGTHS) | set(NUMERIC_COLUMNS) <= set(COLUMNS)


def test_a_row_is_not_changed_once_it_is_read() -> None:
    with pytest.raises(FrozenInstanceError):
        row().value = "2"  # type: ignore[misc]
    assert hash(row()) == hash(row())
    assert isinstance(row(), ObservationRow)
