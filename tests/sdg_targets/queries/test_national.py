"""A country's own figures stand beside the global ones, and are compared where everything agrees."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sdg_targets.domain.comparability import Obstacle
from sdg_targets.models import Area, Dataset, Indicator, Metadata, Series
from sdg_targets.queries.coverage_facts import newest_facts
from sdg_targets.queries.known_context import known_context, known_now
from sdg_targets.queries.national import NationalFigure, national_figures, national_of_area
from sdg_targets.queries.profiles import Profile, profile
from tests.factories import make_area, make_catalogue, make_dataset, make_series, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue() -> None:
    make_catalogue()


def office(area: str = "KEN", code: str = "", **given: Any) -> Dataset:
    return make_dataset(code or f"national:{area}", reporting_type="N", area=make_area(area), **{"rank": 50} | given)


def of(period: str = "", as_of: str = "") -> list[NationalFigure]:
    known = known_context(as_of) if as_of else known_now()
    return national_figures(Series.objects.get(code="SI_RMT_COST"), known, period=period)


def page(area: str = "KEN") -> Profile:
    return profile(Area.objects.get(code=area), known_now())


def test_the_newest_of_its_own_stands_beside_and_is_compared_for_the_newest_common_period() -> None:
    write_rows([row("KEN", "2017", "8"), row("KEN", "2018", "8.40")])
    write_rows([row("KEN", "2018", "8.1"), row("KEN", "2020", "7.9")], dataset=office())
    (one,) = of()
    assert (one.figure.period, one.figure.value, one.dataset.code) == ("2020", Decimal("7.9"), "national:KEN")
    assert one.comparison.own is not None and one.comparison.own.period == "2018"
    assert (one.comparison.difference, one.comparison.agrees) == (Decimal("-0.30"), False)
    (beside,) = [r.national for r in page().rows if r.national]
    assert beside == one
    assert [r.latest.value for r in page().rows if r.latest] == [Decimal("8.40")]
    assert [dataset.code for dataset in page().own_datasets] == ["national:KEN"]


def test_of_one_period_and_of_one_moment() -> None:
    write_rows([row("KEN", "2018", "8.4")])
    write_rows([row("KEN", "2018", "8.1"), row("KEN", "2020", "7.9")], dataset=office())
    write_rows([row("KEN", "2020", "7.8")], dataset=office())
    assert [one.figure.value for one in of("2018")] == [Decimal("8.1")]
    assert of("2019") == []
    assert [str(one.figure.value) for one in of(as_of="2")] == ["7.9"]
    assert of(as_of="1") == []


def test_figures_of_another_country_or_another_breakdown_are_not_its_own() -> None:
    write_rows([row("UGA", "2018", "1"), row("KEN", "2018", "8.4")])
    write_rows([row("UGA", "2020", "2"), row("KEN", "2020", "3", breakdown="SEX=F")], dataset=office())
    assert of() == []
    assert [r.national for r in page("UGA").rows] == [None]
    assert [r.latest.value for r in page("UGA").rows if r.latest] == [Decimal(1)]


def test_where_there_is_no_global_figure_its_own_is_shown_as_such_and_not_twice() -> None:
    write_rows([row("UGA", "2018", "1")])
    write_rows([row("KEN", "2020", "7.9")], dataset=office())
    (shown,) = page().rows
    assert shown.latest is not None and shown.latest.is_national and shown.national is None
    assert [one.comparison.obstacle for one in of()] == [Obstacle.NO_VALUE]


def test_a_global_series_comes_before_a_country_s_own_of_an_earlier_series() -> None:
    make_series("FIRST", position=0)
    Series.objects.filter(code="SI_RMT_COST").update(position=1)
    write_rows([row("KEN", "2018", "8.4")])
    write_rows([row("KEN", "2020", "7.9", series="FIRST")], dataset=office())
    (shown,) = page().rows
    assert shown.series is not None and shown.series.code == "SI_RMT_COST"
    assert shown.latest is not None and not shown.latest.is_national


def test_beside_a_reason_why_there_is_no_global_value_its_own_stands() -> None:
    write_rows([row("KEN", "2018", None, status="L"), row("UGA", "2018", "1")])
    write_rows([row("KEN", "2018", "7.9")], dataset=office())
    (shown,) = page().rows
    assert shown.latest is None and shown.silence is not None and shown.national is not None
    assert shown.national.comparison.obstacle == Obstacle.NO_VALUE


@pytest.mark.parametrize(
    ("said", "obstacle"),
    [
        ("We count fees only.", Obstacle.DEFINITION),
        ("Two sources. Data follows the UN specification for this indicator.", None),
    ],
)
def test_a_noted_departure_bars_the_comparison(said: str, obstacle: Obstacle | None) -> None:
    write_rows([row("KEN", "2018", "8.4")])
    write_rows([row("KEN", "2018", "8.1")], dataset=office())
    Metadata.objects.create(
        dataset=office(), indicator=Indicator.objects.get(), field="departure", language="en", text=said
    )
    assert [one.comparison.obstacle for one in of()] == [obstacle]
    assert [r.national.comparison.obstacle for r in page().rows if r.national] == [obstacle]


@pytest.mark.parametrize("measured", [{"multiplier": "3"}, {"base_period": "2015"}])
def test_what_is_measured_otherwise_is_not_compared(measured: dict[str, str]) -> None:
    write_rows([row("KEN", "2018", "8.4")])
    write_rows([row("KEN", "2018", "8.1", **measured)], dataset=office())
    assert [one.comparison.obstacle for one in of()] == [Obstacle.UNIT]


def test_of_two_national_datasets_the_first_in_rank_stands() -> None:
    write_rows([row("KEN", "2018", "8.4")])
    write_rows([row("KEN", "2020", "1")], dataset=office(code="national:KEN-2", rank=60))
    write_rows([row("KEN", "2019", "2")], dataset=office())
    assert [one.dataset.code for one in of()] == ["national:KEN"]
    assert [r.national.dataset.code for r in page().rows if r.national] == ["national:KEN"]


def test_a_government_s_answer_is_a_self_assessment_until_the_custodian_publishes() -> None:
    series = make_series("SG_CPA_MIGRS", indicator="10.7.2")
    write_rows([row("KEN", "2019", "2", series="SG_CPA_MIGRS")])
    write_rows([row("KEN", year, "3", series="SG_CPA_MIGRS") for year in ("2019", "2021")], dataset=office())
    (one,) = national_figures(series, known_now())
    assert one.is_self_assessment and one.figure.period == "2021"
    write_rows([row("KEN", "2021", "3", series="SG_CPA_MIGRS")])
    (one,) = national_figures(series, known_now())
    assert not one.is_self_assessment


def test_coverage_looks_at_the_figure_that_is_shown_and_at_a_country_s_own_where_there_is_no_other() -> None:
    write_rows([row("KEN", "2018", "8.4"), row("FRA", "2018", None, status="L")])
    write_rows([row("KEN", "2020", "7.9"), row("UGA", "2020", "1")], dataset=office())
    write_rows([row("FRA", "2020", "3")], dataset=office("FRA"))
    series, areas = Series.objects.get(code="SI_RMT_COST"), {a.code: a.pk for a in Area.objects.all()}
    facts = newest_facts([series.pk], list(areas.values()), known_now())
    found = {code: (fact.period, fact.dataset) for code, pk in areas.items() if (fact := facts.get((series.pk, pk)))}
    assert found == {"KEN": ("2018", "UNSD-SDG"), "FRA": ("2020", "national:FRA")}


def test_countries_stand_in_the_order_of_their_names() -> None:
    for area in ("UGA", "FRA", "KEN"):
        write_rows([row(area, "2018", "1")])
        write_rows([row(area, "2018", "1")], dataset=office(area))
    assert [one.figure.area_name for one in of()] == ["France", "Kenya", "Uganda"]


def test_one_query_where_nobody_has_any_and_as_many_for_one_country_as_for_three() -> None:
    write_rows([row(area, "2018", "1") for area in ("KEN", "UGA", "FRA")])
    series, known = Series.objects.get(code="SI_RMT_COST"), known_now()
    counts = []
    for area in ("", "KEN", "UGA", "FRA"):
        if area:
            write_rows([row(area, "2018", "1")], dataset=office(area))
        with CaptureQueriesContext(connection) as captured:
            national_figures(series, known)
        counts.append(len(captured))
    assert counts == [1, 4, 4, 4]
    with CaptureQueriesContext(connection) as captured:
        assert len(national_of_area("KEN", [series.pk], known)) == 1
        assert national_of_area("KEN", [], known) == []
    assert len(captured) == 4
