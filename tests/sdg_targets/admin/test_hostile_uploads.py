"""Whatever is uploaded, the pages answer: a refusal in words, no server error, nothing stored, and no file left behind."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sdg_targets.models import Observation, UploadState
from tests.factories import hostile
from tests.sdg_targets.admin.uploading import page, press, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
#: Of the largest ones a part is enough here: the whole of each is given to the import itself in another test.
QUICK = ("a picture", "a web page", "NUL in a cell", "JSON that is cut", "gzip that is cut", "a tar archive of links")


Captured = Callable[..., AbstractContextManager[Any]]


def refused(client: Client, name: str, folder: Path, committed: Captured) -> None:
    content = hostile.FILES[name]()
    if not content:
        return  # a form does not take an empty file: that is tested beside
    upload = sent(client, content, name="given.csv")
    assert upload.state == UploadState.REFUSED
    text = page(client, upload)
    assert "The whole file was refused" in text and "Traceback" not in text
    assert not Observation.objects.exists()
    with committed(execute=True):
        press(client, upload, "discard")
    assert not any(folder.iterdir())


@pytest.mark.parametrize("name", QUICK)
def test_a_hostile_file_is_refused_on_its_page(
    name: str, client: Client, folder: Path, django_capture_on_commit_callbacks: Captured
) -> None:
    refused(client, name, folder, django_capture_on_commit_callbacks)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(hostile.FILES) - set(QUICK)))
def test_every_hostile_file_is_refused_on_its_page(
    name: str, client: Client, folder: Path, django_capture_on_commit_callbacks: Captured
) -> None:
    refused(client, name, folder, django_capture_on_commit_callbacks)
