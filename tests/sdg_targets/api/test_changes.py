"""The changes between two moments through the API: what is asked for, refused, paged and given as CSV."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from sdg_targets.models import Release, Revision
from tests.factories import make_catalogue, observe

LIST = "/api/v1/changes/"


@pytest.fixture
def history(db: None) -> None:
    make_catalogue()
    observe("KEN", "2015", "7.5")
    observe("KEN", "2015", "7")
    observe("UGA", "2015", "3")
    Release.objects.create(name="2020-10", revision=Revision.objects.get(number=2))


def rows(query: str = "") -> list[dict[str, Any]]:
    response = Client().get(f"{LIST}{query}")
    assert response.status_code == 200, response.content
    return response.json()["data"]  # type: ignore[no-any-return]


@pytest.mark.usefixtures("history")
def test_without_moments_it_is_what_the_newest_revision_brought() -> None:
    body = Client().get(LIST).json()
    assert (body["since"], body["until"]) == (2, 3)
    assert [(r["area"], r["kind"], r["old_value"], r["new_value"]) for r in body["data"]] == [("UGA", "new", None, 3)]


@pytest.mark.usefixtures("history")
def test_moments_are_dates_revisions_and_releases() -> None:
    assert [(r["kind"], r["old_value"], r["new_value"]) for r in rows("?until=2020-10")] == [("revised", 7.5, 7)]
    assert len(rows("?since=1&until=3")) == 2
    assert rows("?since=0&until=1")[0]["kind"] == "new"
    assert len(rows("?since=2000-01-01")) == 2


@pytest.mark.usefixtures("history")
def test_it_is_filtered_as_observations_are_and_by_kind() -> None:
    assert [r["area"] for r in rows("?since=0&area=UGA")] == ["UGA"]
    assert rows("?since=0&kind=withdrawn") == []
    assert {r["kind"] for r in rows("?since=0&kind=new")} == {"new"}


@pytest.mark.usefixtures("history")
def test_pages_follow_each_other() -> None:
    first = Client().get(f"{LIST}?since=0&page_size=1")
    assert first["Link"].startswith("<") and first.json()["next"]
    second = Client().get(first.json()["next"]).json()
    assert second["next"] is None
    assert [first.json()["data"][0]["area"], second["data"][0]["area"]] == ["KEN", "UGA"]


@pytest.mark.django_db(transaction=True)  # COPY reads through a connection of its own
def test_csv_is_the_whole_list() -> None:
    make_catalogue()
    observe("KEN", "2015", "7.5")
    observe("KEN", "2015", "7")
    response = Client().get(f"{LIST}?since=1&format=csv")
    assert response["Content-Type"].startswith("text/csv")
    (found,) = csv.DictReader(io.StringIO(b"".join(response).decode()))  # type: ignore[arg-type]
    assert (found["area"], found["kind"], found["old_value"], found["new_value"]) == ("KEN", "revised", "7.5", "7")
    assert (found["revision"], found["reason"], found["break"]) == ("2", "routine", "false")


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("?since=3&until=1", "since"),
        ("?since=never", "since"),
        ("?until=99", "until"),
        ("?kind=odd", "kind"),
        ("?area=ZZZ", "area"),
        ("?colour=blue", "colour"),
        ("?cursor=xyz", "cursor"),
        ("?latest=yes", "latest"),
        ("?page_size=0", "page_size"),
    ],
)
def test_a_mistake_is_a_problem_that_names_the_parameter(query: str, parameter: str) -> None:
    response = Client().get(LIST + query)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json" and response.json()["parameter"] == parameter


@pytest.mark.usefixtures("history")
def test_what_the_reader_has_is_not_sent_again() -> None:
    first = Client().get(LIST)
    again = Client().get(LIST, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
