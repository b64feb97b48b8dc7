"""``manage.py settle_uploads``: work that nobody does is said to be interrupted, and told; else it is silent."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from sdg_targets.models import Upload, UploadState
from tests.factories import make_catalogue
from tests.factories.uploads import make_upload, own_csv

pytestmark = pytest.mark.django_db


def run() -> str:
    out = io.StringIO()
    call_command("settle_uploads", stdout=out)
    return out.getvalue()


def test_what_was_interrupted_is_told_once(tmp_path: Path, settings: Any) -> None:
    settings.UPLOADS = tmp_path / "uploads"
    make_catalogue()
    upload = make_upload(own_csv("KEN,2015,_T,5"))
    assert run() == ""
    Upload.objects.update(state=UploadState.APPLYING)
    assert run() == f"Upload {upload.pk} (figures.csv) was interrupted; nothing of it was written.\n"
    assert run() == ""
