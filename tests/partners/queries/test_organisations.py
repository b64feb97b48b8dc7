"""Who looks after what: custodians before partners, roles by target, and organisations found by any of their names."""

from typing import Any

import pytest

from partners.models import IndicatorRole, Organisation
from partners.queries.organisations import find_organisations, roles_by_target, roles_of_indicator
from tests.factories import make_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organisations() -> None:
    bank = Organisation.objects.create(
        slug="wb", name_en="World Bank", name_es="Banco Mundial", kind="un_agency", abbreviation="WB"
    )
    ilo = Organisation.objects.create(
        slug="ilo", name_en="International Labour Organization", name_fr="Organisation internationale du Travail",
        kind="un_agency", abbreviation="ILO",
    )  # fmt: skip
    for organisation, code, role in (
        (bank, "10.c.1", "custodian"),
        (bank, "10.7.1", "partner"),
        (ilo, "10.7.1", "custodian"),
        (bank, "1.1.1", "custodian"),
    ):
        indicator = make_indicator(code, migration=code != "1.1.1")
        IndicatorRole.objects.create(organisation=organisation, indicator=indicator, role=role, source="test list")


def test_custodians_come_before_partners() -> None:
    found = roles_of_indicator(make_indicator("10.7.1").pk)
    assert [(r.role, r.organisation.slug) for r in found] == [("custodian", "ilo"), ("partner", "wb")]
    assert roles_of_indicator(0) == []


def test_roles_stand_by_target_in_the_order_of_codes(django_assert_num_queries: Any) -> None:
    bank = Organisation.objects.get(slug="wb")
    with django_assert_num_queries(1):
        found = roles_by_target(bank)
        assert [(t.target.code, [r.indicator.code for r in t.roles], t.about_migration) for t in found] == [
            ("1.1", ["1.1.1"], False),
            ("10.7", ["10.7.1"], True),
            ("10.c", ["10.c.1"], True),
        ]


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("wb", ["wb"]),
        ("mundial", ["wb"]),
        ("ILO labour", ["ilo"]),
        ("travail organisation", ["ilo"]),
        ("bank fund", []),
        ("", []),
    ],
)
def test_an_organisation_is_found_by_any_of_its_names(text: str, slugs: list[str]) -> None:
    assert [organisation.slug for organisation in find_organisations(text)] == slugs


def test_at_most_so_many_are_given() -> None:
    assert len(find_organisations("o", limit=1)) == 1
