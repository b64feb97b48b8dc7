"""The pages of organisations: the list with its filters, each organisation with its roles, and nobody at other addresses."""

import pytest
from django.test import Client

from partners.models import IndicatorRole, Organisation
from tests.factories import make_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organisations() -> None:
    bank = Organisation.objects.create(
        slug="world-bank", name_en="World Bank", name_fr="Banque mondiale", kind="un_agency"
    )
    Organisation.objects.create(slug="nairobi", name_en="Nairobi <City>", kind="local_authority", parent=bank)
    IndicatorRole.objects.create(
        organisation=bank, indicator=make_indicator("10.c.1"), role="custodian", source="test list"
    )


def page(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_names_everybody_in_the_reader_s_language() -> None:
    assert "World Bank" in page("/partners/") and "Banque mondiale" in page("/fr/partners/")
    assert "Nairobi &lt;City&gt;" in page("/partners/")


def test_the_filters_are_those_of_the_api() -> None:
    for query, slugs in (("role=custodian", {"world-bank"}), ("q=nairobi", {"nairobi"}), ("kind=media", set())):
        text = page(f"/partners/?{query}")
        listed = {slug for slug in ("world-bank", "nairobi") if f'href="/partners/{slug}/"' in text}
        answered = {row["slug"] for row in Client().get(f"/api/v1/partners/?{query}").json()["data"]}
        assert listed == answered == slugs


def test_a_mistake_in_a_filter_is_no_failure_of_the_page() -> None:
    assert Client().get("/partners/?kind=club&indicator=99").status_code == 200


def test_an_organisation_has_its_roles_and_its_whole() -> None:
    text = page("/partners/world-bank/")
    assert "/indicators/10.c.1/" in text
    assert "/partners/world-bank/" in page("/partners/nairobi/")


@pytest.mark.parametrize("address", ["/partners/nobody/", "/fr/partners/nobody/"])
def test_nobody_is_at_another_address(address: str) -> None:
    assert Client().get(address).status_code == 404
