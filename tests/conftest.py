"""What all tests share: settings for tests, the database, the accounts, the publishers' files, a browser."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright

from idm import catalogues, devdb
from idm.prepare import make_folders

# Set before anything reads the settings; what a person's shell says about a server is not for tests.
os.environ["DJANGO_SETTINGS_MODULE"] = "idm.settings"
os.environ["DEMO"] = "1"
for name in (
    "DEBUG",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CSRF_TRUSTED_ORIGINS",
    "EMAIL_HOST",
    "OIDC_SERVER",
    "OIDC_CLIENT_ID",
):
    os.environ.pop(name, None)
# An empty folder, whatever `make run` collected: pages of tests use the files of the tree under their plain names.
static = catalogues.CHECKOUT / "var/test-static"
static.mkdir(parents=True, exist_ok=True)
os.environ["STATIC_ROOT"] = str(static)
os.environ["UPLOADS"] = str(catalogues.CHECKOUT / "var/test-uploads")
make_folders(catalogues.CHECKOUT / "var")
catalogues.compile_catalogues(catalogues.CHECKOUT / "locale")
django.setup()

# Models can be imported only now.
from tests.factories import accounts  # noqa: E402
from tests.factories.shipped import kept_for_a_module, load_shipped  # noqa: E402

if TYPE_CHECKING:
    from idm.accounts.models import User

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Before the test database is made (each test process its own): the server it is made in, held to the end."""
    # A thread that served a browser would keep its connection, and its database could not be dropped.
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
    if devdb.url() != settings.DATABASE_URL:
        yield
        return
    with devdb.cluster_of(devdb.CHECKOUT).used():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, without autovacuum, and at the end without sessions that would keep it from being dropped.

    Autovacuum counts the rows of a test that is not over as none, and what the test asks after it is planned for empty
    tables: a comparison that takes a second takes minutes.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"alter table {table} set (autovacuum_enabled = off)")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Every test begins in English: a page read in Spanish leaves Spanish behind in the thread."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the publishers' own files (SDG_SHARED)."""
    if not (settings.SDG_SHARED / "data").is_dir():
        pytest.skip(f"the publishers' files are not at {settings.SDG_SHARED} (set SDG_SHARED)")
    return Path(settings.SDG_SHARED)


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Everything that comes with the product, loaded once for a module and rolled back after it.

    Not for tests that commit, and not seen by other connections.
    """
    with kept_for_a_module(django_db_blocker, load_shipped):
        yield


@pytest.fixture(scope="module")
def shipped_catalogue(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Areas, catalogue, partners and datasets that come with the product, without the figures; as ``shipped``."""
    with kept_for_a_module(django_db_blocker, lambda: load_shipped(figures=False)):
        yield


# The accounts that run through all tests. Each fixture is a user; `sign_in(user)` is that user's client.


@pytest.fixture
def anonymous() -> Client:
    """The client of somebody without an account: the analyst."""
    return Client()


@pytest.fixture
def sign_in() -> "Callable[[User], Client]":
    """A function that gives the client of an account."""

    def client_of(user: "User") -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of


@pytest.fixture
def focal_point(db: None) -> "User":
    return accounts.make_account("focal_point")


@pytest.fixture
def lead_focal_point(db: None) -> "User":
    return accounts.make_account("lead_focal_point")


@pytest.fixture
def validator(db: None) -> "User":
    return accounts.make_account("validator")


@pytest.fixture
def reviewer(db: None) -> "User":
    return accounts.make_account("reviewer")


@pytest.fixture
def importer(db: None) -> "User":
    return accounts.make_account("importer")


@pytest.fixture
def catalogue_editor(db: None) -> "User":
    return accounts.make_account("catalogue_editor")


@pytest.fixture
def partner_editor(db: None) -> "User":
    return accounts.make_account("partner_editor")


@pytest.fixture
def report_writer(db: None) -> "User":
    return accounts.make_account("report_writer")


@pytest.fixture
def administrator(db: None) -> "User":
    return accounts.make_account("administrator")


@pytest.fixture
def outsider(db: None) -> "User":
    """Signed in, with no mandate."""
    return accounts.make_account(None)


@pytest.fixture(autouse=True)
def answered_before_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test with a server: wait for what it still answers, before all tables are emptied.

    A page that was closed may have asked for something that is not answered yet; its locks and the emptying of the tables
    then wait for each other.
    """
    if "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
                " and backend_type = 'client backend'"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.02)


# Real-browser tests: `page` is a fresh tab; use it with `live_server`.


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Debian's Chromium, started once; a test that needs it is skipped where there is none."""
    if CHROMIUM is None:
        missing = "no Chromium here: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    # Playwright keeps an event loop in this thread, and Django would refuse the tests' own queries beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    home = str(tmp_path_factory.mktemp("chromium"))
    environment = os.environ | {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, env=environment)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh tab of 1280 x 900; the test fails when a script fails or the content security policy is broken."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    tab = context.new_page()
    broken: list[str] = []
    tab.on("pageerror", lambda error: broken.append(str(error)))
    tab.on("console", lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None)
    yield tab
    context.close()
    assert broken == []
