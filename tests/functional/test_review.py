"""Journeys at the reviewers' desk in a real browser: from what a country handed in to its published figures."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from sdg_targets.actions.comments import comment
from sdg_targets.actions.country_comments import take_comment_step
from sdg_targets.actions.early_access import grant_early_access
from sdg_targets.actions.publishing import publish, set_publication
from sdg_targets.actions.submissions import reopen, submit
from sdg_targets.domain.country_comments import CommentStep
from sdg_targets.models import Comment, Observation, Submission
from tests.factories.comments import propose
from tests.factories.submissions import accept_all, approved, enter
from tests.functional.reviewing import EXPLAINED, handed_in, in_a_week, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: What must hold by WCAG 2.2, levels A and AA.
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def shot(page: Page, name: str) -> None:
    """A picture of the whole page where the environment asks for them (SHOTS=folder)."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_what_a_country_handed_in_is_accepted_published_and_seen_on_its_page(
    page: Page, live_server: LiveServer, focal_point: Any, reviewer: Any
) -> None:
    handed_in(focal_point)
    sign_in(page, live_server, reviewer)
    page.goto(f"{live_server.url}/review/")
    page.get_by_role("link", name="Kenya").click()
    page.get_by_role("button", name="Accept SI_RMT_COST, 2014, Total").click()
    expect(page.locator("tr", has_text="2014").first.get_by_text("Accepted")).to_be_visible()
    page.get_by_label("Choose SI_RMT_COST, 2015, Total").check()
    page.get_by_label("Choose SI_RMT_COST, 2016, Total").check()
    page.get_by_role("button", name="Accept", exact=True).last.click()
    expect(page.get_by_role("status")).to_contain_text("2 values accepted.")
    page.get_by_role("button", name="Accept 3 values for publication").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing is public yet")
    shot(page, "approved")
    assert not Observation.objects.filter(dataset__area__code="KEN").exists()
    form = page.locator("form", has=page.get_by_role("heading", name="Publish now"))
    form.get_by_label("Public note").fill("First national figures on the cost of remittances.")
    form.get_by_role("button", name="Publish now").click()
    expect(page.get_by_role("status")).to_contain_text("Published.")
    page.get_by_role("link", name="The country’s page").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"12\.75"))
    shot(page, "country")
    page.get_by_role("link", name="History of national figures").click()
    page.get_by_role("link", name="Round 2026").click()
    expect(page.locator("main")).to_contain_text("First national figures on the cost of remittances.")
    page.get_by_role("link", name="SI_RMT_COST 2016").click()
    expect(page.locator("main")).to_contain_text("stands today")
    shot(page, "history")


def test_what_is_returned_is_answered_corrected_and_accepted(
    page: Page, live_server: LiveServer, focal_point: Any, reviewer: Any
) -> None:
    submission = handed_in(focal_point)
    sign_in(page, live_server, reviewer)
    page.goto(f"{live_server.url}/review/{submission.pk}/")
    row = page.locator("tr", has_text="2016").first
    row.get_by_text("Ask or comment").click()
    row.get_by_label("Question or comment").fill("Is this for sending 200 dollars?")
    row.get_by_role("button", name="Query this value").click()
    expect(page.locator("tr", has_text="2016").first.get_by_text("Queried")).to_be_visible()
    form = page.locator("form", has=page.get_by_role("heading", name="Return with comments"))
    form.get_by_role("button", name="Return to the country").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    form.get_by_label("Comment").fill("One question on 2016.")
    form.get_by_role("button", name="Return to the country").click()
    expect(page.get_by_role("status")).to_contain_text("Returned.")
    submission.refresh_from_db()
    enter(
        submission,
        focal_point,
        "9.5",
        of="2016",
        source="Central Bank of Kenya, survey of remittances",
        explanation=EXPLAINED,
    )
    asked = Comment.objects.get(cell__period__code="2016")
    comment(submission=submission, by=focal_point, text="It was for 100; corrected.", answers=asked)
    page.reload()
    expect(page.locator("main")).to_contain_text("12.75")  # as it was handed in
    expect(page.locator("main")).not_to_contain_text("9.5")
    shot(page, "returned")
    submit(submission=submission, by=focal_point)
    page.reload()
    expect(page.locator("main")).to_contain_text("It was for 100; corrected.")
    row = page.locator("tr", has_text="2016").first
    row.get_by_role("button", name="Settle").click()
    expect(page.get_by_role("status")).to_contain_text("Settled")
    page.get_by_role("button", name="Accept all 3 values without findings").click()
    expect(page.get_by_role("button", name="Accept 3 values for publication")).to_be_visible()


def test_a_page_that_is_no_longer_so_is_refused_and_says_so(
    page: Page, live_server: LiveServer, focal_point: Any, reviewer: Any
) -> None:
    submission = handed_in(focal_point)
    accept_all(submission, reviewer)
    sign_in(page, live_server, reviewer)
    page.goto(f"{live_server.url}/review/{submission.pk}/")
    Submission.objects.filter(pk=submission.pk).update(state="returned")
    submission.refresh_from_db()
    enter(submission, focal_point, "20", of="2016", explanation=EXPLAINED)
    submit(submission=submission, by=focal_point)
    page.get_by_role("button", name="Accept 3 values for publication").click()
    expect(page.get_by_role("alert")).to_contain_text("A value has changed since you looked at it.")
    assert Submission.objects.get().state == "submitted"


