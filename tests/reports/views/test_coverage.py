"""The page of coverage with the shipped figures: numbers with their denominators, reasons, and ways on."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from sdg_targets.domain.coverage import WORDS, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


def get(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def text(html: str) -> str:
    return re.sub(r"\s+", " ", strip_tags(html))


def test_one_sentence_says_what_there_is_of_how_much() -> None:
    page = text(get("/coverage/?reference_year=2020"))
    assert "2,624 of 6,176 expected figures are at hand (42%): 32 indicators for 193 Member States." in page
    assert "The newest are for 2021; half of them are 2 years old or older in 2020." in page


def test_counts_of_the_states_add_up_to_what_is_expected() -> None:
    page = get("/coverage/")
    numbers = [int(n.replace(",", "")) for n in re.findall(r"</span> ([\d,]+) <span class=\"unit\">", page)]
    assert sum(numbers) == 6176 and len(numbers) == 3


def test_one_indicator_lists_every_member_state_under_its_reason() -> None:
    page = get("/coverage/?indicator=10.7.2")
    assert "137 of 193 Member States have a figure." in text(page)
    listed = page[page.index('id="state-figure"') :]
    have, have_not = listed.split('id="state-not_yet"')
    assert have.count("?area=") == 137
    assert have_not.count("?area=") == 56
    assert "Kenya" in have and WORDS[State.NOT_YET].label in listed


def test_one_country_lists_every_indicator() -> None:
    page = get("/coverage/?area=KEN")
    found = re.search(r"Kenya has a figure for (\d+) of the 32 indicators", text(page))
    assert found
    country = re.search(r"Kenya has figures for (\d+) of the 32 indicators", text(get("/countries/KEN/")))
    assert country and country[1] == found[1]
    for code in ("10.7.2", "8.5.1", "17.14.1", "3.c.1"):
        assert f">{code}</a>" in page


def test_an_area_that_is_no_member_state_is_told_apart() -> None:
    assert "It is not one of the 193 Member States" in text(get("/coverage/?area=VAT"))
    assert "It is not one of" not in text(get("/coverage/?area=KEN"))


def test_a_state_narrows_what_is_counted_and_listed() -> None:
    page = get("/coverage/?indicator=10.7.2&state=not_yet")
    assert 'id="state-figure"' not in page and page.count("?area=") == 56
    assert "Each number counts Member States in this state: Not yet received." in text(get("/coverage/?state=not_yet"))


def test_a_breakdown_is_asked_for_alone() -> None:
    page = text(get("/coverage/?dimension=MIGRATORY_STATUS"))
    assert "30 of 579 expected figures are at hand (5%): 3 indicators for 193 Member States." in page
    assert "Counted are figures broken down by: Migratory status." in page


def test_the_addresses_for_the_file_and_for_good_ask_the_same_question() -> None:
    page = get("/coverage/?group=LDC&as_of=2019.Q3.G.01&reference_year=2020")
    api = re.search(r'href="(/api/v1/coverage/\?[^"]+)">API address', page)
    assert api
    body = Client().get(api[1].replace("&amp;", "&")).json()
    assert (body["known"]["as_of"], body["reference_year"]) == ("2019.Q3.G.01", 2020)
    good = re.search(r'href="(\?[^"]+)">This page as it stands now', page)
    assert good and "as_of=2&" not in good[1] and good[1].endswith("as_of=2")
    assert text(get("/coverage/" + good[1].replace("&amp;", "&"))).count("of “Least developed countries") == 1


def test_a_slip_is_answered_with_its_field_and_nothing_is_counted() -> None:
    page = get("/coverage/?area=nowhere&reference_year=1900")
    assert "There is a problem" in page and "Not known: nowhere." in page
    assert "expected figures are at hand" not in page
    assert Client().get("/coverage/?as_of=never").status_code == 404


def test_what_no_series_is_expected_of_says_what_to_do() -> None:
    assert "Nothing is expected of what these filters name" in get("/coverage/?indicator=10.7.3&dimension=SEX")


@pytest.mark.parametrize("page", ["/", "/indicators/10.7.2/", "/countries/KEN/"])
def test_pages_that_speak_of_gaps_lead_here(page: str) -> None:
    assert 'href="/coverage/' in get(page)[get(page).index("<main") :]
