"""A focal point at work in a real browser: sign in, type, paste, lose the line, come back, submit."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from idm.accounts.models import User
from sdg_targets.models import Cell, Submission
from tests.factories.submissions import make_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a-long-passphrase-of-words"


def sign_in(page: Page, server: LiveServer, user: User, path: str = "/my/") -> None:
    user.set_password(PASSWORD)
    user.save()
    page.goto(f"{server.url}{path}")
    page.locator("input[type=text], input[type=email]").last.fill(user.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("input[type=password]").press("Enter")


def ready(page: Page) -> None:
    """The script of the grid is there; before, the fields are a plain form."""
    expect(page.locator("html")).to_have_attribute("data-entry", "ready")


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "saved")


def test_a_value_is_typed_saved_and_submitted(page: Page, live_server: LiveServer, focal_point: User) -> None:
    make_round()
    sign_in(page, live_server, focal_point)
    expect(page.get_by_role("heading", level=1)).to_have_text("Kenya")
    page.get_by_role("button", name="Begin").click()
    ready(page)
    page.get_by_label("Source of its values").fill("Household survey 2014")
    page.locator(".entry-cell input").first.focus()
    page.keyboard.type("8.4")
    page.keyboard.press("Enter")
    saved(page)
    cell = Cell.objects.get()
    assert (str(cell.value), cell.period.code, cell.changed_by) == ("8.4", "2014", focal_point)
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_text("Submitted. The reviewers have been told.")).to_be_visible()
    assert Submission.objects.get().state == "submitted"
