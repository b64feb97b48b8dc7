"""Organisations over HTTP: the page's filters, and nothing ignored."""

from typing import Any

import pytest
from django.test import Client

from partners.models import IndicatorRole, Organisation
from tests.factories.catalogue import make_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organisations() -> None:
    bank = Organisation.objects.create(slug="world-bank", name_en="World Bank", kind="un_agency", abbreviation="WB")
    Organisation.objects.create(
        slug="nairobi", name_en="City of Nairobi", name_es="Ciudad de Nairobi", kind="local_authority"
    )
    IndicatorRole.objects.create(
        organisation=bank, indicator=make_indicator("10.c.1"), role="custodian", source="test list"
    )
    make_indicator("10.7.2")


def get(query: str) -> Any:
    return Client().get(f"/api/v1/partners/?{query}")


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("kind=un_agency", {"world-bank"}),
        ("role=custodian", {"world-bank"}),
        ("role=partner", set()),
        ("indicator=10.c.1", {"world-bank"}),
        ("indicator=10.c.1,10.7.2", {"world-bank"}),
        ("indicator=10.7.2", set()),
        ("target=10.c", {"world-bank"}),
        ("q=ciudad", {"nairobi"}),
        ("q=wb", {"world-bank"}),
        ("", {"world-bank", "nairobi"}),
    ],
)
def test_each_filter_narrows(query: str, slugs: set[str]) -> None:
    assert {row["slug"] for row in get(query).json()["data"]} == slugs


@pytest.mark.parametrize(
    ("query", "parameter"), [("kind=bank", "kind"), ("indicator=9.9.9", "indicator"), ("x=1", "x")]
)
def test_a_value_that_is_none_is_refused_by_name(query: str, parameter: str) -> None:
    response = get(query)
    assert (response.status_code, response.json()["parameter"]) == (400, parameter)


def test_an_organisation_renamed_is_read_anew() -> None:
    tag = get("")["ETag"]
    assert Client().get("/api/v1/partners/", headers={"if-none-match": tag}).status_code == 304
    Organisation.objects.filter(slug="nairobi").update(name_en="Nairobi City County")
    assert Client().get("/api/v1/partners/", headers={"if-none-match": tag}).status_code == 200
