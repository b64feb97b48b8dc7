"""Observations in the administration: found by codes, shown with everything ever known, edited by nobody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from idm.accounts.models import User
from sdg_targets.models import Observation
from tests.factories import make_catalogue, observe, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db
LIST = "/admin/sdg_targets/observation/"


@pytest.fixture
def client(importer: User, sign_in: Callable[[User], Client]) -> Client:
    make_catalogue()
    write_rows(
        [row("KEN", "2015", "6.20"), row("KEN", "2016", "7"), row("UGA", "2015", None, status="L", value_text="N")]
    )
    return sign_in(importer)


def listed(client: Client, query: str = "") -> str:
    response = client.get(f"{LIST}?q={query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("KEN", 2),
        ("ken 2015", 1),
        ("SI_RMT_COST+KEN", 2),
        ("10.c.1+UGA", 1),
        ("2016", 1),
        ("NOWHERE", 0),
        ("KEN+NOWHERE", 0),
        ("%25", 0),
    ],
)
def test_whole_codes_find_rows(client: Client, query: str, count: int) -> None:
    text = listed(client, query)
    assert text.count('<th class="field-series_code">') == count
    assert ("No series, indicator, area or period has the code" in text) == (count == 0)


def test_the_page_shows_every_version_with_every_digit(client: Client) -> None:
    observe("KEN", "2015", "6.2000001", source="A better survey")
    key = Observation.objects.current().get(area__code="KEN", period__code="2015").pk
    text = client.get(f"{LIST}{key}/change/").content.decode()
    assert "6.2000001" in text and "6.20" in text and "A better survey" in text
    versions = text.split('id="versions"')[1]
    assert "6.2000001 PT" in versions and ">6.20</a> PT" in versions
    for part in ('name="_save"', 'name="value"', "deletelink"):
        assert part not in text


def test_a_superseded_version_has_its_page_too(client: Client) -> None:
    old = Observation.objects.get(area__code="KEN", period__code="2015").pk
    observe("KEN", "2015", "9")
    assert client.get(f"{LIST}{old}/change/").status_code == 200
    history = client.get(f"{LIST}{old}/history/")
    assert (history.status_code, history["Location"]) == (302, f"{LIST}{old}/change/")


@pytest.mark.parametrize("key", ["0", "999999999999999999999999", "x", "1_20"])
def test_a_row_that_is_none_is_said(client: Client, key: str) -> None:
    response = client.get(f"{LIST}{key}/change/")
    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_nobody_edits_history_not_even_a_superuser(client: Client, sign_in: Callable[[User], Client]) -> None:
    boss = sign_in(User.objects.create_superuser("boss@example.org"))
    row_of = Observation.objects.get(area__code="UGA")
    before: Any = Observation.objects.filter(pk=row_of.pk).values().get()
    for who in (client, boss):
        for path, data in (
            (f"{LIST}add/", {"value": "1"}),
            (f"{LIST}{row_of.pk}/change/", {"value": "1", "status": "A"}),
            (f"{LIST}{row_of.pk}/delete/", {"post": "yes"}),
        ):
            assert who.post(path, data).status_code == 403, path
        many = who.post(LIST, {"action": "delete_selected", "_selected_action": [row_of.pk], "post": "yes"})
        assert many.status_code in (200, 302)
    assert Observation.objects.filter(pk=row_of.pk).values().get() == before


def test_a_long_list_is_not_counted_to_its_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sdg_targets.admin.observations.LISTED", 2)
    assert "2 observations" in listed(client)
