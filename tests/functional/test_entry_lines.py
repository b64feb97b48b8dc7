"""Bad lines, restarts, ended sessions and two people at once: nothing that was typed is lost, nothing overwritten in silence."""

from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Route, expect
from pytest_django.live_server_helper import LiveServer

from idm.accounts.models import User
from sdg_targets.models import Cell, CellVersion, Submission
from tests.factories.submissions import enter, make_submission
from tests.functional.entry_desk import all_is_sent, field, is_saved, open_grid, seat, sit_down, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def submission(focal_point: User) -> Submission:
    return make_submission(focal_point)


@pytest.fixture
def desk(
    browser: Browser, live_server: LiveServer, focal_point: User, submission: Submission
) -> Iterator[BrowserContext]:
    context = seat(browser, live_server, focal_point)
    yield context
    context.close()


def values() -> dict[str, str]:
    """What the server has, by period."""
    return {
        cell.period.code: f"{cell.value:f}" for cell in Cell.objects.select_related("period").filter(is_empty=False)
    }


def test_without_a_line_values_are_kept_and_sent_when_it_is_back(desk: BrowserContext, live_server: LiveServer) -> None:
    page = open_grid(desk, live_server)
    desk.set_offline(True)
    write(page, "2014", "8.4")
    write(page, "2015", "8.5")
    expect(page.locator("[data-save-state]")).to_contain_text("2 values not saved yet")
    assert values() == {}
    desk.set_offline(False)
    is_saved(page)
    assert values() == {"2014": "8.4", "2015": "8.5"}


def test_a_closed_tab_warns_and_what_it_held_is_sent_by_the_next(desk: BrowserContext, live_server: LiveServer) -> None:
    page = open_grid(desk, live_server)
    desk.set_offline(True)
    write(page, "2014", "8.4")
    expect(page.locator("[data-save-state]")).to_contain_text("not saved yet")
    warned: list[str] = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert warned == ["beforeunload"]
    desk.set_offline(False)
    again = open_grid(desk, live_server)
    is_saved(again)
    assert values() == {"2014": "8.4"}
    all_is_sent(again)


def test_while_the_server_is_away_values_wait_and_an_answer_that_was_lost_makes_no_second_version(
    desk: BrowserContext, live_server: LiveServer
) -> None:
    page = open_grid(desk, live_server)
    tries: list[str] = []

    def away(route: Route) -> None:
        if route.request.method != "POST" or len(tries) >= 2:
            route.continue_()
        elif not tries:
            tries.append("away")
            route.fulfill(status=502, body="Bad gateway")
        else:  # the server writes it, and goes down before its answer arrives
            tries.append("lost")
            route.fetch()
            route.abort()

    page.route("**/cells/", away)
    write(page, "2014", "8.4")
    expect(page.locator("[data-save-state]")).to_contain_text("does not answer")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "saved", timeout=20_000)
    assert tries == ["away", "lost"]
    assert values() == {"2014": "8.4"}
    assert CellVersion.objects.count() == 1


def test_after_the_end_of_a_session_one_signs_in_again_and_nothing_is_lost(
    desk: BrowserContext, live_server: LiveServer, focal_point: User
) -> None:
    page = open_grid(desk, live_server)
    Session.objects.all().delete()
    write(page, "2014", "8.4")
    expect(page.get_by_role("link", name="Sign in in a new tab")).to_be_visible()
    assert values() == {}
    sit_down(desk, live_server, focal_point)
    page.evaluate("dispatchEvent(new Event('focus'))")
    is_saved(page)
    assert values() == {"2014": "8.4"}


def test_what_one_person_typed_is_not_sent_for_another(
    desk: BrowserContext, live_server: LiveServer, lead_focal_point: User
) -> None:
    page = open_grid(desk, live_server)
    sit_down(desk, live_server, lead_focal_point)
    desk.set_offline(True)
    write(page, "2014", "8.4")
    desk.set_offline(False)
    expect(page.locator("[data-save-state]")).to_contain_text("Somebody else is signed in now")
    other = open_grid(desk, live_server)
    expect(field(other, "2014")).to_have_value("")
    assert values() == {}


def test_two_people_in_one_cell_see_both_values_and_choose(
    desk: BrowserContext,
    live_server: LiveServer,
    submission: Submission,
    focal_point: User,
    lead_focal_point: User,
) -> None:
    page = open_grid(desk, live_server)
    enter(submission, lead_focal_point, "9", of="2014")
    enter(submission, lead_focal_point, "9.5", of="2015")
    write(page, "2014", "8.4")
    write(page, "2015", "8.5")
    box = page.locator("#clashes")
    expect(box).to_contain_text("2014: you wrote 8.4; lead focal point wrote 9 on")
    expect(box.get_by_role("button", name="Keep mine")).to_have_count(2)
    assert values() == {"2014": "9", "2015": "9.5"}
    box.locator("p", has_text="2014").get_by_role("button", name="Keep mine").click()
    expect(box.get_by_role("button", name="Keep mine")).to_have_count(1)
    box.locator("p", has_text="2015").get_by_role("button", name="Take the other").click()
    expect(box).to_be_hidden()
    expect(field(page, "2015")).to_have_value("9.5")
    is_saved(page)
    assert values() == {"2014": "8.4", "2015": "9.5"}
    history = CellVersion.objects.filter(cell__period__code="2014").order_by("version")
    assert [(f"{row.value:f}", row.by) for row in history] == [("9", lead_focal_point), ("8.4", focal_point)]


def test_a_submission_that_was_handed_in_meanwhile_takes_nothing_and_says_so(
    desk: BrowserContext, live_server: LiveServer, submission: Submission
) -> None:
    page = open_grid(desk, live_server)
    Submission.objects.update(state="submitted", submitted_at=submission.opened_at)
    write(page, "2014", "8.4")
    expect(page.locator("[data-save-state]")).to_contain_text("Nothing can be changed: the submission is “Submitted”")
    expect(field(page, "2014")).to_have_value("8.4")
    assert values() == {}
