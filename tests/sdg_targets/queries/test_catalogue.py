"""Indicators with their series and reach: in the order of codes, the series with figures first, in a fixed number of queries."""

import pytest

from sdg_targets.models import Series
from sdg_targets.queries.catalogue import (
    indicator_entry,
    migration_indicators,
    number_of_member_states,
    related_figures,
    series_reach,
)
from tests.factories import (
    make_area,
    make_catalogue,
    make_dataset,
    make_indicator,
    make_series,
    make_supplementary,
    write_rows,
)
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


def test_indicators_followed_here_are_in_the_order_of_their_codes() -> None:
    for code in ("10.c.1", "10.7.2", "8.8.1", "10.7.10"):
        make_indicator(code)
    make_indicator("1.1.1", migration=False)
    assert [entry.indicator.code for entry in migration_indicators()] == ["8.8.1", "10.7.2", "10.7.10", "10.c.1"]
    assert [entry.indicator.code for entry in migration_indicators(target__code="10.7")] == ["10.7.2", "10.7.10"]


def test_the_series_shown_first_is_the_first_in_order_that_has_figures() -> None:
    make_catalogue()
    make_series("FIRST", position=1)
    Series.objects.filter(code="SI_RMT_COST").update(position=2)
    entry = indicator_entry("10.c.1")
    assert entry is not None and [series.code for series in entry.series] == ["FIRST", "SI_RMT_COST"]
    assert entry.headline is not None and entry.headline.code == "FIRST" and entry.headline_reach is None
    write_rows([row("KEN", "2015"), row("001", "2018")])
    entry = indicator_entry("10.c.1")
    assert entry is not None and entry.headline is not None and entry.headline.code == "SI_RMT_COST"
    reach = entry.headline_reach
    assert reach is not None
    assert (reach.countries, reach.areas, reach.observations, reach.first, reach.last) == (1, 2, 2, "2015", "2018")


def test_an_indicator_that_is_not_followed_has_no_words_of_ours() -> None:
    make_indicator("1.1.1", migration=False)
    entry = indicator_entry("1.1.1")
    assert entry is not None
    assert (entry.profile, entry.profile_plain, entry.series, entry.headline) == (None, "", (), None)
    assert indicator_entry("99.9.9") is None


def test_reach_is_that_of_the_first_dataset() -> None:
    make_catalogue()
    write_rows([row("KEN"), row("UGA")], dataset=make_dataset("UNHCR", rank=2))
    write_rows([row("KEN")])
    ids = set(Series.objects.values_list("pk", flat=True))
    assert [reach.areas for reach in series_reach(ids).values()] == [1]
    assert series_reach(set()) == {}


def test_member_states_are_counted_and_not_written_down() -> None:
    make_area("KEN")
    make_area("PSE", status="observer")
    assert number_of_member_states() == 1


def test_more_indicators_take_no_more_queries(django_assert_num_queries: object) -> None:
    for code in ("10.7.1", "10.7.2", "10.7.3", "10.c.1"):
        make_series(f"S{code}", indicator=code)
    with django_assert_num_queries(3):  # type: ignore[operator]
        migration_indicators()


def test_related_figures_are_those_that_are_loaded_in_the_order_of_their_sources() -> None:
    make_area("KEN")
    dataset, series = make_supplementary(related="10.7.3")
    (indicator,) = series.related.all()
    assert related_figures(indicator) == []
    write_rows([row("KEN", "2014", series=series.code), row("KEN", "2016", series=series.code)], dataset=dataset)
    write_rows([row("KEN", "2015", series=series.code)], dataset=make_dataset("FIRST", rank=2))
    found = related_figures(indicator)
    assert [(entry.dataset.code, entry.periods) for entry in found] == [
        ("FIRST", ["2015"]),
        ("IOM-MMP", ["2014", "2016"]),
    ]