def test_a_submission_is_reviewed_with_the_keyboard_alone(
    page: Page, live_server: LiveServer, focal_point: Any, reviewer: Any
) -> None:
    submission = handed_in(focal_point)
    sign_in(page, live_server, reviewer)
    page.goto(f"{live_server.url}/review/{submission.pk}/")
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.review-choice')"):
            break
    for key, label in (("j", "2015"), ("ArrowDown", "2016"), ("k", "2015"), ("ArrowUp", "2014")):
        page.keyboard.press(key)
        expect(page.get_by_label(f"Choose SI_RMT_COST, {label}, Total")).to_be_focused()
    for year in ("2014", "2015"):
        page.keyboard.press("a")
        expect(page.locator("tr.is-accepted", has_text=year).first).to_be_visible()
    expect(page.get_by_label("Choose SI_RMT_COST, 2016, Total")).to_be_focused()
    page.keyboard.press("q")
    page.keyboard.type("Which amount is this for?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("tr.is-queried", has_text="2016").first).to_be_visible()
    assert Comment.objects.get().text == "Which amount is this for?"


def test_without_scripts_every_deed_is_a_button(
    browser: Any, live_server: LiveServer, focal_point: Any, reviewer: Any
) -> None:
    submission = handed_in(focal_point)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, reviewer)
    page.goto(f"{live_server.url}/review/{submission.pk}/")
    page.get_by_role("button", name="Accept SI_RMT_COST, 2014, Total").click()
    expect(page.get_by_role("status")).to_contain_text("1 value accepted.")
    page.get_by_role("button", name="Accept all 2 values without findings").click()
    page.get_by_role("button", name="Accept 3 values for publication").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing is public yet")
    context.close()


def everything(focal_point: Any, reviewer: Any, reader: Any) -> dict[str, str]:
    """A page of each kind with something on it, by a name for its picture."""
    done = publish(submission=approved(focal_point, reviewer, of=handed_in(focal_point)), by=reviewer, note="First.")
    revised = reopen(submission=done, by=focal_point, reason="error", note="A slip in 2015.")
    enter(
        revised, focal_point, "9.2", of="2015", source="Central Bank of Kenya", note="Corrected.", explanation=EXPLAINED
    )
    enter(revised, focal_point, "93", of="2016", source="Central Bank of Kenya", explanation=EXPLAINED)
    waiting = submit(submission=revised, by=focal_point)
    cell = waiting.cells.get(period__code="2016")
    comment(submission=waiting, by=reviewer, text="Ninety-three per cent?", cell=cell)
    comment(submission=waiting, by=focal_point, text="We look at it.", cell=cell)
    made = propose(focal_point, text="The custodian’s survey leaves out mobile money, which most senders use.")
    take_comment_step(comment=made, step=CommentStep.ACCEPT, by=reviewer)
    propose(focal_point, of=None, text="The corridor with Uganda is missing.", figure=False)
    return {
        "queue": "/review/", "detail": f"/review/{waiting.pk}/", "detail-done": f"/review/{done.pk}/",
        "desk-comments": "/review/comments/", "calendar": "/calendar/", "comments": "/comments/",
        "country": "/countries/KEN/", "indicator": "/indicators/10.c.1/", "data": "/data/?area=KEN",
        "history": "/countries/KEN/history/?revision=" + str(done.revision_id),
        "value": "/countries/KEN/history/?series=SI_RMT_COST&period=2016&breakdown=_T",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("width", "theme", "prefix"), [(1280, "light", ""), (1280, "dark", "/fr"), (360, "light", "/es"), (360, "dark", "")]
)
def test_the_pages_fit_their_window_and_are_accessible(
    page: Page,
    live_server: LiveServer,
    focal_point: Any,
    reviewer: Any,
    outsider: Any,
    width: int,
    theme: Any,
    prefix: str,
) -> None:
    pages = everything(focal_point, reviewer, outsider)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    sign_in(page, live_server, reviewer)
    found = look_at(page, live_server, {name: prefix + path for name, path in pages.items()}, width, theme)
    sign_in(page, live_server, focal_point)
    found += look_at(page, live_server, {"team-comments": f"{prefix}/comments/KEN/"}, width, theme)
    submission = Submission.objects.get(state="submitted")
    accept_all(submission, reviewer)
    embargoed = approved(focal_point, reviewer, of=submission)
    set_publication(submission=embargoed, by=reviewer, at=in_a_week())
    grant_early_access(submission=embargoed, user=outsider, by=reviewer)
    sign_in(page, live_server, outsider)
    early = {"early-list": f"{prefix}/early/", "early": f"{prefix}/early/{embargoed.pk}/"}
    found += look_at(page, live_server, early, width, theme)
    sign_in(page, live_server, reviewer)
    embargo = {"detail-approved": f"{prefix}/review/{embargoed.pk}/", "calendar-coming": f"{prefix}/calendar/"}
    found += look_at(page, live_server, embargo, width, theme)
    assert found == []


def look_at(page: Page, live_server: LiveServer, pages: dict[str, str], width: int, theme: str) -> list[str]:
    """What does not fit or breaks a rule on some pages; a picture of each where they are asked for."""
    found = []
    for name, path in pages.items():
        page.goto(f"{live_server.url}{path}")
        shot(page, f"{name}-{width}-{theme}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{name} is wider than {width}")
        report = Axe().run(page, options=RULES)
        found += [
            f"{name}: {broken['id']} at {node['target']}"
            for broken in report.response["violations"]
            for node in broken["nodes"]
        ]
    return found
