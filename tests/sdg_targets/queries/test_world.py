"""Where the world stands: the published value for the world, never one of ours, and how many countries have any."""

import pytest

from sdg_targets.models import Area, Series
from sdg_targets.queries.world import standings
from tests.factories import make_catalogue, make_dataset, make_indicator, make_series, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue() -> None:
    make_catalogue()


def test_each_target_once_in_the_order_of_codes() -> None:
    for code in ("10.7.2", "10.7.1", "8.8.1"):
        make_indicator(code)
    assert [(s.target.code, [r.entry.indicator.code for r in s.rows]) for s in standings()] == [
        ("8.8", ["8.8.1"]),
        ("10.7", ["10.7.1", "10.7.2"]),
        ("10.c", ["10.c.1"]),
    ]


def test_the_value_is_the_publisher_s_own_and_never_a_mean_of_ours() -> None:
    write_rows([row("KEN", "2018", "8"), row("UGA", "2018", "10")])
    (standing,) = standings()
    assert standing.rows[0].value is None and standing.countries == 2
    write_rows([row("001", "2017", "6.9"), row("001", "2018", None, status="O")])
    value = standings()[0].rows[0].value
    assert value is not None
    assert (value.period, str(value.value), value.is_aggregate, value.area_code) == ("2017", "6.9", True, "001")


def test_the_newest_period_stands_before_the_order_of_breakdowns_which_stands_within_it() -> None:
    """As on the map and in a profile: one rule for which figure is shown."""
    Series.objects.update(headline=["AGE=Y0T17", "_T"])
    write_rows([row("001", "2012", "1", breakdown="AGE=Y0T17"), row("001", "2019", "2")])
    value = standings()[0].rows[0].value
    assert value is not None and (value.period, value.breakdown) == ("2019", "_T")
    write_rows([row("001", "2019", "3", breakdown="AGE=Y0T17")])
    value = standings()[0].rows[0].value
    assert value is not None and (value.period, value.breakdown) == ("2019", "AGE=Y0T17")


def test_the_first_dataset_speaks_for_the_world() -> None:
    write_rows([row("001", "2019", "9")], dataset=make_dataset("UNHCR", rank=2))
    write_rows([row("001", "2019", "6.9")])
    value = standings()[0].rows[0].value
    assert value is not None and str(value.value) == "6.9"


def test_on_a_small_space_a_world_value_then_the_covered_then_the_first_stands() -> None:
    make_series("OTHER", indicator="10.c.2")
    assert standings()[0].best.entry.indicator.code == "10.c.1"
    write_rows([row("KEN", "2015", "1", series="OTHER")])
    assert standings()[0].best.entry.indicator.code == "10.c.2"
    write_rows([row("001", "2015", "1")])
    assert standings()[0].best.entry.indicator.code == "10.c.1"


def test_without_a_world_there_is_no_value_for_it() -> None:
    Area.objects.filter(code="001").delete()
    assert standings()[0].rows[0].value is None
