"""What a submitted value changes against the one that stands."""

from decimal import Decimal

import pytest

from sdg_targets.domain.differences import Amount, Kind, difference


def amount(value: str | None, status: str = "A", unit: str = "USD", multiplier: int = 0) -> Amount:
    return Amount(None if value is None else Decimal(value), status, unit, multiplier)


@pytest.mark.parametrize(
    ("before", "after", "kind", "change", "percent"),
    [
        (None, amount("5"), Kind.NEW, None, None),
        (amount("5"), amount("5"), Kind.SAME, "0", "0.0"),
        (amount("2.4"), amount("2.40"), Kind.SAME, "0.00", "0.0"),
        (amount("4"), amount("5"), Kind.REVISED, "1", "25.0"),
        (amount("-4"), amount("-5"), Kind.REVISED, "-1", "-25.0"),
        (amount("-4"), amount("5"), Kind.REVISED, "9", None),
        (amount("0"), amount("5"), Kind.REVISED, "5", None),
        (amount("4", unit="PT"), amount("5", unit="PT"), Kind.REVISED, "1", None),
        (amount("4", unit="SCORE"), amount("3", unit="SCORE"), Kind.REVISED, "-1", None),
        (amount("4"), amount("5", unit="NUMBER"), Kind.REVISED, None, None),
        (amount("4"), amount("4", multiplier=3), Kind.REVISED, None, None),
        (amount("2.40221"), amount("2.4022124"), Kind.PRECISION, "0.0000024", "0.0"),
        (amount("2.4022124"), amount("2.40221"), Kind.PRECISION, "-0.0000024", "0.0"),
        (amount("2.4"), amount("2.5"), Kind.REVISED, "0.1", "4.2"),
        (amount("5"), amount("5", status="P"), Kind.REVISED, "0", "0.0"),
        (amount("5"), amount(None, status="L"), Kind.REVISED, None, None),
        (amount(None, status="L"), amount("5"), Kind.REVISED, None, None),
        (amount(None, status="L"), amount(None, status="L"), Kind.SAME, None, None),
        (amount("1E+2"), amount("100"), Kind.SAME, "0", "0.0"),
        (amount("100"), amount("99.6"), Kind.PRECISION, "-0.4", "-0.4"),
    ],
)
def test_a_change_is_told_as_what_it_is(
    before: Amount | None, after: Amount, kind: Kind, change: str | None, percent: str | None
) -> None:
    found = difference(before, after)
    assert found.kind is kind
    assert found.change == (None if change is None else Decimal(change))
    assert str(found.percent) == str(percent)


def test_words_beside_the_same_value_are_a_change_of_their_own() -> None:
    found = difference(amount("5"), amount("5.0"), described=True)
    assert (found.kind, found.is_change) == (Kind.DESCRIBED, True)
    assert not difference(amount("5"), amount("5.0")).is_change
