"""The strict policy in a real browser, on every kind of page: a page that breaks it fails by the `page` fixture."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from idm.accounts.demo import PASSWORD
from tests.factories import accounts, make_catalogue, observe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ["/", "/fr/", "/indicators/10.c.1/", "/countries/KEN/", "/data/", "/sources/", "/partners/", "/about/", "/api/"]
ADMINISTRATION = ["", "sdg_targets/observation/", "sdg_targets/indicator/", "accounts/user/", "accounts/user/add/"]


def test_reading_pages_and_a_page_that_there_is_not(page: Page, live_server: LiveServer) -> None:
    make_catalogue()
    observe("KEN", "2016", "8.4")
    for address in PAGES:
        answer = page.goto(f"{live_server.url}{address}", wait_until="networkidle")
        assert answer is not None and answer.status == 200, address
    answer = page.goto(f"{live_server.url}/no-such-page/", wait_until="networkidle")
    assert answer is not None and answer.status == 404


def test_the_documentation_of_the_api_draws_itself_from_this_server_alone(page: Page, live_server: LiveServer) -> None:
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((live_server.url, "data:")) else elsewhere.append(asked.url),
    )

    page.goto(f"{live_server.url}/api/v1/docs/")
    page.get_by_text("/api/v1/observations/").first.wait_for(timeout=20_000)

    assert elsewhere == []


def test_the_administration_works_under_it(page: Page, live_server: LiveServer) -> None:
    make_catalogue()
    observe("KEN", "2016", "8.4")
    administrator = accounts.make_account("administrator")
    administrator.set_password(PASSWORD)
    administrator.save()

    page.goto(f"{live_server.url}/account/login/?next=/admin/")
    page.locator("#id_login").fill(administrator.email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/admin/")
    for address in ADMINISTRATION:
        answer = page.goto(f"{live_server.url}/admin/{address}", wait_until="networkidle")
        assert answer is not None and answer.status == 200, address
