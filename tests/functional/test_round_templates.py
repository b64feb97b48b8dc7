"""A focal point's way with a template: download, fill in, upload, look, choose, save."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from sdg_targets.models import Cell, RoundItem, RoundUpload, Series
from tests.factories import accounts, make_catalogue, make_series, observe
from tests.factories.filled import MY, changed, give, put
from tests.factories.submissions import enter, make_round, make_submission
from tests.functional.test_pages import RULES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CAREFUL = RULES | {"preload": False}


@pytest.fixture
def kenya(tmp_path: Path, settings: Any) -> Any:
    """A round of two series for Kenya, with a figure published and some entered; returns its focal point."""
    settings.UPLOADS = tmp_path / "uploads"
    make_catalogue()
    names = {"name_en": "Remittance costs as a proportion of the amount remitted"}
    Series.objects.filter(code="SI_RMT_COST").update(**names)
    refugees = make_series(
        "SM_POP_REFG_OR", indicator="10.7.4", unit="NUMBER", kind="number", name_en="Refugees by country of origin"
    )
    of_round = make_round(series=(Series.objects.get(code="SI_RMT_COST"), refugees))
    RoundItem.objects.filter(series__code="SI_RMT_COST").update(breakdowns=["_T", "SEX=F", "SEX=M"])
    observe("KEN", "2014", "9.1")
    person = accounts.make_account("focal_point")
    submission = make_submission(person, of_round=of_round)
    for year, value in (("2014", "8.4"), ("2015", "8.1"), ("2016", "7.9")):
        enter(submission, person, value, of=year, source="Central Bank survey")
    return person


def signed_in(page: Page, server: LiveServer, person: Any) -> Page:
    client = Client()
    client.force_login(person)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
    return page


def written(sheet: Any) -> None:
    """What a person wrote: new, changed, a clash, and three slips."""
    put(sheet, "2014", value="6,2", source="Household budget survey 2014, table 7.3")
    put(sheet, "2015", value=7.5)
    put(sheet, "2016", value=None, status="L: Not collected", source=None)
    put(sheet, "2014", "SEX=F", value="1,234")
    put(sheet, "2015", "SEX=F", value=8.25, note="Provisional; the office revises in March")
    put(sheet, "2014", "SEX=M", value="about 8")
    put(sheet, "2015", "SEX=M", value=8.75, status="probably")


@pytest.fixture
def upload_of(page: Page, live_server: LiveServer, kenya: Any, tmp_path: Path) -> Callable[[], Page]:
    """Downloads the template, fills it in, lets a colleague change a value, and uploads it; the page with the preview."""

    def way() -> Page:
        signed_in(page, live_server, kenya)
        page.goto(f"{live_server.url}{MY}/upload/")
        with page.expect_download() as download:
            page.get_by_role("link", name="(XLSX)").click()
        assert download.value.suggested_filename == "KEN-2026.xlsx"
        file = tmp_path / "KEN-2026 filled.xlsx"
        file.write_bytes(changed(download.value.path().read_bytes(), written))
        colleague = accounts.make_account("lead_focal_point")
        submission = Cell.objects.first().submission  # type: ignore[union-attr]
        enter(submission, colleague, "8.05", of="2015")
        page.locator("#id_file").set_input_files(file)
        page.locator("form[enctype] button").click()
        return page

    return way


def test_a_template_goes_down_and_comes_up(upload_of: Callable[[], Page]) -> None:
    page = upload_of()
    expect(page.get_by_role("heading", level=1)).to_have_text("What this file would change")
    tallies = [" ".join(text.split()) for text in page.locator(".tallies li").all_inner_texts()]
    assert tallies == ["To look at 7", "Clash 1", "Refused 3", "Changed 2", "New 1", "Unchanged 5"]
    page.get_by_role("link", name="Refused 3").click()
    refused = page.locator("tr.is-refused .cell-text").all_inner_texts()
    assert "“1,234” can be read as 1234 or as 1.234" in refused[0] and "Data!H6" in refused[0]
    assert "“about 8” is no number: write one such as 1234.5" in refused[1]
    page.get_by_role("link", name="To look at").click()
    clash = page.locator("tr.is-clash")
    expect(clash).to_contain_text("lead focal point")
    assert not clash.get_by_role("checkbox").is_checked()
    clash.get_by_role("checkbox").check()
    page.locator("tr.is-new").get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Save only what is ticked").click()
    expect(page.locator(".notice")).to_contain_text("3 values were saved as drafts.")
    said = {(c.breakdown.key, c.period.code): c.typed for c in Cell.objects.select_related("breakdown", "period")}
    assert said == {("_T", "2014"): "6,2", ("_T", "2015"): "7.5", ("_T", "2016"): ""}
    expect(page.locator("tr.is-refused")).to_have_count(3)  # what is left to do stays to be read


@pytest.mark.parametrize(
    ("width", "theme", "language"),
    [(1280, "light", ""), (1280, "dark", ""), (360, "light", ""), (360, "dark", ""), (1280, "light", "fr")],
)
def test_the_pages_fit_their_window_and_are_accessible(
    upload_of: Callable[[], Page], live_server: LiveServer, width: int, theme: Any, language: str
) -> None:
    page = upload_of()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    pk = RoundUpload.objects.get().pk
    before = f"/{language}" if language else ""
    found = []
    for number, address in enumerate((f"{MY}/upload/", f"{MY}/upload/{pk}/", f"{MY}/upload/{pk}/?show=refused")):
        page.goto(f"{live_server.url}{before}{address}")
        if shots := os.environ.get("SHOTS"):
            page.screenshot(path=f"{shots}/{number}-{width}-{theme}{language}.png", full_page=True)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{address} is wider than {width}")
        broken = Axe().run(page, "main", options=CAREFUL).response["violations"]
        found += [f"{address}: {rule['id']} at {node['target']}" for rule in broken for node in rule["nodes"]]
    assert found == []


def test_a_file_that_is_none_is_refused_on_the_page(page: Page, live_server: LiveServer, kenya: Any) -> None:
    client = Client()
    client.force_login(kenya)
    answer = give(client, b"%PDF-1.7 nothing", name="report.pdf")
    assert answer.status_code == 400
    assert not RoundUpload.objects.exists()
