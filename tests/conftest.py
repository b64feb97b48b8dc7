"""What all tests share: settings for tests, the database, the publishers' files."""

import os
from pathlib import Path

import django
import pytest
from django.conf import settings

from idm import devdb

# Set before anything reads the settings; Django's test runner turns DEBUG off again.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idm.settings")
os.environ["DEBUG"] = "1"
django.setup()


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Before the test database is made: start the server it is made in."""
    if devdb.url() == settings.DATABASE_URL:
        devdb.start()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the publishers' own files (SDG_SHARED)."""
    if not (settings.SDG_SHARED / "data").is_dir():
        pytest.skip(f"the publishers' files are not at {settings.SDG_SHARED} (set SDG_SHARED)")
    return Path(settings.SDG_SHARED)
