"""Areas: who counts as a country, who belongs where and when, and names in the reader's own order."""

from datetime import date

import pytest
from django.utils.translation import override

from sdg_targets.models import Area, GroupMembership
from tests.factories import make_area

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def areas() -> None:
    make_area("001")
    make_area("KEN", sort_fr="kenya")
    make_area("PSE", name_en="State of Palestine", status="observer")
    place = {"kind": "territory", "status": "area", "counts_as_country": False}
    make_area("ESH", name_en="Western Sahara", **place)
    make_area("ALA", name_en="Åland Islands", sort_en="aland islands", **place)


def codes(rows: object) -> set[str]:
    return {area.code for area in rows}  # type: ignore[attr-defined]


def test_who_is_counted_is_said_by_its_word() -> None:
    assert codes(Area.objects.member_states()) == {"KEN"}
    assert codes(Area.objects.countries()) == {"KEN", "PSE"}
    assert codes(Area.objects.countries_and_territories()) == {"KEN", "PSE", "ESH", "ALA"}
    assert codes(Area.objects.aggregates()) == {"001"}


def test_an_area_without_an_iso_code_has_no_page_of_a_country() -> None:
    make_area("680", name_en="Sark", kind="territory", status="area", m49="680")
    assert "680" not in codes(Area.objects.with_page())
    assert "ESH" in codes(Area.objects.with_page())


@pytest.mark.parametrize(
    ("day", "member"),
    [
        (date(1999, 12, 31), False),
        (date(2000, 1, 1), True),
        (date(2009, 12, 31), True),
        (date(2010, 1, 1), False),
        (date(2020, 6, 1), True),
    ],
)
def test_a_member_may_leave_and_come_back(day: date, member: bool) -> None:
    group = make_area("LDC", kind="group", status="aggregate", counts_as_country=False, iso3=None, name_en="LDC")
    kenya = Area.objects.get(code="KEN")
    GroupMembership.objects.create(group=group, member=kenya, valid_from=date(2000, 1, 1), valid_to=date(2009, 12, 31))
    GroupMembership.objects.create(group=group, member=kenya, valid_from=date(2020, 1, 1))
    assert ("KEN" in codes(Area.objects.members_of("LDC", on=day))) is member
    assert Area.objects.members_of("LDC", on=day).count() == member


def test_names_are_in_the_order_of_the_reader_s_language() -> None:
    order = [area.code for area in Area.objects.countries_and_territories().in_name_order("en")]
    assert order == ["ALA", "KEN", "PSE", "ESH"]
    assert [area.code for area in Area.objects.in_name_order("xx")] == [
        area.code for area in Area.objects.in_name_order()
    ]


def test_a_name_falls_back_and_says_so() -> None:
    area = make_area("CIV", name_en="Côte d’Ivoire", name_es="Costa de Marfil")
    with override("es"):
        assert (str(area), area.name.is_fallback) == ("Costa de Marfil", False)
    with override("fr"):
        assert (str(area), area.name.lang, area.name.is_fallback) == ("Côte d’Ivoire", "en", True)


def test_what_lies_within_is_found_at_every_level_and_what_lies_below_are_countries() -> None:
    africa = make_area("002", parent=Area.objects.get(code="001"))
    region = make_area("014", parent=africa)
    Area.objects.filter(code="KEN").update(parent=region)
    Area.objects.filter(code="ESH").update(parent=africa)
    world = Area.objects.filter(code="001")
    assert codes(Area.objects.within(world)) == {"002", "014", "KEN", "ESH"}
    assert codes(Area.objects.filter(kind="country").within(world)) == {"KEN"}
    assert codes(Area.objects.filter(pk__in=Area.objects.below(world))) == {"KEN", "ESH"}
    assert codes(Area.objects.within([])) == set()
