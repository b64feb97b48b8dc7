"""National beside global on the pages, with the repository of a statistics office as it is published."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sdg_targets.actions.imports import Options, import_file
from sdg_targets.models import Dataset
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


def test_at_a_past_moment_there_was_none() -> None:
    assert "is-beside" not in Client().get("/countries/ARM/?as_of=2020-10").content.decode()


def test_the_api_says_the_same() -> None:
    body = Client().get("/api/v1/areas/ARM/profile/?series=BX_TRF_PWKR").json()
    assert [(r["dataset"], r["period"]) for r in body["data"] + body["national"]] == [
        ("UNSD-SDG", "2018"),
        ("national:ARM", "2023"),
    ]
    assert [c["difference"] for c in body["comparisons"]] == ["-0.0681958"]
