"""The table of rules: each explains itself, and its check of a row says no exactly where the sentence does."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sdg_targets.domain.rows import ObservationRow
from sdg_targets.domain.validation import (
    MISSING,
    NATURES,
    READER_RULES,
    RULES,
    STATUSES,
    Reference,
    SeriesFacts,
    broken_rules,
    sentence,
)
from sdg_targets.models import MISSING_STATUSES, Nature, Status
from tests.factories.observations import row

KNOWN = Reference(
    series={
        "SHARE": SeriesFacts("PT", frozenset(("SEX",)), Decimal(0), Decimal(100)),
        "COST": SeriesFacts("USD", frozenset()),
    },
    areas=frozenset(("KEN",)),
    units=frozenset(("PT", "USD")),
    categories={"SEX": frozenset(("F", "M")), "AGE": frozenset(("Y0T4",))},
    today=date(2026, 11, 24),
    withdrawn=frozenset((("SHARE", "KEN", "2014", "AGE=Y0T4;SEX=F"),)),
)
GOOD = row("KEN", "2015", "5", series="SHARE")


def broken(**changed: object) -> list[str]:
    return [rule.number for rule in broken_rules(replace(GOOD, **changed), KNOWN)]  # type: ignore[arg-type]


def test_a_good_row_breaks_nothing() -> None:
    assert broken() == []
    assert broken(value=None, status="L") == []
    assert broken(breakdown="SEX=F", unit="PT", multiplier="0", lower_bound="5", upper_bound="5", denominator="1") == []


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({"series": "NONE"}, ["V01"]),
        ({"area": ""}, ["V02"]),
        ({"period": "2015*"}, ["V03"]),
        ({"period": "2026-Q4"}, []),
        ({"period": "2026-12"}, ["V04"]),
        ({"period": "2026-11-24"}, []),
        ({"period": "2026-11-25"}, ["V04"]),
        ({"breakdown": "SEX=X"}, ["V05"]),
        ({"breakdown": ""}, ["V05"]),
        ({"breakdown": "AGE=Y0T4"}, ["V06"]),
        ({"breakdown": "AGE=_T"}, []),
        ({"value": "24,644"}, ["V07"]),
        ({"value": ""}, ["V07"]),
        ({"lower_bound": ""}, ["V08"]),
        ({"numerator": "1/2"}, ["V08"]),
        ({"value": None}, ["V09"]),
        ({"value": None, "status": "E"}, ["V09"]),
        ({"status": "L"}, ["V10"]),
        ({"unit": "STONES"}, ["V11"]),
        ({"unit": "USD"}, ["V12"]),
        ({"value": "100"}, []),
        ({"value": "100.0001"}, ["V13"]),
        ({"value": "-0.0001"}, ["V13"]),
        ({"series": "COST", "value": "-11.36"}, []),
        ({"lower_bound": "5.1"}, ["V14"]),
        ({"upper_bound": "4.9"}, ["V14"]),
        ({"value": None, "status": "Q", "lower_bound": "2", "upper_bound": "1"}, ["V14"]),
        ({"status": "?"}, ["V15"]),
        ({"nature": "NA"}, ["V16"]),
        ({"multiplier": "13"}, ["V17"]),
        ({"multiplier": "06"}, ["V17"]),
        ({"value_text": "x" * 41}, ["V19"]),
        ({"time_detail": "x" * 200}, []),
        ({"denominator": "0.00"}, ["V20"]),
        ({"period": "2014"}, []),
        ({"period": "2014", "breakdown": "SEX=F;AGE=Y0T4"}, ["V06", "V21"]),
        ({"area": "ZZZ", "value": "x", "denominator": "0"}, ["V02", "V07", "V20"]),
    ],
)
def test_a_row_breaks_the_rules_that_it_should(change: dict[str, object], rules: list[str]) -> None:
    assert broken(**change) == rules


def test_every_rule_says_what_would_be_right_under_its_own_number() -> None:
    for number, rule in RULES.items():
        assert (rule.number, rule.sentence) == (number, sentence(number))
        assert rule.sentence.endswith(".") or rule.sentence.endswith(").")
    assert len({rule.sentence for rule in RULES.values()}) == len(RULES)
    assert all(sentence(number) == said for number, said in READER_RULES.items())


def test_codes_of_the_rules_are_those_of_the_models() -> None:
    assert set(Status.values) == STATUSES
    assert set(MISSING_STATUSES) == MISSING
    assert set(Nature.values) == NATURES


def test_a_rule_never_fails_on_any_text() -> None:
    odd = ObservationRow("", *["\0\ud800" * 30] * 18)  # type: ignore[arg-type]
    assert "V01" in [rule.number for rule in broken_rules(odd, KNOWN)]
