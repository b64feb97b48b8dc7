"""Journeys at the reviewers' desk in a real browser: from what a country handed in to its published figures."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from sdg_targets.models import Observation
from tests.functional.reviewing import handed_in, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


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
    shot(page, "queue")
    page.get_by_role("link", name="Kenya").click()
    shot(page, "detail")
    page.get_by_role("button", name="Accept SI_RMT_COST, 2014, Total").click()
    expect(page.locator("tr", has_text="2014").get_by_text("Accepted")).to_be_visible()
    page.get_by_role("button", name="Accept all 2 values without findings").click()
    expect(page.get_by_role("status")).to_contain_text("2 values accepted.")
    shot(page, "accepted")
    page.get_by_role("button", name="Accept 3 values for publication").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing is public yet")
    shot(page, "approved")
    assert not Observation.objects.filter(dataset__area__code="KEN").exists()
    publish = page.locator("form", has=page.get_by_role("heading", name="Publish now"))
    publish.get_by_label("Public note").fill("First national figures on the cost of remittances.")
    publish.get_by_role("button", name="Publish now").click()
    expect(page.get_by_role("status")).to_contain_text("Published.")
    shot(page, "published")
    page.get_by_role("link", name="The country’s page").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"12\.75"))
    shot(page, "country")
