"""The worker's part: what was seen is what is applied, once; what was stopped says so and leaves nothing half done."""

import gzip
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from idm.accounts.models import User
from sdg_targets.actions import upload_work
from sdg_targets.actions.job_locks import held
from sdg_targets.actions.upload_work import settle, work
from sdg_targets.actions.uploads import discard, request_apply, request_check
from sdg_targets.models import (
    CodeMapping,
    Dataset,
    Import,
    ImportState,
    Mandate,
    Observation,
    Revision,
    Upload,
    UploadReason,
    UploadState,
)
from sdg_targets.models.uploads import UPLOAD_LOCK
from sdg_targets.queries.uploads import rows_being_read
from tests.factories import make_catalogue, observe
from tests.factories.uploads import applied, checked, make_upload, own_csv, worked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture(autouse=True)
def dataset() -> Dataset:
    return make_catalogue()[0]


def test_a_check_says_what_would_happen_and_writes_no_figure() -> None:
    upload = checked(
        own_csv("KEN,2015,_T,5", "ZZZ,2015,_T,5"), name="Figures.csv", vintage="2020-10", origin="a letter"
    )
    record = upload.tried
    assert (upload.state, record.state, record.new, record.refused) == ("checked", ImportState.TRIED, 1, 1)
    assert (record.file_name, record.vintage, record.origin) == ("Figures.csv", "2020-10", "a letter")
    assert record.sha256 == upload.sha256
    assert not Observation.objects.exists()


def test_what_was_seen_is_applied_and_the_file_is_no_longer_kept(
    folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    upload = checked(own_csv("KEN,2015,_T,5", "ZZZ,2015,_T,5"), note="From a letter")
    with django_capture_on_commit_callbacks(execute=True):
        applied(upload)
    assert (upload.state, upload.applied.new, upload.applied.refused) == (UploadState.APPLIED, 1, 1)
    assert upload.applied.revision.note == "From a letter"
    assert list(folder.iterdir()) == []
    work(upload_id=upload.pk)  # told again: nothing is asked for
    assert Import.objects.filter(state=ImportState.APPLIED).count() == 1


def test_a_file_that_changes_nothing_ends_as_such() -> None:
    observe("KEN", "2015", "5")
    assert applied(checked(own_csv("KEN,2015,_T,5.0"))).state == UploadState.UNCHANGED


@pytest.mark.parametrize("content", [b"\x89PNG\r\n", b"\x1f\x8bnot gzip", b"PK\x03\x04not a zip", b"no CSV at all"])
def test_a_file_of_the_wrong_kind_is_refused_and_kept_until_somebody_decides(content: bytes) -> None:
    upload = checked(content)
    assert (upload.state, upload.tried.state) == (UploadState.REFUSED, ImportState.REFUSED)
    assert upload.tried.problem
    assert upload.path.exists()
    assert worked(request_check(upload=upload, by=None)).state == UploadState.REFUSED


def test_a_packed_file_is_taken_as_it_is() -> None:
    assert applied(checked(gzip.compress(own_csv("KEN,2015,_T,5")), name="a.csv.gz")).applied.new == 1


def test_where_the_figures_changed_since_nothing_is_written_and_the_new_account_is_shown() -> None:
    upload = checked(own_csv("KEN,2015,_T,5", "UGA,2015,_T,5"))
    observe("KEN", "2015", "4")
    before = Revision.objects.latest_number()
    applied(upload)
    assert (upload.state, upload.reason) == (UploadState.CHECKED, UploadReason.DIFFERS)
    assert (upload.tried.new, upload.tried.revised, upload.applied) == (1, 1, None)
    assert Revision.objects.latest_number() == before
    assert applied(upload).state == UploadState.APPLIED


def test_a_newer_publication_that_came_meanwhile_refuses_the_older_one() -> None:
    upload = checked(own_csv("KEN,2015,_T,5"), vintage="2019.Q3.G.01")
    applied(checked(own_csv("KEN,2015,_T,6"), vintage="2020-10"))
    applied(upload)
    assert (upload.state, upload.reason, upload.tried.state) == ("refused", "differs", ImportState.REFUSED)
    assert "already loaded" in upload.tried.problem


@pytest.mark.parametrize("change", ["other bytes", "gone"])
def test_a_stored_file_that_is_another_or_gone_is_refused(change: str) -> None:
    upload = checked(own_csv("KEN,2015,_T,5"))
    if change == "gone":
        upload.path.unlink()
    else:
        upload.path.write_bytes(own_csv("KEN,2015,_T,6"))
    applied(upload)
    assert (upload.state, upload.reason) == (UploadState.REFUSED, UploadReason.OTHER_FILE)
    assert not Observation.objects.exists()


def test_a_mapping_added_between_two_checks_takes_the_rows_in() -> None:
    content = b'{"seriesCode": "SI_RMT_COST", "release": "", "refAreas": [{"geoAreaCode": "404", "data": [%s]}]}'
    rows = b",".join(b'{"timePeriod": %d, "value_detail": "5", "unitsCode": "PCT"}' % year for year in (2015, 2016))
    upload = checked(content % rows, name="a.json")
    assert (upload.tried.provider, upload.tried.new, upload.tried.refused) == ("unsd", 0, 2)
    CodeMapping.objects.create(provider="unsd", concept="unit", given="PCT", code="PT")
    worked(request_check(upload=upload, by=None))
    assert (upload.tried.new, upload.tried.refused) == (2, 0)


def test_a_fault_in_the_midst_of_it_is_said_and_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    upload = make_upload(own_csv("KEN,2015,_T,5"))

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no")

    with monkeypatch.context() as patched:
        patched.setattr(upload_work, "import_file", fail)
        with pytest.raises(RuntimeError):
            work(upload_id=upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.reason) == (UploadState.INTERRUPTED, UploadReason.FAILED)
    assert worked(request_check(upload=upload, by=None)).state == UploadState.CHECKED


def test_whoever_may_no_longer_import_when_the_turn_comes_does_not(importer: User) -> None:
    upload = checked(own_csv("KEN,2015,_T,5"), by=importer)
    request_apply(upload=upload, seen=upload.tried_id, by=importer)
    Mandate.objects.all().delete()
    worked(upload)
    assert (upload.state, upload.reason) == (UploadState.INTERRUPTED, UploadReason.NOT_ALLOWED)
    assert not Observation.objects.exists()
    assert applied(upload).state == UploadState.APPLIED


def test_what_is_asked_of_an_upload_that_waits_can_be_taken_back() -> None:
    upload = make_upload(own_csv("KEN,2015,_T,5"))
    discard(upload=upload, by=None)
    assert worked(upload).state == UploadState.DISCARDED
    assert upload.tried is None


def test_files_left_over_are_taken_away_and_others_stay(folder: Path) -> None:
    kept = make_upload(own_csv("KEN,2015,_T,5"))
    ended = make_upload(own_csv("KEN,2015,_T,5"))
    Upload.objects.filter(pk=ended.pk).update(state=UploadState.DISCARDED)
    arriving, broken_off = folder / "arriving", folder / "broken-off"
    for file in (arriving, broken_off):
        file.write_bytes(b"x")
    os.utime(broken_off, (0, 0))
    assert settle() == []
    assert {file.name for file in folder.iterdir()} == {kept.stored, "arriving"}


def test_without_a_folder_there_is_nothing_to_take_away() -> None:
    assert settle() == []


@pytest.mark.django_db(transaction=True)
def test_work_that_goes_on_is_left_alone_and_work_of_nobody_is_said_to_be_interrupted() -> None:
    upload = make_upload(own_csv("KEN,2015,_T,5"))
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.CHECKING)
    found: list[list[Upload]] = []

    def look() -> None:
        try:
            found.append(settle())
        finally:
            connection.close()

    with held(UPLOAD_LOCK, upload.pk):
        looking = threading.Thread(target=look)
        looking.start()
        looking.join(30)
    assert found == [[]]
    assert settle() == [upload]
    upload.refresh_from_db()
    assert (upload.state, upload.reason) == (UploadState.INTERRUPTED, UploadReason.STOPPED)


