"""What people do with an upload: it is stored whole or not at all, each step is taken once, by those who may."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from idm.accounts.models import User
from sdg_targets.actions.storing import shown_name
from sdg_targets.actions.uploads import UploadMoved, discard, receive, request_apply, request_check
from sdg_targets.domain.rows import FileProblem
from sdg_targets.models import Dataset, Upload, UploadDeed, UploadState
from sdg_targets.models.uploads import new_stored_name
from tests.factories import make_catalogue
from tests.factories.accounts import make_account
from tests.factories.uploads import applied, checked, make_upload, own_csv, worked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture(autouse=True)
def dataset() -> Dataset:
    return make_catalogue()[0]


def test_a_file_is_stored_under_a_name_of_our_own_for_nobody_else_to_read(folder: Path, importer: User) -> None:
    upload = make_upload(b"abc", by=importer, name="../../etc/Figures 2020.csv", vintage="2020-10")
    assert [file.name for file in folder.iterdir()] == [upload.stored]
    assert upload.path.read_bytes() == b"abc"
    assert (upload.path.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert (upload.file_name, upload.file_size, upload.vintage) == ("Figures 2020.csv", 3, "2020-10")
    assert upload.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (upload.state, upload.wanted, upload.by) == (UploadState.WAITING, UploadDeed.CHECK, importer)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("figures.csv", "figures.csv"),
        ("../../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\figures.csv", "figures.csv"),
        ("/", "file"),
        ("", "file"),
        ("a\x00b\nc.csv", "abc.csv"),
        ("fig\u202egpj.csv", "figgpj.csv"),
        ("données pays.csv", "données pays.csv"),
        ("人口.csv", "人口.csv"),
        ("=1+1.csv", "=1+1.csv"),
    ],
)
def test_a_name_is_shown_without_folders_and_without_what_cannot_be_seen(given: str, shown: str) -> None:
    assert shown_name(given) == shown


def test_a_long_name_keeps_its_end() -> None:
    assert shown_name("x" * 300 + ".csv") == "x" * 251 + ".csv"


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.CSV", ".csv"),
        ("a.json.gz", ".json.gz"),
        ("a.tar.gz", ".tar.gz"),
        ("a.py", ""),
        ("csv", ""),
        ("../x.zip", ".zip"),
    ],
)
def test_of_a_name_only_a_known_ending_is_kept_on_the_disk(name: str, ending: str) -> None:
    stored = new_stored_name(name)
    assert stored[:32].isalnum() and stored[32:] == ending


def test_an_empty_file_a_large_one_and_one_that_breaks_off_leave_nothing(
    folder: Path, dataset: Dataset, settings: Any
) -> None:
    settings.UPLOAD_LIMIT = 2 << 20

    def broken() -> Any:
        yield b"half of it"
        raise ConnectionResetError

    for blocks, error, said in (
        ([], FileProblem, "empty"),
        ([b"a" * (1 << 20)] * 3, FileProblem, "more than 2 MiB"),
        (broken(), ConnectionResetError, None),
    ):
        with pytest.raises(error, match=said):
            receive(blocks, file_name="a.csv", dataset=dataset, by=None)
    assert list(folder.iterdir()) == []
    assert not Upload.objects.exists()


def test_a_row_that_cannot_be_written_leaves_no_file(folder: Path, dataset: Dataset) -> None:
    with pytest.raises(Exception, match="too long"), transaction.atomic():
        make_upload(b"abc", dataset=dataset, vintage="x" * 41)
    assert list(folder.iterdir()) == []


def test_every_step_asks_who_takes_it(outsider: User, catalogue_editor: User) -> None:
    upload = checked(own_csv("KEN,2015,_T,5"))
    for person in (outsider, catalogue_editor):
        for step in (
            lambda by: make_upload(b"abc", by=by),
            lambda by: request_check(upload=upload, by=by),
            lambda by: request_apply(upload=upload, seen=upload.tried_id, by=by),
            lambda by: discard(upload=upload, by=by),
        ):
            with pytest.raises(PermissionDenied):
                step(person)
    upload.refresh_from_db()
    assert upload.state == UploadState.CHECKED


def test_any_importer_goes_on_with_another_s_file_and_the_record_says_who(importer: User) -> None:
    other = make_account("administrator")
    upload = checked(own_csv("KEN,2015,_T,5"), by=importer)
    applied(upload, by=other)
    assert (upload.by, upload.acted_by, upload.applied.by, upload.tried.by) == (importer, other, other, importer)


def test_only_the_check_that_was_seen_can_be_approved() -> None:
    upload = checked(own_csv("KEN,2015,_T,5"))
    seen = upload.tried_id
    worked(request_check(upload=upload, by=None))
    for number in (seen, None):
        with pytest.raises(UploadMoved):
            request_apply(upload=upload, seen=number, by=None)
    assert applied(upload).state == UploadState.APPLIED


@pytest.mark.parametrize("state", [UploadState.APPLIED, UploadState.DISCARDED, UploadState.CHECKING])
def test_no_step_leads_from_an_end_or_out_of_work_that_goes_on(state: UploadState) -> None:
    upload = checked(own_csv("KEN,2015,_T,5"))
    if state == UploadState.APPLIED:
        applied(upload)
    else:
        Upload.objects.filter(pk=upload.pk).update(state=state)
        upload.refresh_from_db()
    for step in (request_check, discard, lambda upload, by: request_apply(upload=upload, seen=upload.tried_id, by=by)):
        with pytest.raises(UploadMoved):
            step(upload=upload, by=None)
    upload.refresh_from_db()
    assert upload.state == state


def test_a_discarded_file_is_gone_and_its_checksum_stays(folder: Path, django_capture_on_commit_callbacks: Any) -> None:
    upload = checked(own_csv("KEN,2015,_T,5"))
    with django_capture_on_commit_callbacks(execute=True):
        discard(upload=upload, by=None)
    assert list(folder.iterdir()) == []
    kept = Upload.objects.get()
    assert (kept.state, len(kept.sha256), kept.tried.new) == (UploadState.DISCARDED, 64, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_at_once_one_is_told_that_the_other_was_first() -> None:
    upload = checked(own_csv("KEN,2015,_T,5"))
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def press() -> None:
        try:
            mine = Upload.objects.get(pk=upload.pk)
            start.wait(10)
            request_apply(upload=mine, seen=upload.tried_id, by=None)
            outcomes.append("asked")
        except UploadMoved:
            outcomes.append("moved")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["asked", "moved"]
