"""Lines over time: gaps stay gaps, areas stand in the order in which they were asked for."""

import pytest

from sdg_targets.models import Area, Series
from sdg_targets.queries.known_context import known_context, known_now
from sdg_targets.queries.timeseries import timeseries
from tests.factories import make_catalogue, observe, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def figures() -> None:
    make_catalogue()
    write_rows(
        [
            row("KEN", "2015", "1"),
            row("KEN", "2018", "2"),
            row("KEN", "2016", None, status="L"),
            row("UGA", "2015", "3"),
        ]
    )


def areas(*codes: str) -> list[Area]:
    return [Area.objects.get(code=code) for code in codes]


def test_a_line_is_oldest_first_and_fills_no_gap() -> None:
    (line,) = timeseries(Series.objects.get(), areas("KEN"), known_now())
    assert [(point.period, point.status) for point in line.points] == [("2015", "A"), ("2016", "L"), ("2018", "A")]
    assert [point.period for point in line.with_value] == ["2015", "2018"]


def test_areas_keep_their_order_and_those_without_figures_have_no_line() -> None:
    lines = timeseries(Series.objects.get(), areas("UGA", "FRA", "KEN"), known_now())
    assert [line.area.code for line in lines] == ["UGA", "KEN"]
    assert timeseries(Series.objects.get(), [], known_now()) == []


def test_a_line_is_as_known_then() -> None:
    observe("UGA", "2015", "4")
    (then,) = timeseries(Series.objects.get(), areas("UGA"), known_context("1"))
    (now,) = timeseries(Series.objects.get(), areas("UGA"), known_now())
    assert [str(line.points[0].value) for line in (then, now)] == ["3", "4"]


def test_one_query_serves_all_lines(django_assert_num_queries: object) -> None:
    series, wanted = Series.objects.get(), areas("KEN", "UGA", "FRA")
    known = known_now()
    with django_assert_num_queries(1):  # type: ignore[operator]
        timeseries(series, wanted, known)
