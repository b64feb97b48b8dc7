"""A focal point's way through a questionnaire: by keyboard, on a bad line, beside a colleague, and without scripts."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from idm.accounts.models import User
from sdg_targets.domain.answers import Said
from sdg_targets.models import Answer, Submission
from tests.factories import accounts
from tests.factories.questionnaires import answer, asked_submission
from tests.functional.test_uploads import CAREFUL

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATH = "/my/KEN/questions/questionnaires/policies/2024/"
NO_MORE = "Not saved: no connection. It is kept on this computer and sent again."


@pytest.fixture
def person() -> User:
    return accounts.make_account("focal_point")


@pytest.fixture
def submission(person: User) -> Submission:
    return asked_submission(person)


def signed_in(context: BrowserContext, server: LiveServer, user: User) -> None:
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])


@pytest.fixture
def tab(page: Page, live_server: LiveServer, person: User, submission: Submission) -> Page:
    """The page of the questionnaire, opened by a focal point."""
    signed_in(page.context, live_server, person)
    page.goto(live_server.url + PATH)
    return page


def opened_again(page: Page, server: LiveServer) -> Page:
    """The tab is closed, and the page opened in a new one of the same browser."""
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(server.url + PATH)
    return again


def stored() -> dict[str, str | None]:
    return {row.question.code: row.option and row.option.code for row in Answer.objects.with_names()}


def state(page: Page, code: str) -> Any:
    return page.locator(f"#q-{code} [data-state]")


def at(page: Page) -> str:
    """The name and value of the field that has the focus."""
    return str(page.evaluate("`${document.activeElement.name}=${document.activeElement.value}`"))


def tab_to(page: Page, field: str) -> None:
    for _press in range(80):
        page.keyboard.press("Tab")
        if at(page).startswith(field):
            return
    raise AssertionError(f"{field} is not reached by the keyboard; the focus is at {at(page)}")


def test_it_is_answered_by_the_keyboard_and_stands_when_one_comes_back(tab: Page, live_server: LiveServer) -> None:
    tab_to(tab, "a1-option")
    tab.keyboard.press("ArrowDown")  # from "No answer yet" round to the first answer
    assert at(tab) == "a1-option=ALL"
    expect(state(tab, "a1")).to_contain_text("Saved")
    tab.keyboard.press("ArrowDown")
    expect(tab.locator('[data-section="A"]')).to_contain_text("(0.5 + 0) ÷ 2 × 100 = 25")
    tab_to(tab, "a1-consent")
    tab.keyboard.press("Space")
    tab_to(tab, "b1-option")
    tab.keyboard.press("ArrowDown")
    expect(tab.locator("[data-panel]")).to_contain_text("37.5%")
    expect(tab.locator("[data-said]")).to_contain_text("b1: Saved 37.5%")
    expect(state(tab, "b1")).to_contain_text("Saved")
    again = opened_again(tab, live_server)
    expect(again.locator('[name="a1-option"][value="SOME"]')).to_be_checked()
    expect(again.locator('[name="a1-consent"]')).to_be_checked()
    expect(again.locator("[data-panel]")).to_contain_text("2 of 4 answered; 50% without an answer")
    assert stored() == {"a1": "SOME", "b1": "YES"}


def test_evidence_is_typed_and_a_second_piece_added(tab: Page) -> None:
    tab.locator("#q-a1 summary").click()
    tab.locator("#a1-title-1").fill("Immigration Act")
    tab.locator("#q-a1 [data-add]").click()
    tab.get_by_label("Kind").nth(1).select_option("link")
    expect(state(tab, "a1")).to_contain_text("Saved")
    tab.locator("#a1-url-2").fill("nowhere")
    expect(state(tab, "a1")).to_contain_text("An address begins with https:// or http://.")
    tab.locator("#a1-url-2").fill("https://example.org/policy")
    expect(state(tab, "a1")).to_contain_text("Saved")
    expect(tab.locator(".save-state.is-bad")).to_have_count(0)
    tab.reload()
    assert [piece.title or piece.url for piece in Answer.objects.get().pieces] == [
        "Immigration Act", "https://example.org/policy",
    ]  # fmt: skip


def test_what_could_not_be_sent_is_kept_and_sent_when_one_comes_back(tab: Page, live_server: LiveServer) -> None:
    tab.context.set_offline(True)
    tab.locator('[name="a1-option"][value="ALL"]').check()
    expect(state(tab, "a1")).to_have_text(NO_MORE)
    tab.locator("#q-a2 summary").click()
    tab.locator("#a2-note").fill("The Act is being amended.")
    expect(state(tab, "a2")).to_have_text(NO_MORE)
    assert stored() == {}
    context = tab.context
    tab.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(live_server.url + PATH)
    expect(again.locator('[name="a1-option"][value="ALL"]')).to_be_checked()
    expect(state(again, "a1")).to_contain_text("Saved", timeout=15_000)
    expect(state(again, "a2")).to_contain_text("Saved", timeout=15_000)
    assert stored() == {"a1": "ALL", "a2": None}
    assert Answer.objects.get(question__code="a2").note == "The Act is being amended."
    assert again.evaluate("localStorage.length") == 0


def test_leaving_with_something_unsent_warns(tab: Page) -> None:
    tab.context.set_offline(True)
    tab.locator('[name="a1-option"][value="ALL"]').check()
    expect(state(tab, "a1")).to_have_text(NO_MORE)
    asked: list[str] = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    tab.close(run_before_unload=True)
    tab.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    tab.context.set_offline(False)
    expect(state(tab, "a1")).to_contain_text("Saved")


@pytest.mark.parametrize(("chosen", "stands"), [("Keep theirs", "NO"), ("Use mine", "ALL")])
def test_of_two_people_the_second_sees_both_and_chooses(
    tab: Page, submission: Submission, chosen: str, stands: str
) -> None:
    answer(submission, accounts.make_account("lead_focal_point"), a1=Said("NO", "By the decree."))
    tab.locator('[name="a1-option"][value="ALL"]').check()
    clash = tab.locator("#q-a1 [data-clash]")
    expect(clash).to_contain_text("lead focal point answered a1")
    expect(clash).to_contain_text("By the decree.")
    assert stored() == {"a1": "NO"}
    assert violations(tab) == []
    clash.get_by_role("button", name=chosen).click()
    expect(state(tab, "a1")).to_contain_text("Saved")
    expect(clash).to_be_empty()
    expect(tab.locator(f'[name="a1-option"][value="{stands}"]')).to_be_checked()
    assert stored() == {"a1": stands}


def test_when_the_session_has_ended_nothing_is_lost(tab: Page, live_server: LiveServer, person: User) -> None:
    tab.context.clear_cookies(name="sessionid")
    tab.locator('[name="a1-option"][value="ALL"]').check()
    expect(state(tab, "a1")).to_contain_text("your session has ended")
    signed_in(tab.context, live_server, person)
    expect(state(tab, "a1")).to_contain_text("Saved", timeout=10_000)
    assert stored() == {"a1": "ALL"}


def violations(page: Page) -> list[str]:
    return [found["id"] for found in Axe().run(page, options=CAREFUL).response["violations"]]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_violation_and_no_sideways_scroll(tab: Page, width: int, scheme: Any) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme=scheme)
    tab.locator("#q-a1 summary").click()
    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_works_without_scripts(
    browser: Browser, live_server: LiveServer, person: User, submission: Submission
) -> None:
    context = browser.new_context(java_script_enabled=False)
    signed_in(context, live_server, person)
    page = context.new_page()
    page.goto(f"{live_server.url}{PATH}?section=A")
    page.locator('[name="a1-option"][value="ALL"]').check()
    page.get_by_role("button", name="Save, then: Section B").click()
    expect(page.get_by_text("1 answer was saved.")).to_be_visible()
    expect(page.get_by_role("heading", name="Section B")).to_be_visible()
    context.close()
    assert stored() == {"a1": "ALL"}
