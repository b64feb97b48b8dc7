"""The catalogue, areas, sources, releases and partners over HTTP: lists, single rows, and the same manners everywhere."""

import json
from typing import Any

import pytest
from django.test import Client

from partners.models import IndicatorRole, Organisation
from sdg_targets.models import Area, Dataset, Goal, GroupMembership, Indicator, Metadata, Release, Revision
from tests.factories import make_area, make_catalogue, observe

pytestmark = pytest.mark.django_db
LISTS = ["goals", "targets", "indicators", "series", "areas", "sources", "releases", "partners", "metadata"]


@pytest.fixture(autouse=True)
def catalogue() -> None:
    make_catalogue()
    observe()
    Release.objects.create(name="2020-10", revision=Revision.objects.get())
    of_the_indicator = {"dataset": Dataset.objects.get(), "indicator": Indicator.objects.get()}
    Metadata.objects.create(**of_the_indicator, field="unit", language="en", text="Per cent.", source="in our words")
    Metadata.objects.create(**of_the_indicator, field="unit", language="fr", text="Pour cent.")
    Metadata.objects.create(**of_the_indicator, field="definition", language="en", text="What it costs.")
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
    assert csv.splitlines()[0].split(",") == list(body["data"][0])
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


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [("definition", "en"), ("unit", "en"), ("unit", "fr")]),
        ("?field=unit&field=limits", [("unit", "en"), ("unit", "fr")]),
        ("?language=fr", [("unit", "fr")]),
        ("?indicator=10.c.1&dataset=UNSD-SDG&language=en", [("definition", "en"), ("unit", "en")]),
        ("?language=de", []),
    ],
)
def test_metadata_by_field_dataset_and_language(query: str, expected: list[tuple[str, str]]) -> None:
    rows = get(f"metadata/{query}").json()["data"]
    assert [(row["field"], row["language"]) for row in rows] == expected
    assert {(row["indicator"], row["dataset"]) for row in rows} <= {("10.c.1", "UNSD-SDG")}


def test_an_indicator_leads_to_its_metadata() -> None:
    address = get("indicators/10.c.1/").json()["metadata"]
    assert address == "http://testserver/api/v1/metadata/?indicator=10.c.1"
    first = Client().get(address).json()["data"][1]
    assert (first["text"], first["source"], first["concept"]) == ("Per cent.", "in our words", "UNIT_MEASURE")


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


@pytest.mark.parametrize("path", ["goals/", "goals/10/", "goals/?format=csv"])
def test_an_answer_is_304_until_its_words_change(path: str) -> None:
    tag = get(path)["ETag"]
    again = Client().get(f"/api/v1/{path}", headers={"if-none-match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    Goal.objects.filter(code="10").update(name_en="Edited by hand")
    changed = Client().get(f"/api/v1/{path}", headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert b"Edited by hand" in changed.content


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        ("areas/?q=uganda", ["UGA"]),
        ("areas/?q=ke", ["KEN"]),
        ("areas/?q=404", ["KEN"]),
        ("areas/?q=" + "%27%2C", []),
        ("areas/?is_country=yes&kind=country", ["FRA", "KEN", "UGA"]),
        ("areas/?is_country=no", ["001"]),
        ("indicators/?about_migration=true", ["10.c.1"]),
        ("indicators/?about_migration=false", []),
        ("indicators/?series=SI_RMT_COST", ["10.c.1"]),
        ("targets/?goal=10", ["10.c"]),
        ("sources/?series=SI_RMT_COST&reporting_type=G", ["UNSD-SDG"]),
        ("sources/?evidence=experimental", []),
        ("series/?indicator=10.c.1&indicator=10.c.1", ["SI_RMT_COST"]),
    ],
)
def test_each_filter_narrows(path: str, codes: list[str]) -> None:
    assert [row["code"] for row in get(path).json()["data"]] == codes


@pytest.mark.parametrize("asked", ["Côte d'Ivoire", "Côte d’Ivoire", "cote d'ivoire", "IVOIRE cote", "marfil", "civ"])
def test_a_name_is_found_without_its_accents_and_with_any_apostrophe(asked: str) -> None:
    make_area("CIV", name_en="Côte d’Ivoire", name_es="Costa de Marfil", sort_en="cote d ivoire")
    assert [row["code"] for row in Client().get("/api/v1/areas/", {"q": asked}).json()["data"]] == ["CIV"]


@pytest.mark.parametrize("asked", ["España", "espana", "ESPAÑA"])
def test_the_letter_that_spanish_sorts_apart_is_found_with_and_without_its_tilde(asked: str) -> None:
    make_area("ESP", name_en="Spain", name_es="España", sort_es="espanzza")
    assert [row["code"] for row in Client().get("/api/v1/areas/", {"q": asked}).json()["data"]] == ["ESP"]


def test_members_of_a_group_are_those_of_today() -> None:
    group = make_area("LDC", kind="group", status="aggregate", counts_as_country=False, iso3=None, name_en="LDC")
    GroupMembership.objects.create(group=group, member=Area.objects.get(code="UGA"))
    GroupMembership.objects.create(group=group, member=Area.objects.get(code="KEN"), valid_to="2015-12-31")
    assert [row["code"] for row in get("areas/?group=LDC").json()["data"]] == ["UGA"]


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("targets/?about_migration=maybe", "about_migration"),
        ("metadata/?field=colour", "field"),
        ("metadata/?indicator=99.9.9", "indicator"),
        ("targets/?goal=10.5", "goal"),
        ("targets/?goal=10&goal=3", "goal"),
        ("areas/?parent=XX", "parent"),
        ("areas/?page_size=1001", "page_size"),
        ("areas/?cursor=WzEwMDAwMDAwMDAwMDAwMDAwMDAwMDBd", "cursor"),
        ("areas/?cursor=Wy0xXQ", "cursor"),
        ("areas/?cursor=" + "W1tb" * 40, "cursor"),
        ("areas/?q=%00", "q"),
        ("areas/KEN/?format=csv", "format"),
        ("areas/KEN/?cursor=WzBd", "cursor"),
        ("partners/?indicator=99.9.9", "indicator"),
    ],
)
def test_what_cannot_be_read_is_refused_and_never_ignored(path: str, parameter: str) -> None:
    response = get(path)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["parameter"] == parameter


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_a_method_that_writes_is_405_and_says_what_is_taken(method: str) -> None:
    for path in ("goals/", "goals/10/", "observations/", "partners/"):
        response = getattr(Client(), method)(f"/api/v1/{path}")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS"), path
        assert response["Content-Type"] == "application/problem+json"


def test_csv_is_the_whole_list_however_long() -> None:
    for number in range(120):
        make_area(f"X{number:02d}A", name_en=f"Place {number}")
    response = get("areas/?format=csv")
    assert len(response.content.decode().splitlines()) == 1 + 4 + 120
    assert response["Content-Disposition"] == 'attachment; filename="areas.csv"'
    assert len(get("areas/").json()["data"]) == 100
    assert get("areas/?format=csv&page_size=5").json()["parameter"] == "page_size"


@pytest.mark.parametrize("query", ["areas/?kind=city", "partners/?kind=media", "targets/?goal=3"])
def test_an_empty_list_is_a_heading_and_no_rows(query: str) -> None:
    response = get(f"{query}&format=csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert len(response.content.decode().splitlines()) == 1
    assert get(query).json() == {"next": None, "data": []}


def test_names_are_whole_utf8() -> None:
    assert "Banque" in get("partners/").content.decode("utf-8")
    json.loads(get("partners/").content)
