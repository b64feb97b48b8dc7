"""Coverage over HTTP: rows as the slow way makes them, filters, pages, CSV, tags, and mistakes that are refused."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from sdg_targets.api.coverage import CoverageSerializer
from sdg_targets.domain.coverage import Fact, State
from sdg_targets.models import Area, GroupMembership, Release, Revision, Series
from sdg_targets.queries.coverage import Cell
from tests.factories import make_area, make_catalogue, make_series, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def figures() -> None:
    """Kenya by sex, Uganda not collected, France silent, an observer with a figure; a second series for regions alone."""
    _dataset, series = make_catalogue()
    series.expected_dimensions.set(series.dimensions.filter(code="SEX"))
    make_area("VAT", status="observer", name_en="Holy See")
    make_series("SI_RMT_ALL", indicator="10.c.1")
    make_series("SI_RMT_NONE", indicator="10.7.2")
    write_rows(
        [
            row("KEN", "2015", "9"),
            row("KEN", "2018", "8.4", nature="E"),
            row("KEN", "2016", "7", breakdown="SEX=F"),
            row("UGA", "2018", None, status="L"),
            row("VAT", "2017", "3"),
            row("001", "2019", "7"),
            row("001", "2019", "7", series="SI_RMT_ALL"),
        ]
    )


def get(query: str = "", **headers: str) -> Any:
    return Client().get(f"/api/v1/coverage/{query}", headers=headers)


def states(query: str) -> dict[tuple[str, str], str]:
    return {(r["series"], r["area"]): r["state"] for r in get(query).json()["data"]}


def test_each_member_state_has_a_row_for_each_series_with_its_reason() -> None:
    assert states("") == {
        ("SI_RMT_ALL", "FRA"): "regional",
        ("SI_RMT_ALL", "KEN"): "regional",
        ("SI_RMT_ALL", "UGA"): "regional",
        ("SI_RMT_COST", "FRA"): "not_yet",
        ("SI_RMT_COST", "KEN"): "figure",
        ("SI_RMT_COST", "UGA"): "not_collected",
        ("SI_RMT_NONE", "FRA"): "unpublished",
        ("SI_RMT_NONE", "KEN"): "unpublished",
        ("SI_RMT_NONE", "UGA"): "unpublished",
    }


def test_a_row_is_what_its_serializer_writes() -> None:
    series = Series.objects.prefetch_related("indicators").get(code="SI_RMT_COST")
    cell = Cell(
        series,
        Area.objects.get(code="KEN"),
        "",
        State.FIGURE,
        Fact("2018", 2018, "_T", "UNSD-SDG", "A", has_value=True),
    )
    given = {"cell": cell, "years": (2, 5)}
    written = CoverageSerializer(given, context={"reference_year": 2020}).data
    body = get("?area=KEN&series=SI_RMT_COST&reference_year=2020").json()
    assert body["data"] == [written]
    assert (written["age"], written["period"], written["breakdown"], written["member_state"]) == (2, "2018", "_T", True)
    assert (body["reference_year"], body["member_states"], body["known"]["revision"]) == (2020, 3, 1)


def test_a_dimension_is_there_where_figures_divide_the_whole() -> None:
    found = get("?dimension=SEX&reference_year=2020").json()["data"]
    assert [(r["area"], r["state"], r["period"], r["age"]) for r in found] == [
        ("FRA", "not_yet", None, None),
        ("KEN", "figure", "2016", 4),
        ("UGA", "not_collected", None, None),
    ]
    assert {(r["dimension"], r["breakdown"]) for r in found} == {("SEX", None)}


def test_an_observer_is_asked_for_by_name_and_not_counted() -> None:
    found = get("?area=VAT&series=SI_RMT_COST").json()["data"]
    assert [(r["area"], r["member_state"], r["state"]) for r in found] == [("VAT", False, "figure")]
    assert get("?area=001").json()["data"] == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?state=not_collected", {("SI_RMT_COST", "UGA")}),
        ("?state=figure&state=not_yet", {("SI_RMT_COST", "KEN"), ("SI_RMT_COST", "FRA")}),
        ("?indicator=10.7.2&area=KEN,UGA", {("SI_RMT_NONE", "KEN"), ("SI_RMT_NONE", "UGA")}),
        ("?series=SI_RMT_ALL&indicator=10.7.2", set()),
        ("?group=LDC&series=SI_RMT_COST&reference_year=2016", {("SI_RMT_COST", "UGA"), ("SI_RMT_COST", "KEN")}),
        ("?group=LDC&series=SI_RMT_COST&reference_year=2020", {("SI_RMT_COST", "UGA")}),
        ("?group=014&series=SI_RMT_COST", {("SI_RMT_COST", "KEN")}),
    ],
)
def test_each_filter_narrows(query: str, expected: set[tuple[str, str]]) -> None:
    group = make_area("LDC", kind="group", status="aggregate", counts_as_country=False, iso3=None)
    GroupMembership.objects.create(group=group, member=Area.objects.get(code="UGA"))
    GroupMembership.objects.create(group=group, member=Area.objects.get(code="KEN"), valid_to="2018-06-30")
    Area.objects.filter(code="KEN").update(parent=make_area("014"))
    assert set(states(query)) == expected


def test_the_past_is_read_as_it_was_known() -> None:
    Release.objects.create(name="before", revision=Revision.objects.get())
    write_rows([row("FRA", "2019", "5")])
    asked = "?series=SI_RMT_COST&area=FRA"
    assert states(asked) == {("SI_RMT_COST", "FRA"): "figure"}
    assert states(asked + "&as_of=before") == {("SI_RMT_COST", "FRA"): "not_yet"}
    assert states(asked + "&as_of=0") == {("SI_RMT_COST", "FRA"): "unpublished"}


def test_years_are_counted_against_those_for_which_anybody_has_a_figure() -> None:
    found = {r["area"]: (r["years"], r["years_published"]) for r in get("?series=SI_RMT_COST").json()["data"]}
    assert found == {"FRA": (0, 5), "KEN": (2, 5), "UGA": (0, 5)}


def test_pages_meet_and_the_csv_is_the_whole() -> None:
    first = get("?page_size=4")
    second = Client().get(first.json()["next"])
    third = Client().get(second.json()["next"]).json()
    assert f'<{first.json()["next"]}>; rel="next"' == first["Link"]
    paged = [*first.json()["data"], *second.json()["data"], *third["data"]]
    assert (len(paged), third["next"]) == (9, None)
    whole = list(csv.DictReader(io.StringIO(get("?format=csv").content.decode())))
    assert [(r["series"], r["area"], r["state"]) for r in whole] == [
        (r["series"], r["area"], r["state"]) for r in paged
    ]
    assert list(whole[0]) == list(paged[0])


def test_an_answer_is_304_until_a_figure_changes() -> None:
    tag = get("")["ETag"]
    assert get("", **{"if-none-match": tag}).status_code == 304
    write_rows([row("FRA", "2019", "5")])
    assert get("", **{"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("?state=late", "state"),
        ("?dimension=COLOUR", "dimension"),
        ("?area=nowhere", "area"),
        ("?reference_year=1990", "reference_year"),
        ("?reference_year=2016&reference_year=2017", "reference_year"),
        ("?as_of=never", "as_of"),
        ("?format=csv&page_size=5", "page_size"),
        ("?cursor=x", "cursor"),
        ("?countri=KEN", "countri"),
    ],
)
def test_what_cannot_be_read_is_refused_and_never_ignored(query: str, parameter: str) -> None:
    response = get(query)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["parameter"] == parameter
