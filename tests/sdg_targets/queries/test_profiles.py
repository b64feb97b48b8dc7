"""A country's profile: for each indicator the newest figure of the first series that says anything, or why there is none."""

import pytest

from sdg_targets.models import Area, Category, Dimension, Series
from sdg_targets.queries.known_context import known_context, known_now
from sdg_targets.queries.profiles import Profile, profile
from tests.factories import make_catalogue, make_indicator, make_series, observe, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue() -> None:
    make_catalogue()


def of(code: str = "KEN", as_of: str = "") -> Profile:
    return profile(Area.objects.get(code=code), known_context(as_of) if as_of else known_now())


def test_the_newest_figure_with_those_before_it() -> None:
    write_rows(
        [
            row("KEN", "2015", "1"),
            row("KEN", "2017", "2"),
            row("KEN", "2018", None, status="O"),
            row("UGA", "2019", "3"),
        ]
    )
    (first,) = of().rows
    assert first.latest is not None
    assert (first.latest.period, str(first.latest.value)) == ("2017", "2")
    assert [(point.period, point.status) for point in first.points] == [("2015", "A"), ("2017", "A"), ("2018", "O")]
    assert (of().with_value, len(of().covered)) == (1, 1)


def test_a_change_of_category_is_not_a_change_of_the_figure() -> None:
    Series.objects.update(headline=["AGE=Y0T17", "_T"])
    write_rows(
        [
            row("KEN", "2014", "1"),
            row("KEN", "2015", "2", breakdown="AGE=Y0T17"),
            row("KEN", "2016", "3", breakdown="AGE=Y0T17"),
        ]
    )
    assert [point.period for point in of().rows[0].points] == ["2015", "2016"]


def test_an_area_that_has_no_value_says_why() -> None:
    write_rows([row("KEN", "2015", None, status="L", value_text="N"), row("UGA", "2015", "1")])
    (first,) = of().rows
    assert first.latest is None and first.silence is not None
    assert (first.silence.status, first.silence.printed) == ("L", "N")
    assert (of().with_value, len(of().covered)) == (0, 1)
    (nothing,) = of("FRA").rows
    assert nothing.latest is None and nothing.silence is None
    assert len(of("FRA").covered) == 1


def test_the_next_series_speaks_where_the_first_has_no_value() -> None:
    Series.objects.update(position=1)
    make_series("FIRST", position=0)
    write_rows(
        [
            row("KEN", "2019", None, series="FIRST", status="L"),
            row("KEN", "2015", "2"),
            row("UGA", "2019", "1", series="FIRST"),
        ]
    )
    (first,) = of().rows
    assert first.series is not None and first.series.code == "SI_RMT_COST"


def test_an_indicator_for_which_nobody_has_figures_is_not_covered() -> None:
    make_indicator("10.7.1")
    observe("KEN", "2015", "1")
    assert [r.entry.indicator.code for r in of().rows] == ["10.7.1", "10.c.1"]
    assert [r.entry.indicator.code for r in of().covered] == ["10.c.1"]


def test_the_profile_is_as_known_then() -> None:
    observe("KEN", "2015", "1")
    observe("KEN", "2015", "2")
    assert [str(of(as_of=as_of).rows[0].latest.value) for as_of in ("1", "2", "")] == ["1", "2", "2"]  # type: ignore[union-attr]


def test_policy_domains_are_named_in_their_own_order_and_newest_period() -> None:
    dimension = Dimension.objects.create(code="POLICY_DOMAIN", name_en="Policy domain")
    for number in (1, 2):
        Category.objects.create(dimension=dimension, code=f"PD_{number}", name_en=f"Domain {number}", position=number)
    make_series("SG_CPA_MIGRS", indicator="10.7.2").dimensions.add(dimension)
    write_rows(
        [
            row("KEN", year, str(number), series="SG_CPA_MIGRS", breakdown=f"POLICY_DOMAIN=PD_{number}")
            for year in ("2019", "2021")
            for number in (2, 1)
        ]
    )
    assert [(name, f.period, str(f.value)) for name, f in of().domains] == [
        ("Domain 1", "2021", "1"),
        ("Domain 2", "2021", "2"),
    ]
    assert of("FRA").domains == ()


def test_a_first_look_is_at_most_four_figures_in_its_own_order() -> None:
    for code in ("10.7.2", "17.3.2", "10.7.4", "8.8.1", "10.7.3"):
        make_series(f"S_{code}", indicator=code)
        write_rows([row("KEN", "2015", "1", series=f"S_{code}")])
    assert [r.entry.indicator.code for r in of().highlights] == ["10.7.2", "10.7.4", "10.7.3", "17.3.2"]


def test_a_trend_is_withheld_with_its_reason() -> None:
    indicator = make_indicator("8.8.2", may_trend=False, withheld_reason_en="Not a tool for comparing countries.")
    (kept,) = [r for r in of().rows if r.entry.indicator == indicator]
    assert (kept.may_trend, kept.withheld) == (False, "Not a tool for comparing countries.")
