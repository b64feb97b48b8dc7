"""Across areas: one figure each, aggregates apart, silence with its reason, and counts with their denominator."""

import pytest
from django.utils.translation import override

from sdg_targets.models import Series
from sdg_targets.queries.cross_section import cross_section
from sdg_targets.queries.known_context import known_context, known_now
from tests.factories import make_area, make_catalogue, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def figures() -> None:
    make_catalogue()
    make_area("ALA", name_en="Åland Islands", kind="territory", status="area", counts_as_country=False)
    make_area("PSE", name_en="State of Palestine", status="observer")
    write_rows(
        [
            row("KEN", "2015", "1"),
            row("KEN", "2016", "2"),
            row("UGA", "2015", "3"),
            row("UGA", "2016", None, status="L"),
            row("FRA", "2015", None, status="Q"),
            row("FRA", "2016", None, status="L", value_text="N"),
            row("001", "2016", "9"),
            row("ALA", "2015", "5"),
            row("PSE", "2015", "6"),
        ]
    )


def test_without_a_period_each_area_stands_with_its_newest_value() -> None:
    section = cross_section(Series.objects.get(), "", known_now())
    assert [(f.area_code, f.period, str(f.value)) for f in section.figures] == [
        ("ALA", "2015", "5"),
        ("KEN", "2016", "2"),
        ("PSE", "2015", "6"),
        ("UGA", "2015", "3"),
    ]
    assert [f.area_code for f in section.aggregates] == ["001"]


def test_an_area_without_any_value_says_why_in_its_newest_period() -> None:
    section = cross_section(Series.objects.get(), "", known_now())
    assert [(f.area_code, f.period, f.status, f.printed) for f in section.without_value] == [("FRA", "2016", "L", "N")]


def test_in_one_period_nothing_is_taken_from_another() -> None:
    section = cross_section(Series.objects.get(), "2016", known_now())
    assert [f.area_code for f in section.figures] == ["KEN"]
    assert {f.area_code for f in section.without_value} == {"FRA", "UGA"}


def test_the_count_is_of_member_states_and_so_is_what_is_missing() -> None:
    """The observer and the territory have values and are not counted."""
    section = cross_section(Series.objects.get(), "", known_now())
    assert (section.with_value, section.member_states, section.missing) == (2, 3, 1)


def test_names_are_in_the_order_of_the_reader_s_language() -> None:
    make_area("EGY", name_en="Egypt", name_fr="Égypte")
    write_rows([row("EGY", "2016", "1")])
    with override("fr"):
        names = [f.area_name for f in cross_section(Series.objects.get(), "", known_now()).figures]
    assert names == ["Åland Islands", "Égypte", "Kenya", "State of Palestine", "Uganda"]


def test_before_anything_was_known_there_is_nothing() -> None:
    section = cross_section(Series.objects.get(), "", known_context("2000-01-01"))
    assert (section.figures, section.aggregates, section.without_value, section.with_value) == ((), (), (), 0)
