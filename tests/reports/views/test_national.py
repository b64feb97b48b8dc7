"""National beside global on the pages, with the repository of a statistics office as it is published."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sdg_targets.actions.imports import Options, import_file
from sdg_targets.models import Dataset, Indicator, Metadata, Observation
from tests.factories.shipped import kept_for_a_module

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def armenia(shipped: None, shared: Path, django_db_blocker: Any) -> Iterator[None]:
    def make() -> None:
        dataset = Dataset.objects.get(code="national:ARM")
        made = import_file(shared / "data/national/armenia", dataset=dataset, by=None, options=Options())
        assert made.new == 53

    with kept_for_a_module(django_db_blocker, make):
        yield


def said(path: str) -> str:
    """The words of a page, blanks joined."""
    html = Client().get(path).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("&#x27;", "'")


def test_a_country_s_page_has_its_own_figure_under_the_global_one_with_the_difference_in_words() -> None:
    words = said("/countries/ARM/")
    assert "For 2018: 11.9%, 0.068 percentage points lower than the global figure of 11.97%." in words
    assert "For 2018: 5.66%, in agreement with the global figure of 5.7%." in words
    assert "Not comparable with the global figure: their breakdowns differ." in words
    html = Client().get("/countries/ARM/").content.decode()
    assert html.count('class="is-beside"') == 5
    assert "/data/?area=ARM&amp;dataset=national%3AARM" in html
    assert "is-beside" not in Client().get("/countries/KEN/").content.decode()


def test_an_indicator_s_page_lists_those_who_have_figures_of_their_own() -> None:
    words = said("/indicators/17.3.2/")
    assert "The newest national figure of each country" in words
    assert "Statistical Committee of the Republic of Armenia" in words
    assert 'id="national"' not in Client().get("/indicators/10.7.3/").content.decode()
    period = Client().get("/indicators/17.3.2/?period=2016").content.decode()
    assert "For 2016: 13.1%, in agreement with the global figure of 13.11%." in said("/indicators/17.3.2/?period=2016")
    assert 'id="national"' in period


def test_a_departure_that_the_office_notes_stands_in_the_place_of_the_difference_and_leads_to_its_words() -> None:
    Metadata.objects.create(
        dataset=Dataset.objects.get(code="national:ARM"), indicator=Indicator.objects.get(code="17.3.2"),
        field="departure", language="en", text="Compensation of employees is left out.",
    )  # fmt: skip
    for page in ("/countries/ARM/", "/indicators/17.3.2/"):
        words = said(page)
        assert "the office notes a departure from the global definition. What departs" in words
        assert "percentage points" not in words
        html = Client().get(page).content.decode()
        assert 'href="/indicators/17.3.2/?metadata=national%3AARM#metadata"' in html
    beside = said("/indicators/17.3.2/?metadata=national:ARM")
    assert "Compensation of employees is left out." in beside


def test_where_there_is_no_global_figure_the_page_says_whose_it_is() -> None:
    Observation.objects.current().filter(
        dataset__code="UNSD-SDG", series__code="SI_RMT_COST", area__code="ARM"
    ).delete()
    words = said("/countries/ARM/")
    assert "National figure; the global dataset has none" in words
    assert "2024 · Nature not available · National figure" in words, "also at a glance"


def test_at_a_past_moment_there_was_none() -> None:
    assert "is-beside" not in Client().get("/countries/ARM/?as_of=2020-10").content.decode()


def test_the_api_says_the_same() -> None:
    body = Client().get("/api/v1/areas/ARM/profile/?series=BX_TRF_PWKR").json()
    assert [(r["dataset"], r["period"]) for r in body["data"] + body["national"]] == [
        ("UNSD-SDG", "2018"),
        ("national:ARM", "2023"),
    ]
    assert [c["difference"] for c in body["comparisons"]] == ["-0.0681958"]
