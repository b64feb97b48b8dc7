"""A newcomer's way through the program: the same number on the country's page, the indicator's, the API and the CSV."""

import csv
import io
import json

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_kenya_s_cost_of_sending_money_is_one_number_wherever_a_newcomer_finds_it(
    page: Page, newcomer: LiveServer
) -> None:
    page.goto(newcomer.url)
    page.get_by_label("Search countries, indicators and partners").fill("kenya")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Kenya").click()
    expect(page).to_have_url(f"{newcomer.url}/countries/KEN/")
    row = page.locator(".matrix tr", has=page.get_by_role("link", name="10.c.1"))
    expect(row.locator("td.number")).to_have_text("8.4%")
    expect(row.locator("td").nth(1)).to_have_text("2018")

    row.get_by_role("link", name="10.c.1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Remittance costs as a proportion of the amount remitted")
    cells = page.locator("#table tbody tr", has=page.get_by_role("link", name="Kenya", exact=True)).locator("td")
    expect(cells.nth(0)).to_have_text("8.4")
    expect(cells.nth(1)).to_have_text("2018")

    href = page.locator("#table").get_by_role("link", name="API address").get_attribute("href")
    answer = page.request.get(f"{newcomer.url}{href}&area=KEN&period=2018")
    assert [row["value"] for row in json.loads(answer.text(), parse_float=str)["data"]] == ["8.4"]

    with page.expect_download() as download:
        page.get_by_role("link", name="Download every year as CSV").click()
    text = download.value.path().read_text(encoding="utf-8")
    values = [r["value"] for r in csv.DictReader(io.StringIO(text)) if (r["area"], r["period"]) == ("KEN", "2018")]
    assert values == ["8.4"]


def test_another_language_keeps_the_page_and_writes_numbers_its_own_way(page: Page, newcomer: LiveServer) -> None:
    page.goto(f"{newcomer.url}/countries/KEN/?as_of=2020-10")
    page.get_by_role("link", name="French").click()
    expect(page).to_have_url(f"{newcomer.url}/fr/countries/KEN/?as_of=2020-10")
    assert page.locator("html").get_attribute("lang") == "fr"
    expect(page.locator(".matrix td.number", has_text="8,4")).to_have_text("8,4\N{NO-BREAK SPACE}%")
    page.goto(f"{newcomer.url}/es/indicators/10.c.1/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("remesas")


def test_a_query_made_on_the_data_page_is_its_address_and_its_sentence(page: Page, newcomer: LiveServer) -> None:
    page.goto(f"{newcomer.url}/data/")
    page.get_by_label("Areas, by code").fill("KEN")
    page.get_by_label("Indicator", exact=True).fill("10.c.1")
    page.get_by_label("As known at").fill("2019.Q2.G.01")
    page.get_by_role("button", name="Show the figures").click()
    assert "area=KEN" in page.url and "as_of=2019.Q2.G.01" in page.url
    expect(page.locator(".lead")).to_contain_text("Kenya")
    expect(page.get_by_role("note")).to_contain_text("as in release 2019.Q2.G.01")
    expect(page.get_by_role("heading", level=2, name="figures")).to_be_visible()
    first = page.locator("tbody tr").first
    expect(first.locator("td").nth(0)).to_have_text("2011")


def test_the_map_of_the_first_page_follows_the_choice(page: Page, newcomer: LiveServer) -> None:
    page.goto(newcomer.url)
    page.get_by_label("Indicator on the map").select_option("10.c.1")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#chart-map")).to_have_attribute("data-drawn", "yes", timeout=20_000)
    expect(page.get_by_text("104 of 193 Member States have a value; 89 have none here.")).to_be_visible()
