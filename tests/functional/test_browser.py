"""A real browser opens the program, and the strict content security policy holds in it."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_sign_in_page_opens_without_a_violation(page: Page, live_server: LiveServer) -> None:
    answer = page.goto(f"{live_server.url}/account/login/")

    assert answer is not None
    assert answer.status == 200
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.get_by_role("button", name="Sign in", exact=True).is_visible()


def test_an_inline_script_is_refused_by_the_policy(browser, live_server: LiveServer) -> None:
    tab = browser.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(f"{live_server.url}/account/login/")

    tab.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")

    assert tab.evaluate("window.ran") is None
    assert any("Content Security Policy" in line for line in said)
    tab.close()
