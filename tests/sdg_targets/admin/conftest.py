"""What the tests of uploads share: their folder, tasks that are done at once, an importer who has signed in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from idm.accounts.models import User
from sdg_targets.models import Dataset
from tests.factories import make_catalogue


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.UPLOADS = tmp_path / "uploads"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return tmp_path / "uploads"


@pytest.fixture
def dataset() -> Dataset:
    return make_catalogue()[0]


@pytest.fixture
def client(importer: User, dataset: Dataset, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(importer)
