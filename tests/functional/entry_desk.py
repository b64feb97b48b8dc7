"""What tests of entering share: a signed-in tab on the grid of Kenya's round, and its fields by period."""

from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from idm.accounts.models import User

#: What must hold by WCAG 2.2, levels A and AA.
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def seat(browser: Browser, server: LiveServer, user: User, **given: Any) -> BrowserContext:
    """A browser of its own in which somebody is signed in."""
    context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | given))
    sit_down(context, server, user)
    return context


def sit_down(context: BrowserContext, server: LiveServer, user: User) -> None:
    """Sign in: a new session in the place of an old one."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])


def open_grid(context: BrowserContext, server: LiveServer, prefix: str = "") -> Page:
    """The grid, with its script."""
    page = context.new_page()
    page.goto(f"{server.url}{prefix}/my/KEN/2026/")
    expect(page.locator("html")).to_have_attribute("data-entry", "ready")
    return page


def field(page: Page, period: str, breakdown: str = "_T") -> Locator:
    return page.locator(f'.entry-cell input[name*="|{period}|{breakdown}|"]')


def write(page: Page, period: str, text: str, breakdown: str = "_T") -> None:
    """Type a value, and go down as one does in a spreadsheet; below the last row there is nothing."""
    field(page, period, breakdown).focus()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def is_saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "saved")


def paste(page: Page, text: str) -> None:
    """Paste as a spreadsheet would have put it on the clipboard."""
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def all_is_sent(page: Page) -> None:
    """Wait until nothing is kept in the browser any more: the server has it."""
    kept = "Object.keys(localStorage).filter(name => name.startsWith('entry:')).length"
    for _turn in range(100):
        if not page.evaluate(kept):
            return
        page.wait_for_timeout(50)
    raise AssertionError("Something was not sent within five seconds.")
