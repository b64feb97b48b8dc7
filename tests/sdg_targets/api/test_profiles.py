"""The profile of an area: one newest figure of each series, by the rule of every page, in three queries."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sdg_targets.models import Latest, Release, Revision, Series
from sdg_targets.web.kept import KEPT
from tests.factories import make_area, make_catalogue, make_dataset, make_series, observe, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db
URL = "/api/v1/areas/KEN/profile/"


@pytest.fixture(autouse=True)
def figures() -> None:
    make_catalogue()
    write_rows(
        [
            row("KEN", "2015", "6.20"),
            row("KEN", "2016", "7", breakdown="SEX=F"),
            row("KEN", "2017", None, status="L"),
            row("UGA", "2018", "9"),
        ]
    )


def profile(query: str = "", address: str = URL) -> Any:
    response = Client().get(f"{address}?{query}")
    assert response.status_code == 200, response.content
    return json.loads(response.content, parse_float=Decimal)


def test_the_newest_figure_with_a_value_of_the_headline_breakdown_stands() -> None:
    body = profile()
    assert [(r["series"], r["area"], r["period"], r["value"]) for r in body["data"]] == [
        ("SI_RMT_COST", "KEN", "2015", Decimal("6.20"))
    ]
    assert (body["area"], list(body["series"]), body["known"]["revision"]) == ("KEN", ["SI_RMT_COST"], 1)


def test_where_two_breakdowns_stand_for_the_whole_the_newer_period_wins_then_the_first() -> None:
    Series.objects.update(headline=["_T", "SEX=F"])
    assert [r["period"] for r in profile()["data"]] == ["2016"]
    observe("KEN", "2016", "5")
    assert [(r["breakdown"], r["value"]) for r in profile()["data"]] == [("_T", 5)]


def test_what_was_known_then_is_read_from_the_rows_and_now_from_latest() -> None:
    Release.objects.create(name="first", revision=Revision.objects.get())
    observe("KEN", "2015", "6.5")
    assert [r["value"] for r in profile()["data"]] == [Decimal("6.5")]
    assert [r["value"] for r in profile("as_of=first")["data"]] == [Decimal("6.20")]
    Latest.objects.all().delete()
    KEPT.clear()
    assert profile()["data"] == []
    assert len(profile("as_of=first")["data"]) == 1


def test_series_are_chosen_by_code_and_a_code_that_is_none_is_refused() -> None:
    assert len(profile("series=SI_RMT_COST,SI_RMT_COST")["data"]) == 1
    response = Client().get(f"{URL}?series=SI_RMT_COST,NO_SUCH")
    assert (response.status_code, response.json()["parameter"]) == (400, "series")
    assert "NO_SUCH" in response.json()["detail"] and "SI_RMT" not in response.json()["detail"]


def test_an_area_without_figures_is_empty_and_one_that_is_none_is_not_found() -> None:
    assert profile(address="/api/v1/areas/FRA/profile/")["data"] == []
    assert Client().get("/api/v1/areas/ZZZ/profile/").status_code == 404


@pytest.mark.parametrize("query", ["seris=x", "series=A&series=B", "as_of=never", "format=csv"])
def test_a_mistake_in_the_address_is_named(query: str) -> None:
    assert Client().get(f"{URL}?{query}").status_code == 400


def test_it_takes_three_queries_and_one_where_the_answer_is_kept() -> None:
    KEPT.clear()
    for queries in (3, 1):
        with CaptureQueriesContext(connection) as captured:
            first = Client().get(f"{URL}?series=SI_RMT_COST")
        assert (first.status_code, len(captured)) == (200, queries)


def test_a_country_s_own_figures_stand_beside_the_global_ones_in_the_same_shape() -> None:
    own = make_dataset("national:KEN", reporting_type="N", area=make_area("KEN"), rank=50)
    make_series("OTHER")
    write_rows(
        [row("KEN", "2015", "6.1"), row("KEN", "2020", "5"), row("KEN", "2020", "3", series="OTHER")], dataset=own
    )
    body = profile()
    assert [(r["series"], r["dataset"], r["period"], r["value"]) for r in body["data"]] == [
        ("SI_RMT_COST", "UNSD-SDG", "2015", Decimal("6.20")),
        ("OTHER", "national:KEN", "2020", 3),
    ]
    assert [(r["series"], r["dataset"], r["period"], r["value"]) for r in body["national"]] == [
        ("SI_RMT_COST", "national:KEN", "2020", 5)
    ]
    assert set(body["national"][0]) == set(body["data"][0])
    assert body["comparisons"] == [
        {
            "series": "SI_RMT_COST", "dataset": "national:KEN", "global_dataset": "UNSD-SDG", "obstacle": None,
            "period": "2015", "breakdown": "_T", "national_value": "6.1", "global_value": "6.20",
            "difference": "-0.10", "agrees": False,
        }
    ]  # fmt: skip
    for then, national in (("as_of=1", []), ("as_of=2", [5])):
        body = profile(then)
        assert [r["value"] for r in body["national"]] == national and len(body["comparisons"]) == len(national)


def test_what_cannot_be_compared_says_why_and_gives_no_difference() -> None:
    own = make_dataset("national:KEN", reporting_type="N", area=make_area("KEN"), rank=50)
    write_rows([row("KEN", "2020", "5")], dataset=own)
    (said,) = profile()["comparisons"]
    assert (said["obstacle"], said["difference"], said["agrees"], said["global_value"]) == ("period", None, None, None)


def test_another_country_s_figures_of_it_are_not_its_own() -> None:
    other = make_dataset("national:UGA", reporting_type="N", area=make_area("UGA"), rank=50)
    make_series("OTHER")
    write_rows([row("KEN", "2020", "5"), row("KEN", "2020", "5", series="OTHER")], dataset=other)
    for then in ("", "as_of=2"):
        body = profile(then)
        assert ([r["dataset"] for r in body["data"]], body["national"]) == (["UNSD-SDG"], [])


def test_four_queries_more_for_a_country_with_figures_of_its_own_however_many() -> None:
    own = make_dataset("national:KEN", reporting_type="N", area=make_area("KEN"), rank=50)
    for series in ("SI_RMT_COST", "SECOND", "THIRD"):
        make_series(series)
        write_rows([row("KEN", "2018", "1", series=series)])
        write_rows([row("KEN", "2018", "1", series=series)], dataset=own)
        KEPT.clear()
        with CaptureQueriesContext(connection) as captured:
            profile()
        assert len(captured) == 7


def test_a_reader_who_has_it_already_is_told_so() -> None:
    first = Client().get(URL)
    KEPT.clear()
    for _from_memory in range(2):
        assert Client().get(URL, headers={"if-none-match": first["ETag"]}).status_code == 304
        Client().get(URL)


def test_the_statement_that_is_made_once_is_asked_with_the_codes_of_each_question() -> None:
    make_series("OTHER")
    write_rows([row("KEN", "2019", "3", series="OTHER"), row("UGA", "2019", "4", series="OTHER")])
    found = {
        (area, asked): [
            (one["area"], one["series"], one["period"])
            for one in profile(asked, f"/api/v1/areas/{area}/profile/")["data"]
        ]
        for area in ("KEN", "UGA")
        for asked in ("series=OTHER", "series=SI_RMT_COST", "series=OTHER,SI_RMT_COST", "")
    }
    costs = {"KEN": ("KEN", "SI_RMT_COST", "2015"), "UGA": ("UGA", "SI_RMT_COST", "2018")}
    for area, cost in costs.items():
        other = (area, "OTHER", "2019")
        assert found[area, "series=OTHER"] == [other]
        assert found[area, "series=SI_RMT_COST"] == [cost]
        assert sorted(found[area, "series=OTHER,SI_RMT_COST"]) == sorted(found[area, ""]) == [other, cost]


@pytest.mark.parametrize("asked", ["series=%00series0", "series=%00area"])
def test_what_stands_for_a_code_in_the_statement_is_no_code(asked: str) -> None:
    assert Client().get(f"{URL}?{asked}").status_code == 400
    assert Client().get("/api/v1/areas/%00area/profile/").status_code in (400, 404)
