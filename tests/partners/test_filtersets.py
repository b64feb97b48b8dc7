"""Filters of organisations speak of one role together, and the counts beside the rows stay whole."""

from typing import Any

import pytest
from django.http import QueryDict

from partners.filtersets import OrganisationFilterSet
from partners.models import IndicatorRole, Organisation
from tests.factories import make_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organisations() -> None:
    for slug, kind, roles in (
        ("iom", "un_agency", [("10.7.2", "custodian"), ("10.7.3", "custodian"), ("10.c.1", "partner")]),
        ("oecd", "other_igo", [("10.7.2", "partner"), ("4.b.1", "custodian")]),
        ("nairobi", "local_authority", []),
    ):
        made = Organisation.objects.create(slug=slug, name_en=slug.upper(), name_fr=f"Été {slug}", kind=kind)
        for code, role in roles:
            IndicatorRole.objects.create(
                organisation=made, indicator=make_indicator(code), role=role, source="test list"
            )


def found(query: str) -> Any:
    filterset = OrganisationFilterSet(QueryDict(query), queryset=Organisation.objects.with_counts())
    assert filterset.form.is_valid(), filterset.form.errors
    return filterset.qs


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["iom", "nairobi", "oecd"]),
        ("kind=other_igo", ["oecd"]),
        ("role=custodian", ["iom", "oecd"]),
        ("indicator=10.7.2", ["iom", "oecd"]),
        ("role=custodian&indicator=10.7.2", ["iom"]),
        ("role=partner&indicator=10.7.2", ["oecd"]),
        ("role=partner&target=4.b", []),
        ("target=10.7,10.c", ["iom", "oecd"]),
        ("indicator=10.7.2&target=10.c", []),
        ("q=ete", ["iom", "nairobi", "oecd"]),
        ("q=iom ete", ["iom"]),
        ("q=nowhere", []),
    ],
)
def test_which_organisations(query: str, slugs: list[str]) -> None:
    assert [organisation.slug for organisation in found(query)] == slugs


def test_counts_are_of_all_roles_whatever_is_asked() -> None:
    for query in ("", "role=custodian", "indicator=10.7.2", "role=custodian&target=10.7"):
        iom = next(organisation for organisation in found(query) if organisation.slug == "iom")
        assert (iom.custodian_of, iom.partner_of) == (2, 1), query
