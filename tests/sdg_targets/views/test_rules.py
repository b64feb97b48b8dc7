"""The page of rules, and the list of the API: what the code checks, and the limits as they are set."""

import pytest
from django.test import Client

from sdg_targets.domain.rulebook import rulebook
from sdg_targets.models import Series, SeriesLimits
from tests.factories import make_catalogue

pytestmark = pytest.mark.django_db


def test_every_rule_stands_on_the_page_at_its_number(anonymous: Client) -> None:
    page = anonymous.get("/rules/").content.decode()
    for entry in rulebook():
        assert f'id="{entry.number}"' in page
    assert "Error" in page and "Warning" in page and "Note" in page
    assert "Limits of single series" not in page


def test_limits_that_are_set_are_shown_with_their_reason(anonymous: Client) -> None:
    make_catalogue()
    SeriesLimits.objects.create(
        series=Series.objects.get(), maximum="30.5", jump_factor=0, reason_en="Seen so far.", reason_fr="Vu."
    )
    page = anonymous.get("/rules/").content.decode()
    assert "Limits of single series" in page and "… – 30.5" in page and "not asked" in page and "Seen so far." in page
    french = anonymous.get("/fr/rules/").content.decode()
    assert "… – 30,5" in french and "Vu." in french


def test_the_api_gives_the_same_rules(anonymous: Client) -> None:
    answer = anonymous.get("/api/v1/rules/").json()
    assert answer["next"] is None
    assert [(row["number"], row["strength"], row["scope"]) for row in answer["data"]] == [
        (entry.number, entry.strength, entry.scope) for entry in rulebook()
    ]
    first = anonymous.get("/api/v1/rules/?page_size=20").json()
    assert (len(first["data"]), first["next"] is None) == (20, False)
    assert anonymous.get("/api/v1/rules/?format=csv").content.decode().startswith("number,strength,scope,column,")
    assert anonymous.get("/api/v1/rules/?weight=error").status_code == 400
    assert anonymous.post("/rules/").status_code == 405