@pytest.mark.django_db(transaction=True)
def test_two_workers_told_of_the_same_approval_apply_it_once() -> None:
    upload = checked(own_csv(*(f"KEN,{year},_T,1" for year in range(1950, 2020))))
    request_apply(upload=upload, seen=upload.tried_id, by=None)
    start = threading.Barrier(2)

    def run() -> None:
        try:
            start.wait(10)
            work(upload_id=upload.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert Import.objects.filter(state=ImportState.APPLIED).count() == 1
    assert Import.objects.count() == 2
    assert Revision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_how_many_rows_were_read_is_seen_while_they_are_read() -> None:
    """By whoever looks, from another connection, in the midst of the copy."""
    upload = make_upload(own_csv(*(f"KEN,{year},_T,1" for year in range(1950, 2020))))
    seen: list[int | None] = []

    def look() -> None:
        try:
            seen.append(rows_being_read(UPLOAD_LOCK, upload.pk))
        finally:
            connection.close()

    class Rows:
        """Rows without end until somebody has looked."""

        blocks = 0

        def read(self, size: int) -> bytes:
            self.blocks += 1
            if self.blocks == 500:
                thread = threading.Thread(target=look)
                thread.start()
                thread.join(30)
            return b"" if seen else b"a\n" * (size // 2)

    with held(UPLOAD_LOCK, upload.pk), connection.cursor() as cursor:
        cursor.execute("create temporary table shown (a text)")
        cursor.cursor.copy_expert("copy shown from stdin", Rows())
        cursor.execute("drop table shown")
    assert seen[0] is not None and seen[0] > 0
    assert rows_being_read(UPLOAD_LOCK, upload.pk) is None
