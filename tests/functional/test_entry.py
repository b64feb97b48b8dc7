"""A focal point at work in a real browser: by keyboard, by pasting, in the panel, on a phone, in French, without script."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from idm.accounts.models import User
from sdg_targets.actions.comments import comment
from sdg_targets.actions.deciding import return_submission
from sdg_targets.actions.submissions import submit
from sdg_targets.models import Cell, Comment, RoundItem, Submission
from tests.factories.submissions import enter, make_round, make_submission
from tests.functional.entry_desk import WCAG, all_is_sent, field, is_saved, open_grid, paste, seat, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a-long-passphrase-of-words"


@pytest.fixture
def submission(focal_point: User) -> Submission:
    made = make_submission(focal_point)
    RoundItem.objects.update(breakdowns=["_T", "SEX=F", "SEX=M"])
    return made


@pytest.fixture
def desk(
    browser: Browser, live_server: LiveServer, focal_point: User, submission: Submission
) -> Iterator[BrowserContext]:
    context = seat(browser, live_server, focal_point)
    yield context
    context.close()


def texts(page: Page) -> list[str]:
    """What stands in the fields, row by row."""
    return page.locator(".entry-cell input").evaluate_all("fields => fields.map(field => field.value)")


def stored() -> dict[tuple[str, str], str]:
    """What the server has, by period and breakdown."""
    cells = Cell.objects.select_related("period", "breakdown").filter(is_empty=False)
    return {(c.period.code, c.breakdown.key): f"{c.value:f}" if c.value is not None else c.typed for c in cells}


def test_a_value_is_typed_saved_and_submitted(page: Page, live_server: LiveServer, focal_point: User) -> None:
    make_round()
    focal_point.set_password(PASSWORD)
    focal_point.save()
    page.goto(f"{live_server.url}/my/")
    page.locator("input[type=text], input[type=email]").last.fill(focal_point.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("input[type=password]").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kenya")
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("html")).to_have_attribute("data-entry", "ready")
    page.get_by_label("Source of its values").fill("Household survey 2014")
    write(page, "2014", "8.4")
    is_saved(page)
    cell = Cell.objects.get()
    assert (str(cell.value), cell.period.code, cell.source) == ("8.4", "2014", "Household survey 2014")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_text("Submitted. The reviewers have been told.")).to_be_visible()
    assert Submission.objects.get().state == "submitted"
    page.get_by_role("link", name="Look at the values").click()
    expect(field(page, "2014")).to_have_attribute("readonly", "")
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Taken back. The values can be changed again.")).to_be_visible()


def test_the_keyboard_is_that_of_a_spreadsheet(desk: BrowserContext, live_server: LiveServer) -> None:
    page = open_grid(desk, live_server)
    press = page.keyboard.press
    field(page, "2014").focus()
    page.keyboard.type("1")
    press("Tab")
    expect(field(page, "2015")).to_be_focused()
    page.keyboard.type("2")
    press("Enter")
    expect(field(page, "2015", "SEX=F")).to_be_focused()
    page.keyboard.type("3")
    press("ArrowLeft")
    expect(field(page, "2014", "SEX=F")).to_be_focused()
    page.keyboard.type("44")
    press("Escape")
    expect(field(page, "2014", "SEX=F")).to_have_value("")
    press("ArrowUp")
    press("F2")
    page.keyboard.type("5")
    press("ArrowLeft")
    page.keyboard.type("0")
    press("Enter")
    is_saved(page)
    assert stored() == {("2014", "_T"): "105", ("2015", "_T"): "2", ("2015", "SEX=F"): "3"}
    press("Control+z")
    expect(field(page, "2014")).to_have_value("1")
    press("Control+z")
    expect(field(page, "2015", "SEX=F")).to_have_value("")
    press("Control+y")
    expect(field(page, "2015", "SEX=F")).to_have_value("3")
    press("Control+Home")
    press("Delete")
    expect(field(page, "2014")).to_have_value("")
    all_is_sent(page)
    assert stored() == {("2015", "_T"): "2", ("2015", "SEX=F"): "3"}


def test_a_block_is_pasted_copied_and_taken_back_at_once(desk: BrowserContext, live_server: LiveServer) -> None:
    page = open_grid(desk, live_server)
    field(page, "2014").focus()
    paste(page, '8.4\t"1 013,8"\t7\r\n1\t2\t3\t4\r\n')
    assert texts(page) == ["8.4", "1 013,8", "7", "1", "2", "3", "", "", ""]
    expect(field(page, "2015")).to_have_value("1013.8")  # as it was read
    assert stored()["2015", "_T"] == "1013.8" and len(stored()) == 6
    for key in ("Control+Home", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    copied = page.evaluate(
        """() => {
            const clipboardData = new DataTransfer();
            document.activeElement.dispatchEvent(
                new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }));
            return clipboardData.getData('text/plain');
        }"""
    )
    assert copied == "8.4\t1013.8\n1\t2"
    page.keyboard.press("Control+z")
    all_is_sent(page)
    assert stored() == {}


def test_details_are_written_in_the_panel_and_its_history_follows(
    desk: BrowserContext, live_server: LiveServer
) -> None:
    page = open_grid(desk, live_server)
    write(page, "2014", "8.4")
    is_saved(page)
    field(page, "2014").focus()
    page.keyboard.press("F4")
    panel = page.locator("#cell-panel")
    expect(panel.get_by_label("Value", exact=True)).to_be_focused()
    panel.get_by_label("Source", exact=True).fill("Labour force survey")
    page.keyboard.press("Tab")
    expect(panel.locator("[data-part=history]")).to_contain_text("Labour force survey")
    panel.get_by_label("Status, or the reason why there is none").select_option("P")
    expect(panel.locator("[data-part=history]")).to_contain_text("Provisional value")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(field(page, "2014")).to_be_focused()
    cell = Cell.objects.get()
    assert (cell.source, cell.status, f"{cell.value:f}") == ("Labour force survey", "P", "8.4")
    assert cell.version > 1  # what is written within one breath is one version


def test_what_came_back_is_answered_and_handed_in_again(
    desk: BrowserContext, live_server: LiveServer, submission: Submission, focal_point: User, reviewer: User
) -> None:
    saved = enter(submission, focal_point, "8.4")
    submit(submission=submission, by=focal_point)
    comment(submission=submission, cell=saved.cell, text="Which quarter is it?", by=reviewer)
    return_submission(submission=submission, by=reviewer, note="One question.")
    page = desk.new_page()
    page.goto(f"{live_server.url}/my/KEN/")
    expect(page.get_by_text("One question.")).to_be_visible()
    page.get_by_role("link", name="Total, 2015").click()
    page.get_by_label("Answer").fill("The third.")
    page.get_by_role("button", name="Answer").click()
    expect(page.locator("#comments")).to_contain_text("The third.")
    assert Comment.objects.filter(answers__text="Which quarter is it?", by=focal_point).count() == 1
    page.get_by_label("Value", exact=True).fill("8.5")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Back to the grid").click()
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_text("Submitted. The reviewers have been told.")).to_be_visible()


def test_on_a_phone_values_are_entered_one_at_a_time(
    browser: Browser, live_server: LiveServer, focal_point: User, submission: Submission
) -> None:
    phone = seat(browser, live_server, focal_point, viewport={"width": 360, "height": 740}, has_touch=True)
    page = open_grid(phone, live_server)
    page.get_by_role("link", name="One value at a time").click()
    for text in ("8.4", "8.5", "8.6"):
        page.get_by_label("Value", exact=True).fill(text)
        page.get_by_role("button", name="Save and go on").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
    assert [stored()[period, "_T"] for period in ("2014", "2015", "2016")] == ["8.4", "8.5", "8.6"]
    expect(page.get_by_role("heading", level=1)).to_contain_text("2014")  # the next row begins
    phone.close()


def test_numbers_are_read_and_written_in_french(desk: BrowserContext, live_server: LiveServer) -> None:
    page = open_grid(desk, live_server, "/fr")
    write(page, "2014", "8,4 %")
    expect(field(page, "2014")).to_have_value("8,4")
    is_saved(page)
    assert stored() == {("2014", "_T"): "8.4"}
    write(page, "2015", "1,234")
    expect(page.locator(".entry-cell.has-error")).to_have_count(1)
    expect(field(page, "2015")).to_have_value("1,234")


def test_without_script_the_grid_is_a_form(
    browser: Browser, live_server: LiveServer, focal_point: User, lead_focal_point: User, submission: Submission
) -> None:
    context = seat(browser, live_server, focal_point, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/my/KEN/2026/")
    enter(submission, lead_focal_point, "9", of="2015")
    page.get_by_label("Source of its values").fill("A survey")
    field(page, "2014").fill("8.4")
    field(page, "2015").fill("8.5")
    page.get_by_role("button", name="Save this series").click()
    expect(page.get_by_text("Somebody else changed the same values")).to_be_visible()
    assert stored() == {("2014", "_T"): "8.4", ("2015", "_T"): "9"}
    page.get_by_role("button", name="Keep mine").click()
    expect(page.get_by_text("1 value saved.")).to_be_visible()
    assert stored() == {("2014", "_T"): "8.4", ("2015", "_T"): "8.5"}
    assert Cell.objects.get(period__code="2014").source == "A survey"
    context.close()


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (360, "dark")])
def test_every_page_of_the_way_fits_and_is_accessible(
    browser: Browser,
    live_server: LiveServer,
    submission: Submission,
    focal_point: User,
    reviewer: User,
    width: int,
    theme: Any,
) -> None:
    saved = enter(submission, focal_point, "8.4")
    enter(submission, focal_point, None, of="2014", typed="1,234")
    cell = f"/my/KEN/2026/cell/?series=SI_RMT_COST&period={saved.cell.period.code}&breakdown=_T"
    context = seat(
        browser,
        live_server,
        focal_point,
        viewport={"width": width, "height": 900},
        color_scheme=theme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    found = []
    for path in (
        "/my/KEN/",
        "/my/KEN/2026/",
        cell,
        "/fr/my/KEN/2026/?also=2013/2014&detail=Fiscal+year",
        "/es/my/KEN/",
    ):
        page.goto(f"{live_server.url}{path}")
        if "2026/" in path and "cell" not in path:
            expect(page.locator("html")).to_have_attribute("data-entry", "ready")
            page.locator(".entry-cell input").first.focus()
            page.keyboard.press("F4")
            expect(page.locator("#cell-panel [data-part=history]")).to_be_attached()
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{path} is wider than {width}")
        report = Axe().run(page, options=WCAG)
        found += [
            f"{path}: {each['id']} at {node['target']}"
            for each in report.response["violations"]
            for node in each["nodes"]
        ]
    context.close()
    assert found == []
