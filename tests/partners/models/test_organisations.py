"""Organisations and roles: counted once each, named in the reader's language."""

import pytest
from django.db.models import ProtectedError
from django.utils.translation import override

from partners.models import IndicatorRole, Organisation
from tests.factories import make_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bank() -> Organisation:
    made = Organisation.objects.create(
        slug="world-bank", name_en="World Bank", name_fr="Banque mondiale", kind="un_agency"
    )
    for code, role in (("10.c.1", "custodian"), ("10.7.1", "custodian"), ("10.7.2", "partner"), ("10.c.1", "partner")):
        IndicatorRole.objects.create(organisation=made, indicator=make_indicator(code), role=role, source="test list")
    return made


def test_roles_are_counted_by_kind() -> None:
    counted = Organisation.objects.with_counts().get()
    assert (counted.custodian_of, counted.partner_of) == (2, 2)


def test_names_follow_the_reader() -> None:
    with override("fr"):
        assert str(Organisation.objects.get()) == "Banque mondiale"
    with override("es"):
        assert str(Organisation.objects.get()) == "World Bank"
    assert str(IndicatorRole.objects.get(indicator__code="10.7.2")) == "World Bank / 10.7.2"


def test_roles_stand_in_the_order_of_codes() -> None:
    assert [(r.indicator.code, r.role) for r in IndicatorRole.objects.all()] == [
        ("10.7.1", "custodian"),
        ("10.7.2", "partner"),
        ("10.c.1", "custodian"),
        ("10.c.1", "partner"),
    ]


def test_an_organisation_with_parts_is_not_deleted(bank: Organisation) -> None:
    Organisation.objects.create(slug="knomad", name_en="KNOMAD", kind="un_agency", parent=bank)
    with pytest.raises(ProtectedError):
        bank.delete()
