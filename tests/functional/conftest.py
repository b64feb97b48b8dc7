"""What the tests in a real browser share: a server that gives style sheets and scripts, and the shipped figures."""

from collections.abc import Iterator
from pathlib import Path
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


@pytest.fixture
def newcomer(transactional_db: None, settings: Any, tmp_path: Path) -> None:
    """The program as a first start leaves it: catalogue, areas, partners and the four publications."""
    settings.CHART_CACHE = tmp_path
    call_command("build_vega")
    load_shipped()
