"""A real browser draws the charts under the strict policy: map, lines, dots, the year slider, light and dark."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from sdg_targets.models import MigrationProfile
from tests.factories.catalogue import make_area, make_dataset, make_series
from tests.factories.observations import row, write_rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def figures(settings: Any, tmp_path: Path) -> None:
    settings.CHART_CACHE = tmp_path
    call_command("build_vega")
    for code in ("KEN", "UGA", "FRA", "TUV", "BRA", "001"):
        make_area(code)
    make_dataset()
    make_series()
    MigrationProfile.objects.update(may_map=True, may_trend=True, may_compare_countries=True)
    write_rows(
        [row("KEN", str(year), str(year - 2005)) for year in (2011, 2015, 2016)]
        + [row(area, "2016", str(n + 3)) for n, area in enumerate(("UGA", "FRA", "TUV", "BRA"))]
    )


def drawn(page: Page, name: str) -> Any:
    chart = page.locator(f"#chart-{name}")
    chart.scroll_into_view_if_needed()
    expect(chart).to_have_attribute("data-drawn", "yes", timeout=20_000)
    return chart


def test_every_chart_is_drawn_and_the_policy_holds(page: Page, live_server: LiveServer) -> None:
    answer = page.goto(f"{live_server.url}/indicators/10.c.1/?areas=KEN")
    assert answer is not None and "unsafe" not in answer.headers["content-security-policy"]
    for name in ("map", "lines", "spread"):
        chart = drawn(page, name)
        assert chart.locator("svg path").count() > 5
        expect(chart.locator(".chart-image")).to_be_hidden()
    assert page.locator("#chart-map pattern").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_slider_shows_a_year_s_own_figures_and_goes_back_to_the_newest(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/indicators/10.c.1/")
    drawn(page, "map")
    slider = page.get_by_role("slider", name="Year")
    dots = page.locator("#chart-map .chart-stage:not([hidden]) path[aria-roledescription='circle'][fill^='rgb']")
    before = dots.count()
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator(".chart-year output")).to_have_text("2011", timeout=20_000)
    expect(slider).to_have_attribute("aria-valuetext", "2011")
    expect(page.locator("#chart-map ~ .chart-tools a").first).to_have_attribute("href", re.compile("period=2011"))
    assert dots.count() < before, "Tuvalu has no figure in 2011"
    page.keyboard.press("End")
    expect(page.locator(".chart-year output")).to_have_text("newest of each")
    assert dots.count() == before


def test_colours_follow_the_dark_theme(page: Page, live_server: LiveServer) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{live_server.url}/indicators/10.c.1/?areas=KEN")
    chart = drawn(page, "lines")
    assert chart.locator("path[stroke='rgb(108, 195, 238)']").count() == 1


def test_a_chart_that_is_drawn_anew_several_times_at_once_stands_in_the_end(
    page: Page, live_server: LiveServer
) -> None:
    """Each drawing once took the other's away when they overlapped, and nothing was left."""
    page.goto(f"{live_server.url}/indicators/10.c.1/?areas=KEN")
    chart = drawn(page, "map")
    page.evaluate("for (let n = 0; n < 4; n++) document.dispatchEvent(new CustomEvent('theme:changed'))")
    page.wait_for_timeout(1500)
    expect(chart.locator(".chart-stage:not([hidden]) svg")).to_have_count(1)
    assert chart.bounding_box()["height"] > 300


def test_on_a_phone_the_drawing_is_narrow_and_its_names_are_in_the_legend(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{live_server.url}/indicators/10.c.1/?areas=KEN")
    chart = drawn(page, "lines")
    expect(page.locator("#chart-lines ~ .legend")).to_be_visible()
    assert chart.locator("svg text", has_text="Kenya").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
