"""The catalogue, areas, sources, releases and partners over HTTP: lists, single rows, and the same manners everywhere."""

import json
from typing import Any

import pytest
from django.test import Client

from partners.models import IndicatorRole, Organisation
from sdg_targets.models import Indicator, Release, Revision
from tests.factories import make_catalogue, observe

pytestmark = pytest.mark.django_db
LISTS = ["goals", "targets", "indicators", "series", "areas", "sources", "releases", "partners"]


@pytest.fixture(autouse=True)
def catalogue() -> None:
    make_catalogue()
    observe()
    Release.objects.create(name="2020-10", revision=Revision.objects.get())
    bank = Organisation.objects.create(
        slug="world-bank", name_en="World Bank", name_fr="Banque mondiale", kind="un_agency"
    )
    IndicatorRole.objects.create(
        organisation=bank, indicator=Indicator.objects.get(), role="custodian", source="test list"
    )


def get(path: str) -> Any:
    return Client().get(f"/api/v1/{path}")


@pytest.mark.parametrize("name", LISTS)
def test_each_list_answers_in_json_and_csv_and_refuses_what_it_does_not_know(name: str) -> None:
    body = get(f"{name}/").json()
    assert body["data"] and body["next"] is None
    csv = get(f"{name}/?format=csv").content.decode()
    assert csv.splitlines()[0].split(",")[0] == next(iter(body["data"][0]))
    refused = get(f"{name}/?bogus=1")
    assert (refused.status_code, refused.json()["parameter"]) == (400, "bogus")


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        ("goals/10/", "code", "10"),
        ("targets/10.c/", "goal", "10"),
        ("indicators/10.c.1/", "target", "10.c"),
        ("series/SI_RMT_COST/", "indicators", ["10.c.1"]),
        ("areas/KEN/", "m49", "404"),
        ("sources/UNSD-SDG/", "reporting_type", "G"),
        ("partners/world-bank/", "name", {"en": "World Bank", "fr": "Banque mondiale"}),
    ],
)
def test_each_row_has_an_address(path: str, key: str, value: object) -> None:
    assert get(path).json()[key] == value


@pytest.mark.parametrize("path", ["goals/99/", "targets/99.9/", "areas/QQQ/", "partners/nobody/", "nothing/at/all/"])
def test_what_is_not_there_is_a_problem(path: str) -> None:
    response = get(path)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_an_indicator_says_why_it_is_followed_and_what_may_be_done() -> None:
    migration = get("indicators/10.c.1/").json()["migration"]
    assert (migration["relevance"], migration["may_map"], migration["plain"]) == (
        "direct",
        True,
        {"en": "A plain sentence."},
    )


def test_an_organisation_s_roles_stand_with_it() -> None:
    assert get("partners/?role=custodian&q=banque").json()["data"][0]["roles"] == [
        {"indicator": "10.c.1", "role": "custodian", "source": "test list"}
    ]
    assert get("partners/?role=partner").json()["data"] == []


def test_pages_of_a_list_meet() -> None:
    first = get("areas/?page_size=3").json()
    second = Client().get(first["next"]).json()
    assert [len(first["data"]), len(second["data"]), second["next"]] == [3, 1, None]
    assert not {a["code"] for a in first["data"]} & {a["code"] for a in second["data"]}


def test_a_list_is_304_until_something_is_revised() -> None:
    tag = get("goals/")["ETag"]
    assert Client().get("/api/v1/goals/", headers={"if-none-match": tag}).status_code == 304
    observe("KEN", "2015", "77")
    assert Client().get("/api/v1/goals/", headers={"if-none-match": tag}).status_code == 200


def test_names_are_whole_utf8() -> None:
    assert "Banque" in get("partners/").content.decode("utf-8")
    json.loads(get("partners/").content)
