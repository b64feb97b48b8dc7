"""The page of all figures: says its query, agrees with the API, drops and says what it does not know."""

import re
from html import unescape

import pytest
from django.test import Client

from sdg_targets.models import Release, Revision
from tests.factories import make_catalogue, make_series, make_supplementary, observe, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def figures() -> None:
    make_catalogue()
    write_rows(
        [
            row("KEN", "2015", "6.20", source="A survey", footnote="Counted by hand"),
            row("UGA", "2015", "9", breakdown="AGE=Y0T4;SEX=F"),
            row("UGA", "2016", None, status="L", value_text="N"),
        ]
    )


def page(query: str = "", path: str = "/data/") -> str:
    response = Client().get(f"{path}?{query}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def api_address(text: str) -> str:
    found = re.search(r'href="(/api/v1/observations/\?[^"]*?)">API address', text)
    assert found, text
    return found.group(1)


def test_the_sentence_figures_source_and_footnote_stand_on_the_page() -> None:
    text = page("area=KEN&year_from=2015")
    for said in ("All figures, for Kenya, from 2015 on.", "6.20", "A survey", "Counted by hand"):
        assert said in text
    assert "Uganda</a></th>" not in text


def test_a_breakdown_is_said_in_words_and_a_missing_value_says_why() -> None:
    text = page("area=UGA")
    assert 'title="AGE=Y0T4;SEX=F">Y0T4, F<' in text
    assert "is-missing" in text


@pytest.mark.parametrize(
    "query", ["area=KEN", "area=UGA&value=present", "status=L&status=A&area=KEN,UGA", "latest=yes"]
)
def test_the_api_at_the_address_named_gives_the_rows_of_the_page(query: str) -> None:
    text = page(query)
    answer = Client().get(api_address(text)).json()
    assert text.count('<th scope="row">') == len(answer["data"]) > 0


def test_a_parameter_that_is_none_is_left_out_and_said() -> None:
    text = page("area=KEN&bogus=1")
    assert "left out: bogus" in text
    assert api_address(text) == "/api/v1/observations/?area=KEN"


def test_a_code_that_is_none_is_a_problem_with_a_link_to_its_field_and_no_figures() -> None:
    text = page("area=XXX")
    assert 'href="#id_area"' in text
    assert "Not known: XXX" in text
    assert "Download all" not in text


def test_the_past_is_shown_as_such_and_kept_in_the_addresses() -> None:
    Release.objects.create(name="first", revision=Revision.objects.get())
    observe("KEN", "2015", "5")
    text = page("area=KEN&as_of=first")
    assert "as in release first" in text
    assert "6.20" in text
    assert api_address(text) == "/api/v1/observations/?area=KEN&as_of=first"
    assert "6.20" not in page("area=KEN")


def test_a_moment_that_is_none_is_said_and_now_is_shown() -> None:
    assert "“yesterday” is no date" in page("as_of=yesterday")


def test_nothing_found_says_what_to_do() -> None:
    assert "No figure fits these filters" in page("area=FRA")


def test_pages_follow_each_other() -> None:
    write_rows([row("KEN", str(year), "1") for year in range(1900, 1960)])
    first = page("area=KEN&status=A&status=L")
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    assert "status=A&status=L" in following.group(1)
    second = page(following.group(1).lstrip("?"))
    assert first.count('<th scope="row">') + second.count('<th scope="row">') == 61
    assert "First page" in second
    assert page("cursor=nonsense&area=KEN").count('<th scope="row">') == 50


@pytest.mark.parametrize("path", ["/data/", "/fr/data/", "/es/data/", "/sources/"])
def test_a_page_is_the_same_bytes_for_everyone(path: str, sign_in, importer) -> None:  # type: ignore[no-untyped-def]
    assert Client().get(path).content == sign_in(importer).get(path).content


def test_supplementary_figures_say_so_above_the_table_and_in_each_row() -> None:
    dataset, series = make_supplementary()
    write_rows([row("KEN", "2015", "3", series=series.code, lower_bound="2", upper_bound="4.5")], dataset=dataset)
    text = page(f"series={series.code}")
    assert "Supplementary: Missing Migrants" in text and "A minimum." in text
    assert text.count("Supplementary</span>") == 1
    assert "2 – 4.5" in text, "the whiskers stand beside the value"
    assert "Supplementary" not in page("series=SI_RMT_COST")


def test_a_counterpart_area_is_asked_for_by_its_code_and_kept_in_the_address_of_the_api() -> None:
    make_series("CORRIDOR", dimensions=("COUNTERPART_AREA",))
    write_rows([row("KEN", "2015", "3", series="CORRIDOR", breakdown="COUNTERPART_AREA=X")])
    text = page("counterpart_area=X")
    assert "All figures, with X as counterpart area." in text and "1 figure" in text
    assert api_address(text).endswith("?counterpart_area=X")
