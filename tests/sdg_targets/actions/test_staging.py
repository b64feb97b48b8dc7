"""The rules: the check in SQL and the check in Python refuse the same rows, for every rule."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdg_targets.actions import filling, resolving, staging
from sdg_targets.domain.rows import ObservationRow
from sdg_targets.domain.validation import RULES, Reference, SeriesFacts, broken_rules
from sdg_targets.models import Series
from tests.factories import make_catalogue
from tests.factories.observations import row

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
KNOWN = Reference(
    series={"SI_RMT_COST": SeriesFacts("PT", frozenset(("SEX",)), Decimal(0), Decimal(100))},
    areas=frozenset(("KEN", "UGA", "FRA", "001")),
    units=frozenset(("PT",)),
    categories={"SEX": frozenset(("_T", "F", "M")), "AGE": frozenset(("_T", "Y0T4", "Y0T17", "Y_GE18"))},
    today=TODAY,
    withdrawn=frozenset((("SI_RMT_COST", "FRA", "2015", "_T"),)),
)


@pytest.fixture(autouse=True)
def catalogue() -> None:
    _, series = make_catalogue()
    series.dimensions.set(series.dimensions.filter(code="SEX"))
    Series.objects.update(minimum=0, maximum=100)


def refused_by_sql(rows: list[ObservationRow]) -> dict[int, set[str]]:
    with transaction.atomic():
        staging.create_tables()
        filling.fill_with_rows(iter(rows))
        staging.resolve()
        withdraw_from_france()
        found: dict[int, set[str]] = {}
        for refused in resolving.refuse_broken_rows(today=TODAY):
            if refused.rule != "V18":
                found.setdefault(refused.number - 1, set()).add(refused.rule)
    return found


def withdraw_from_france() -> None:
    """The key that ``KNOWN`` says was withdrawn for confidentiality, as an import finds it in the table of tombstones."""
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into tombstoned
               select s.id, a.id, p.id, b.id from sdg_targets_series s, sdg_targets_area a, sdg_targets_period p,
                      sdg_targets_breakdown b
               where (s.code, a.code, p.code, b.key) = ('SI_RMT_COST', 'FRA', '2015', '_T')"""
        )


def refused_by_python(rows: list[ObservationRow]) -> dict[int, set[str]]:
    told = {n: {rule.number for rule in broken_rules(given, KNOWN)} for n, given in enumerate(rows)}
    return {n: rules for n, rules in told.items() if rules}


GOOD = row("KEN", "2015", "5", nature="C", unit="PT", source="A survey")
BROKEN = {
    "V01": {"series": "NO_SUCH"},
    "V02": {"area": "ZZZ"},
    "V03": {"period": "20222"},
    "V04": {"period": "2027"},
    "V05": {"breakdown": "SEX=X"},
    "V06": {"breakdown": "AGE=Y0T4"},
    "V07": {"value": "24,644"},
    "V08": {"lower_bound": "n/a"},
    "V09": {"value": None},
    "V10": {"status": "L"},
    "V11": {"unit": "STONES"},
    "V13": {"value": "100.1"},
    "V14": {"lower_bound": "6"},
    "V15": {"status": "?"},
    "V16": {"nature": "NA"},
    "V17": {"multiplier": "x"},
    "V19": {"base_period": "x" * 41},
    "V20": {"denominator": "0.0"},
    "V21": {"area": "FRA"},
}


@pytest.mark.parametrize("rule", sorted(BROKEN))
def test_each_rule_refuses_its_row_in_both_languages(rule: str) -> None:
    rows = [GOOD, replace(GOOD, **{"area": "UGA"} | BROKEN[rule])]
    assert refused_by_sql(rows) == refused_by_python(rows)
    assert rule in refused_by_sql(rows)[1]


def test_a_unit_that_is_not_the_series_own_is_refused() -> None:
    from_catalogue = replace(GOOD, unit="NUMBER")
    Series.objects.get().unit.__class__.objects.create(code="NUMBER", name_en="Number")
    known = replace(KNOWN, units=KNOWN.units | {"NUMBER"})
    assert {r.number for r in broken_rules(from_catalogue, known)} == {"V12"}
    assert refused_by_sql([from_catalogue]) == {0: {"V12"}}


def test_every_rule_of_a_row_is_tried_here() -> None:
    assert {number for number, rule in RULES.items() if rule.broken} == set(BROKEN) | {"V12"}


texts = st.sampled_from(
    ["5", "-1", "0", "0e9", "1e2", "100.5", "", "NaN", "1,000", "0x1", "٣", "1" * 61, "7.", ".5", " 5"]
)
cells = st.none() | texts
odd_rows = st.builds(
    ObservationRow,
    place=st.just("test"),
    series=st.sampled_from(["SI_RMT_COST", "NO_SUCH"]),
    area=st.sampled_from(["KEN", "UGA", "FRA", "ZZZ", ""]),
    period=st.sampled_from(["2015", "2015/16", "2030", "2026-Q4", "2015*", ""]),
    breakdown=st.sampled_from(["_T", "SEX=F", "SEX=M;AGE=Y0T4", "SEX=X", "", "AGE=_T"]),
    value=cells,
    value_text=st.none() | st.just("N"),
    status=st.none() | st.sampled_from([*"AELMOQKZ", ""]),
    nature=st.none() | st.sampled_from(["C", "_X", "NA", ""]),
    unit=st.none() | st.sampled_from(["PT", "X"]),
    multiplier=st.none() | st.sampled_from(["0", "6", "12", "13", "-1", "x"]),
    lower_bound=cells,
    upper_bound=cells,
    numerator=cells,
    denominator=cells,
    base_period=st.none() | st.just("2015"),
    time_detail=st.none() | st.just("t" * 201),
    source=st.none(),
    footnote=st.none(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(odd_rows, min_size=1, max_size=15))
def test_sql_and_python_refuse_the_same_rows(rows: list[ObservationRow]) -> None:
    assert refused_by_sql(rows) == refused_by_python(rows)


def test_rows_of_one_key_that_disagree_are_refused_and_name_each_other() -> None:
    with transaction.atomic():
        staging.create_tables()
        filling.fill_with_rows(
            iter(
                [
                    replace(GOOD, place="line 2"),
                    replace(GOOD, place="line 3", value="6"),
                    replace(GOOD, place="line 4", area="UGA"),
                    replace(GOOD, place="line 5", area="UGA", value="5.0"),
                ]
            )
        )
        staging.resolve()
        refused = resolving.refuse_broken_rows(today=TODAY)
        assert [(r.place, r.rule) for r in refused] == [("line 2", "V18"), ("line 3", "V18")]
        assert all("line 2" in r.expected and "line 3" in r.expected for r in refused)
        taken = resolving.count_taken()
        assert (taken.rows, taken.repeated, [*taken.series.values()]) == (1, 1, ["SI_RMT_COST"])


def test_of_a_row_whose_value_was_withdrawn_nothing_found_is_told() -> None:
    """Also where it breaks another rule, which would quote the value."""
    with transaction.atomic():
        staging.create_tables()
        filling.fill_with_rows(iter([replace(GOOD, area="FRA", value="777"), replace(GOOD, area="UGA", value="778")]))
        staging.resolve()
        withdraw_from_france()
        told = [(r.number, r.rule, r.found) for r in resolving.refuse_broken_rows(today=TODAY)]
    assert told == [(1, "V13", ""), (1, "V21", ""), (2, "V13", "778")]
