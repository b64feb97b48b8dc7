"""Every public page in a real browser with the shipped figures: it fits, it is readable by everybody, it is light."""

import gzip
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = [
    "/", "/goals/", "/goals/10/", "/targets/10.7/", "/targets/1.1/", "/indicators/", "/indicators/10.7.2/",
    "/indicators/10.c.1/?areas=KEN,UGA", "/indicators/10.7.1/", "/indicators/8.8.2/", "/countries/", "/countries/KEN/",
    "/countries/VAT/", "/areas/001/", "/data/", "/data/?area=KEN&indicator=10.c.1", "/data/?area=nowhere", "/releases/",
    "/releases/2020-10/?series=BX_TRF_PWKR", "/coverage/",
    "/coverage/?group=LDC", "/coverage/?indicator=10.7.2", "/coverage/?area=KEN", "/coverage/?state=xx", "/sources/",
    "/sources/UNSD-SDG/", "/rules/", "/partners/", "/partners/iom/", "/about/", "/api/", "/search/?q=kenya", "/search/?q=xyzzy",
    "/nothing/",
]  # fmt: skip
#: What must hold by WCAG 2.2, levels A and AA.
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
#: Bytes on the wire at first paint, without what the script fetches afterwards.
LIGHT_ENOUGH = 150_000


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (360, "dark")])
def test_every_page_fits_its_window_and_is_accessible(page: Page, newcomer: LiveServer, width: int, theme: Any) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found = []
    for prefix in ("", "/fr", "/es"):
        for path in PAGES:
            page.goto(f"{newcomer.url}{prefix}{path}" if path != "/api/" else f"{newcomer.url}{path}")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{prefix}{path} is wider than {width}")
            report = Axe().run(page, options=RULES)
            found += [
                f"{prefix}{path}: {broken['id']} at {node['target']}"
                for broken in report.response["violations"]
                for node in broken["nodes"]
            ]
    assert found == []


def test_a_first_look_is_light_and_asks_no_other_host(page: Page, newcomer: LiveServer) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/indicators/10.c.1/", "/countries/KEN/", "/data/", "/coverage/", "/coverage/?group=LDC"):
        asked.clear()
        page.goto(f"{newcomer.url}{path}")
        page.wait_for_load_state("networkidle")
        files = {address for address in asked if not address.startswith("data:")}
        assert all(address.startswith(newcomer.url) for address in files), path
        first = [address for address in files if not any(late in address for late in ("vega", "world.json"))]
        assert 1 < len(first) < 25
        assert sum(on_the_wire(page, address) for address in first) < LIGHT_ENOUGH, path


def on_the_wire(page: Page, address: str) -> int:
    """Bytes of an answer as a server that compresses sends them."""
    answer = page.request.get(address)
    body = answer.body()
    return len(body) if "font" in answer.headers.get("content-type", "") else len(gzip.compress(body))


def test_without_scripts_images_tables_and_forms_remain(browser: Browser, newcomer: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(f"{newcomer.url}/indicators/10.c.1/")
    assert tab.locator(".chart-image img").count() == 3
    for image in tab.locator(".chart-image img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", value=True)
    assert tab.locator("#table tbody tr").count() > 100
    tab.get_by_label("Countries over time").fill("KEN, UGA")
    tab.get_by_role("button", name="Show").click()
    assert "areas=KEN" in tab.url
    alt = "Lines for Kenya, Uganda, 2011 to 2018; the table below has every value."
    expect(tab.locator("#chart-lines img")).to_have_attribute("alt", alt)
    context.close()


def test_the_keyboard_reaches_the_content_first_and_the_menu_on_a_phone(page: Page, newcomer: LiveServer) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(newcomer.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.locator("summary", has_text="Menu").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Countries", exact=True)).to_be_visible()
