"""An importer's way with a file that has errors: upload, read, download, give codes a meaning, check again, apply."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from idm.accounts.demo import PASSWORD
from idm.catalogues import CHECKOUT
from sdg_targets.models import Observation, Upload
from tests.factories import accounts, make_catalogue, observe
from tests.functional.test_pages import RULES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
#: The parts of a page that are ours; the rest of it is Django's.
OURS = ".upload-state, .table-module, .facts, .deeds"
#: Without the copies of style sheets that Axe would put into the page, against its policy.
CAREFUL = RULES | {"preload": False}
CELLS = [
    *((2000 + n, "7.5", "PT", "C") for n in range(12)),
    *((2000 + n, "7.5", "PCT", "C") for n in range(8)),
    *((2000 + n, "n.a.", "PT", "C") for n in range(7)),
    (2015, "6.1", "PT", "Z"),
    (2100, "5", "PT", "C"),
]


def publishers_file(folder: Path) -> Path:
    """A file such as UNSD's, in which a unit and a nature have no meaning here and other rows break rules."""
    cells = [dict(zip(("timePeriod", "value_detail", "unitsCode", "natureCode"), cell, strict=True)) for cell in CELLS]
    content = {
        "seriesCode": "SI_RMT_COST",
        "release": "2019.Q3.G.01",
        "refAreas": [{"geoAreaCode": "404", "data": cells}],
    }
    path = folder / "Indicator_10.c.1__Series_SI_RMT_COST.json"
    path.write_text(json.dumps(content))
    return path


@pytest.fixture
def importer(tmp_path: Path, settings: Any, page: Page, live_server: LiveServer) -> Page:
    """The tab of an importer who has signed in."""
    settings.UPLOADS = tmp_path / "uploads"
    make_catalogue()
    observe("KEN", "2001", "7.4")
    person = accounts.make_account("importer")
    person.set_password(PASSWORD)
    person.save()
    page.goto(f"{live_server.url}/account/login/?next=/admin/")
    page.locator("#id_login").fill(person.email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/admin/")
    return page


def let_the_worker_work(folder: Path) -> None:
    """The worker, until nothing is left to do."""
    name, host = connection.settings_dict["NAME"], connection.settings_dict["HOST"].replace("/", "%2F")
    environment = {"DATABASE_URL": f"postgresql://idm@{host}/{name}", "UPLOADS": str(folder)}
    command = [sys.executable, "manage.py", "db_worker", "--batch", "--interval", "0", "--no-startup-delay"]
    subprocess.run(command, cwd=CHECKOUT, env=os.environ | environment, capture_output=True, check=True)


def upload(page: Page, live_server: LiveServer, file: Path) -> Upload:
    page.goto(f"{live_server.url}/admin/sdg_targets/upload/")
    page.get_by_role("link", name="Upload a file").click()
    page.get_by_label("Dataset").select_option(label="Global SDG Indicators Database")
    page.get_by_label("Origin").fill("https://unstats.un.org")
    page.locator("#id_file").set_input_files(file)
    page.get_by_role("button", name="Upload and check").click()
    expect(page.locator("#progress")).to_contain_text("Waiting for its turn")
    return Upload.objects.latest("pk")


def test_a_file_with_errors_is_read_about_put_right_and_applied(
    importer: Page, live_server: LiveServer, tmp_path: Path, settings: Any
) -> None:
    page = importer
    made = upload(page, live_server, publishers_file(tmp_path))
    let_the_worker_work(settings.UPLOADS)
    expect(page.locator(".state")).to_have_text("Checked, nothing written yet", timeout=20_000)  # by itself
    row = page.locator(".row-counts dd")
    assert row.all_inner_texts() == ["11", "1", "0", "0", "0", "17", "29", "0"]
    change = page.locator("[aria-labelledby=changes] tbody tr").first
    expect(change).to_have_text("SI_RMT_COSTKEN2001_Trevised7.47.5")
    refused = page.locator("tr.rule")
    assert [text.split()[0] for text in refused.all_inner_texts()] == ["R01", "R02", "V04"]
    expect(refused.first).to_contain_text("Each code of the file has a meaning here. 9 rows")

    with page.expect_download() as download:
        page.get_by_role("link", name="Download all refusals (CSV)").click()
    lines = list(csv.DictReader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert len(lines) == 17
    assert {line["place"] for line in lines if line["rule"] == "V04"} == {"refAreas[0].data[28]"}

    page.get_by_role("link", name="Say what it means (unit PCT)").click()
    assert page.get_by_label("Code of the provider").input_value() == "PCT"
    page.get_by_label("Code:", exact=True).fill("PCTT")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errorlist").last).to_contain_text("Right would be, for example: PT")
    page.get_by_label("Code:", exact=True).fill("PT")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_url(f"{live_server.url}/admin/sdg_targets/upload/{made.pk}/change/")

    page.get_by_role("button", name="Check again").click()
    expect(page.locator("#progress")).to_be_visible()
    let_the_worker_work(settings.UPLOADS)
    expect(page.locator(".state")).to_have_text("Checked, nothing written yet", timeout=20_000)
    assert row.all_inner_texts() == ["11", "1", "0", "8", "0", "9", "29", "0"]
    assert Observation.objects.current().count() == 1

    page.get_by_role("button", name="Apply").click()
    let_the_worker_work(settings.UPLOADS)
    expect(page.locator(".state")).to_have_text("Applied", timeout=20_000)
    assert Observation.objects.current().count() == 12
    page.get_by_role("link", name="The record of the import").click()
    expect(page.get_by_role("heading", name="What became of the rows")).to_be_visible()


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_the_pages_of_an_upload_fit_their_window_and_are_accessible(
    importer: Page, live_server: LiveServer, tmp_path: Path, settings: Any, width: int, theme: Any
) -> None:
    page = importer
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    made = upload(page, live_server, publishers_file(tmp_path))
    let_the_worker_work(settings.UPLOADS)
    expect(page.locator(".state")).to_have_text("Checked, nothing written yet", timeout=20_000)
    record = Upload.objects.get(pk=made.pk).tried
    assert record is not None
    own = f"upload/{made.pk}"
    addresses = ("upload/", "upload/add/", f"{own}/change/", f"{own}/discard/", f"import/{record.pk}/change/")
    found = []
    for number, address in enumerate(addresses):
        page.goto(f"{live_server.url}/admin/sdg_targets/{address}")
        if shots := os.environ.get("SHOTS"):
            page.screenshot(path=f"{shots}/{number}-{width}-{theme}.png", full_page=True)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{address} is wider than {width}")
        if page.locator(OURS).count():
            broken = Axe().run(page, OURS, options=CAREFUL).response["violations"]
            found += [f"{address}: {rule['id']} at {node['target']}" for rule in broken for node in rule["nodes"]]
    assert found == []
