"""A figure with all that stands beside it; which one stands for an area and a period, and which is the newest."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.models import Observation, Series
from sdg_targets.queries.figures import Figure, headline_rows, latest_of, newest_rows, read_figures
from sdg_targets.queries.known_context import known_context, known_now
from tests.factories import make_area, make_catalogue, make_dataset, make_series, observe, write_rows
from tests.factories.observations import row

DB = pytest.mark.django_db


def made(area: int, year: int, value: int | None, breakdown: str = "_T") -> Figure:
    return Figure(
        series_id=1,
        area_id=area,
        area_code=f"A{area}",
        area_name=f"Area {area}",
        is_aggregate=False,
        period=str(year),
        period_end=date(year, 12, 31),
        breakdown=breakdown,
        value=None if value is None else Decimal(value),
        status="A" if value is not None else "L",
        nature="C",
        symbol="%",
    )


figures = st.lists(
    st.builds(made, st.integers(1, 3), st.integers(2000, 2005), st.none() | st.integers(0, 9)),
    unique_by=lambda f: (f.area_id, f.period),
)


@given(figures)
def test_the_newest_is_found_as_a_walk_through_all_of_them_finds_it(rows: list[Figure]) -> None:
    expected = {
        area: max((f for f in rows if f.area_id == area and f.value is not None), key=lambda f: f.period_end)
        for area in {f.area_id for f in rows if f.value is not None}
    }
    assert latest_of(rows) == expected
    assert latest_of(reversed(rows)) == expected


def test_of_two_periods_that_end_together_the_later_one_given_is_the_newest() -> None:
    """Rows come in the order of their end, then of their start: the quarter comes after the year that it ends."""
    year, quarter = made(1, 2015, 5), replace(made(1, 2015, 6), period="2015-Q4")
    assert latest_of([year, quarter]) == {1: quarter}


@DB
def test_everything_stands_beside_the_value() -> None:
    make_catalogue()
    observe("KEN", "2015", "6.20", source="A survey", footnote="By hand", nature="C", status="E")
    (read,) = read_figures(Observation.objects.all(), Series.objects.all())
    assert (read.area_code, read.area_name, read.period, read.year, str(read.value)) == (
        "KEN",
        "Kenya",
        "2015",
        2015,
        "6.20",
    )
    assert (read.status, read.nature, read.symbol, read.source, read.footnote) == ("E", "C", "%", "A survey", "By hand")
    assert not read.is_aggregate and read.word == ""


@DB
def test_the_first_headline_breakdown_stands_for_its_period_and_one_dataset_for_all_areas() -> None:
    """A country's own figures, and those of another publisher, never stand among those of the first dataset."""
    dataset, series = make_catalogue()
    series.headline = ["AGE=Y0T17", "_T"]
    series.save()
    write_rows(
        [
            row("KEN", "2014", "1"),
            row("KEN", "2015", "2"),
            row("KEN", "2015", "3", breakdown="AGE=Y0T17"),
            row("KEN", "2015", "4", breakdown="SEX=F"),
        ],
        dataset=dataset,
    )
    write_rows([row("KEN", "2016", "9"), row("UGA", "2014", "8")], dataset=make_dataset("UNHCR", rank=2))
    own = make_dataset("national:KEN", rank=0, reporting_type="N", area=make_area("KEN"))
    write_rows([row("KEN", "2017", "7")], dataset=own)
    found = {(f.area_code, f.period): (f.breakdown, str(f.value)) for f in headline_rows(series, known_now())}
    assert found == {
        ("KEN", "2014"): ("_T", "1"),
        ("KEN", "2015"): ("AGE=Y0T17", "3"),
    }
    assert {f.area_code: str(f.value) for f in newest_rows(series, known_now())} == {"KEN": "3"}


@DB
def test_rows_of_another_series_or_moment_are_not_among_them() -> None:
    _dataset, series = make_catalogue()
    observe("KEN", "2015", "1")
    observe("KEN", "2015", "2")
    other = make_series("OTHER")
    assert headline_rows(other, known_now()) == []
    assert [str(f.value) for f in headline_rows(series, known_context("1"))] == ["1"]
    assert [str(f.value) for f in headline_rows(series, known_now(), period__code="2015")] == ["2"]
    assert headline_rows(series, known_now(), period__code="2016") == []


@DB
def test_the_newest_of_each_area_is_the_same_from_latest_from_the_rows_and_from_a_walk_through_all() -> None:
    """What is believed now is read from ``Latest``, a past moment from the rows; a slow walk decides who is right."""
    dataset, series = make_catalogue()
    series.headline = ["AGE=Y0T17", "_T"]
    series.save()
    write_rows(
        [
            row("KEN", "2014", "1"),
            row("KEN", "2015", None, status="L"),
            row("UGA", "2014", "2", breakdown="AGE=Y0T17"),
            row("UGA", "2014", "3"),
            row("UGA", "2013", "4"),
            row("FRA", "2013", None, status="L"),
            row("FRA", "2014", None, status="M"),
            row("001", "2010", "5", breakdown="SEX=F"),
        ],
        dataset=dataset,
    )
    write_rows([row("KEN", "2014", "9"), row("001", "2012", "8")], dataset=make_dataset("UNHCR", rank=2))

    def shown(found: list[Figure]) -> dict[str, tuple[str, str | None, str]]:
        return {f.area_code: (f.period, None if f.value is None else str(f.value), f.status) for f in found}

    def walked() -> list[Figure]:
        rows = headline_rows(series, known_now())
        newest = latest_of(rows)
        silent = {f.area_id: f for f in rows if f.area_id not in newest}
        return [*newest.values(), *silent.values()]

    expected = {
        "KEN": ("2014", "1", "A"),
        "UGA": ("2014", "2", "A"),
        "FRA": ("2014", None, "M"),
    }
    assert shown(newest_rows(series, known_now())) == expected
    assert shown(newest_rows(series, known_context("2"))) == expected
    assert shown(walked()) == expected
    assert shown(newest_rows(series, known_context("1"))) == expected


@DB
def test_the_newest_of_a_long_history_is_read_in_as_many_queries_as_that_of_a_short_one(
    django_assert_num_queries: Any,
) -> None:
    _dataset, series = make_catalogue()
    write_rows([row(area, str(year), "1") for area in ("KEN", "UGA", "FRA") for year in range(1990, 2020)])
    now = known_now()
    with django_assert_num_queries(2):
        found = newest_rows(series, now)
    assert [f.period for f in found] == ["2019"] * 3
