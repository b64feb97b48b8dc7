"""What the tests in a real browser share: a server that gives style sheets and scripts, and the shipped figures."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test.utils import override_settings
from pytest_django.live_server_helper import LiveServer

from tests.factories.shipped import load_shipped


@pytest.fixture(scope="module")
def live_server() -> Iterator[LiveServer]:
    """A server that also gives style sheets and scripts, as they stand in the tree: a page is nothing without them."""
    with override_settings(WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True):
        server = LiveServer("localhost:0")
        yield server
        server.stop()


@pytest.fixture(scope="module")
def newcomer(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """The program as a first start leaves it, served: catalogue, areas, partners and the four publications.

    Loaded once for a module, whose tests only read; named apart from ``live_server``, which empties the database after
    every test.
    """
    files = {"WHITENOISE_USE_FINDERS": True, "WHITENOISE_AUTOREFRESH": True}
    with django_db_blocker.unblock(), override_settings(**files, CHART_CACHE=tmp_path_factory.mktemp("charts")):
        call_command("build_vega")
        load_shipped()
        server = LiveServer("localhost:0")
        yield server
        server.stop()
        call_command("flush", interactive=False, verbosity=0)
