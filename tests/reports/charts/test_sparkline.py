"""The small trend in a table: two values make a line, gaps are not joined."""

from datetime import date
from decimal import Decimal

from reports.charts.sparkline import sparkline
from sdg_targets.queries.figures import Figure


def figure(year: int, value: str | None) -> Figure:
    return Figure(
        series_id=1,
        area_id=1,
        area_code="KEN",
        area_name="Kenya",
        is_aggregate=False,
        period=str(year),
        period_end=date(year, 12, 31),
        breakdown="_T",
        value=None if value is None else Decimal(value),
        status="A",
        nature="C",
        symbol="%",
    )


def path(*points: Figure) -> str:
    return sparkline(points).split('d="', 1)[1].split('"', 1)[0]


def test_one_value_is_no_line() -> None:
    assert sparkline([figure(2015, "1")]) == ""
    assert sparkline([figure(2015, "1"), figure(2016, None)]) == ""


def test_a_line_runs_from_edge_to_edge() -> None:
    assert path(figure(2015, "1"), figure(2016, "3")) == "M3.0 25.0h.01L109.0 3.0"


def test_a_missing_year_breaks_the_line() -> None:
    assert path(figure(2015, "1"), figure(2017, "3")).count("M") == 2
    assert path(figure(2015, "1"), figure(2016, None), figure(2017, "3")).count("M") == 2


def test_equal_values_lie_in_the_middle() -> None:
    assert path(figure(2015, "2"), figure(2016, "2")) == "M3.0 14.0h.01L109.0 14.0"


def test_a_break_in_the_series_breaks_the_line() -> None:
    points = [figure(year, str(year)) for year in (2016, 2017, 2018, 2019)]
    assert sparkline(points, [2018]).count("M") == 2
    assert sparkline(points, [2025]).count("M") == 1
