"""Releases with the shipped publications: what changed, value by value, agrees with the imports and with the API."""

import re
from typing import Any

import pytest
from django.test import Client

from sdg_targets.models import Import

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
PAGE = "/releases/2020-10/"


def get(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def rows_of(page: str) -> list[str]:
    table = page[page.index('aria-labelledby="changes"') :]
    return table[table.index("<tbody>") : table.index("</tbody>")].split("<tr>")[1:]


def test_the_list_names_every_release_with_its_counts_newest_first() -> None:
    page = get("/releases/")
    found = re.findall(r'<h2 class="with-mark"><a href="/releases/([^"]+)/">', page)
    assert found == ["2021", "2020-10", "2019.Q3.G.01", "2019.Q2.G.01"]
    assert "29,544 new, 9,035 revised, 3,546 withdrawn, 8,171 unchanged." in page


def test_the_summary_adds_up_to_what_the_import_counted() -> None:
    """An import counts versions; the page tells revisions from other precision and other descriptions."""
    made = Import.objects.get(vintage="2020-10")
    summary = get(PAGE).split('id="summary"')[1].split("</table>")[0]
    remittances = counts_of(next(part for part in summary.split("<tr>") if "BX_TRF_PWKR" in part))
    assert (remittances[0], sum(remittances[1:4]), remittances[4]) == (275, 5309, 5)
    columns = [0, 0, 0, 0, 0, 0]
    for cells in re.findall(r"<tr><th scope=\"row\">.*?</tr>", summary, re.DOTALL):
        columns = [total + n for total, n in zip(columns, counts_of(cells), strict=True)]
    new, revised, precision, described, withdrawn, suppressed = columns
    assert (new, withdrawn, suppressed) == (made.new, made.withdrawn, 0)
    assert revised + precision + described == made.revised
    assert precision > 1000


def counts_of(cells: str) -> list[int]:
    """The counts of a row of the summary: new, revised, other precision, described otherwise, no longer published,
    suppressed.
    """
    texts = re.findall(r'<td class="number"[^>]*>([^<]*)</td>', cells)
    return [0 if text == "–" else int(text.replace(",", "")) for text in texts]


def test_kenya_2012_is_a_change_of_precision_and_not_a_revision() -> None:
    page = get(f"{PAGE}?series=BX_TRF_PWKR&area=KEN&kind=precision")
    row = next(part for part in rows_of(page) if ">2012<" in part)
    assert "2.40221" in row and "2.4022124" in row and "Other precision" in row
    assert not any(">2012<" in part for part in rows_of_or_none(f"{PAGE}?series=BX_TRF_PWKR&area=KEN&kind=revised"))


def rows_of_or_none(path: str) -> list[str]:
    page = get(path)
    return rows_of(page) if "<tbody>" in page[page.index('aria-labelledby="changes"') :] else []


def test_the_page_and_the_api_find_the_same_changes_and_pages_meet() -> None:
    query = "series=SL_TLF_CHLDEA,SG_REG_BRTH&since=2019.Q3.G.01"
    first = get(f"{PAGE}?{query}")
    body = Client().get(f"/api/v1/changes/?{query}&until=2020-10&page_size=5000").json()
    assert (body["since"], body["until"], body["next"]) == (2, 3, None)
    seen: list[str] = rows_of(first)
    page = first
    while following := re.search(r'rel="next" href="(\?[^"]+)"', page):
        page = get(PAGE + following[1].replace("&amp;", "&"))
        seen += rows_of(page)
    assert len(seen) == len(body["data"]) > 50


def test_the_first_release_is_all_new() -> None:
    page = get("/releases/2019.Q2.G.01/")
    assert "The first release" in page
    assert {row["kind"] for row in Client().get("/api/v1/changes/?until=2019.Q2.G.01").json()["data"]} == {"new"}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/releases/never/", "no release never"),
        (f"{PAGE}?since=someday", "is no date"),
        (f"{PAGE}?since=2021", "does not lie before"),
    ],
)
def test_a_slip_is_answered_with_what_would_be_right(path: str, said: str) -> None:
    response = Client().get(path)
    assert response.status_code == 404 and said in response.content.decode()


def test_an_unknown_code_is_named_and_nothing_is_shown_in_its_place() -> None:
    page = get(f"{PAGE}?area=ZZZ")
    assert "There is a problem" in page and "Not known: ZZZ." in page
    assert 'aria-labelledby="changes"' not in page


def test_it_speaks_three_languages(client: Any) -> None:
    for language in ("fr", "es"):
        assert f'<html lang="{language}"' in get(f"/{language}/releases/") + get(f"/{language}{PAGE}")
