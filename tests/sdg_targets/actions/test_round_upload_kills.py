"""A filled template whose program is killed at each step: all of it or nothing, and it can be gone on with after."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from sdg_targets.actions.round_upload_saving import apply_upload
from sdg_targets.actions.round_uploads import discard_old_uploads
from sdg_targets.models import Cell, CellVersion, Event, RoundUpload, RoundUploadLine, RoundUploadState, Submission
from tests.factories.filled import download, filled, give
from tests.factories.submissions import enter, make_round, make_submission

pytestmark = pytest.mark.django_db(transaction=True)

#: Does what a request does, and stands still after the step that is named.
PROGRAM = """
import os, sys
sys.path.insert(0, os.getcwd())
import django
django.setup()
from sdg_targets.actions import cells, round_upload_saving, round_uploads
from sdg_targets.models import RoundUpload, Submission
from idm.accounts.models import User
def stop(*args, **kwargs):
    done = real(*args, **kwargs)
    print("stopped", flush=True)
    sys.stdin.read()
    return done
deed, step, pk, by = sys.argv[1:5]
module, name = step.split(".")
real = getattr(globals()[module], name)
setattr(globals()[module], name, stop)
person = User.objects.get(pk=by)
if deed == "receive":
    with open(sys.argv[5], "rb") as stream:
        round_uploads.receive_filled(
            [stream.read()], submission=Submission.objects.get(pk=pk), file_name="x.xlsx", language="en", by=person
        )
else:
    round_upload_saving.apply_upload(upload=RoundUpload.objects.get(pk=pk), seen=1, by=person)
"""
RECEIVING = ["round_uploads.store", "round_uploads.read", "round_uploads.read_rows", "round_uploads._keep"]
SAVING = [
    "round_upload_saving.locked",
    "round_upload_saving._entries",
    "cells._write",
    "round_upload_saving.save_cells",
    "round_upload_saving.end_upload",
    "round_upload_saving.record_event",
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads" / "filled"


@pytest.fixture
def submission(focal_point: Any) -> Submission:
    """A submission with one value, of which a template is at hand."""
    made = make_submission(focal_point, of_round=make_round())
    enter(made, focal_point, "8.4", of="2014")
    return made


@pytest.fixture
def template(submission: Submission, focal_point: Any, sign_in: Any) -> bytes:
    """The template, filled in: one value changed, two new."""
    cells = {"2014": {"value": 6.5}, "2015": {"value": 7.25}, "2016": {"status": "L: Not collected"}}
    return filled(download(sign_in(focal_point)), cells)


def kill_after(deed: str, step: str, *given: Any) -> None:
    name, host = connection.settings_dict["NAME"], connection.settings_dict["HOST"].replace("/", "%2F")
    environment = {"DATABASE_URL": f"postgresql://idm@{host}/{name}", "DJANGO_SETTINGS_MODULE": "idm.settings"}
    uploads = str(RoundUpload().path.parent.parent)
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, deed, step, *map(str, given)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | environment | {"DEBUG": "1", "UPLOADS": uploads},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "stopped\n"
        process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("step", RECEIVING)
def test_a_file_whose_program_is_killed_on_its_way_in_leaves_nothing_that_anybody_sees(
    step: str, submission: Submission, template: bytes, focal_point: Any, sign_in: Any, tmp_path: Path, folder: Path
) -> None:
    path = tmp_path / "filled.xlsx"
    path.write_bytes(template)
    kill_after("receive", step, submission.pk, focal_point.pk, path)
    assert not RoundUpload.objects.exists() and not RoundUploadLine.objects.exists()
    assert [(str(cell.value), cell.version) for cell in Cell.objects.all()] == [("8.4", 1)]
    (left,) = folder.iterdir()
    os.utime(left, (0, 0))
    discard_old_uploads()
    assert list(folder.iterdir()) == []
    give(sign_in(focal_point), template)
    assert RoundUpload.objects.get().lines.count() == 3


@pytest.mark.parametrize("step", SAVING)
def test_a_save_that_is_killed_leaves_nothing_and_can_be_asked_for_again(
    step: str, submission: Submission, template: bytes, focal_point: Any, sign_in: Any, folder: Path
) -> None:
    client: Client = sign_in(focal_point)
    give(client, template)
    upload = RoundUpload.objects.get()
    kill_after("apply", step, upload.pk, focal_point.pk)
    upload.refresh_from_db()
    assert upload.state == RoundUploadState.SHOWN and len(list(folder.iterdir())) == 1
    assert CellVersion.objects.count() == 1 and not Event.objects.filter(step="upload").exists()
    assert not upload.lines.filter(saved=True).exists()
    assert apply_upload(upload=upload, seen=upload.compared, by=focal_point) == 3
    assert (Cell.objects.count(), CellVersion.objects.count(), Event.objects.filter(step="upload").count()) == (3, 4, 1)
    assert list(folder.iterdir()) == []


def test_a_save_that_is_killed_after_its_commit_is_done(
    submission: Submission, template: bytes, focal_point: Any, sign_in: Any, folder: Path
) -> None:
    give(sign_in(focal_point), template)
    upload = RoundUpload.objects.get()
    kill_after("apply", "round_uploads._remove", upload.pk, focal_point.pk)
    upload.refresh_from_db()
    assert upload.state == RoundUploadState.APPLIED
    assert (Cell.objects.count(), CellVersion.objects.count()) == (3, 4)
    discard_old_uploads()
    assert list(folder.iterdir()) == []
