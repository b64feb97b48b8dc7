"""Work on an upload that is killed: none or all of the rows, the state says which, and the same file goes in after."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, connection

from sdg_targets.actions import observations
from sdg_targets.actions.upload_work import settle, work
from sdg_targets.actions.uploads import request_apply, request_check
from sdg_targets.models import (
    Dataset,
    Import,
    Latest,
    Observation,
    Refusal,
    Revision,
    Upload,
    UploadReason,
    UploadState,
)
from sdg_targets.models.uploads import UPLOAD_LOCK
from tests.factories import make_catalogue
from tests.factories.uploads import applied, checked, make_upload, own_csv, worked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture(autouse=True)
def dataset() -> Dataset:
    return make_catalogue()[0]


# kill -9 of the worker. The program below does what the worker does and stands still after the step that is named.

WORKER = """
import os, sys
sys.path.insert(0, os.getcwd())
import django
django.setup()
from sdg_targets.actions import filling, imports, observations, resolving, staging, upload_work
def stop(*args, **kwargs):
    done = real(*args, **kwargs)
    print("stopped", flush=True)
    sys.stdin.read()
    return done
module, name = sys.argv[2].split(".")
real = getattr(globals()[module], name)
setattr(globals()[module], name, stop)
upload_work.work(upload_id=int(sys.argv[1]))
"""
#: The steps of the worker: the function that has just ended when it is killed.
BEFORE = [
    "upload_work._begin",
    "upload_work.sha256_of",
    "filling.fill_with_csv",
    "staging.resolve",
    "resolving.refuse_broken_rows",
    "observations.compare_staged",
    "observations.write_compared",
    "imports.write_record",
    "upload_work._carry_out",
]


def kill_after(step: str, upload: Upload) -> None:
    """Let a worker take the upload up, and kill it after a step."""
    name, host = connection.settings_dict["NAME"], connection.settings_dict["HOST"].replace("/", "%2F")
    environment = {"DATABASE_URL": f"postgresql://idm@{host}/{name}", "DJANGO_SETTINGS_MODULE": "idm.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, str(upload.pk), step],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | environment | {"DEBUG": "1", "UPLOADS": str(upload.path.parent)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "stopped\n"
        process.send_signal(signal.SIGKILL)


def wait_until(holds: Callable[[], bool]) -> None:
    """The server needs a moment to see that its client is gone."""
    until = time.monotonic() + 20
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    assert holds()


def settled(upload: Upload) -> Upload:
    """What whoever looks next finds, as soon as the server has let go."""

    def at_rest() -> bool:
        settle()
        upload.refresh_from_db()
        return not upload.is_on_its_way

    wait_until(at_rest)
    return upload


def many(rows: int) -> bytes:
    """So many rows over years and breakdowns of three areas: one in a hundred is refused."""
    cells = []
    for number in range(rows):
        day = f"{1950 + number % 70}-{1 + number // 70 % 12:02}-{1 + number // 840 % 28:02}"
        area = "ZZZ" if number % 100 == 99 else ("KEN", "UGA", "FRA")[number // 23_520 % 3]
        breakdown = ("_T", "SEX=F", "SEX=M", "AGE=Y0T4")[number // 70_560 % 4]
        cells.append(f"{area},{day},{breakdown},{number % 97}.5")
    return own_csv(*cells)


def latest() -> dict[Any, Any]:
    return {
        (row.series_id, row.area_id, row.breakdown_id): (row.period_id, row.value, row.observation_id)
        for row in Latest.objects.all()
    }


def rebuilt() -> dict[Any, Any]:
    """``Latest`` by a walk through everything that is believed."""
    newest: dict[Any, Any] = {}
    rows = Observation.objects.current().exclude(value=None).order_by("period__end", "-period__start")
    for row in rows:
        newest[row.series_id, row.area_id, row.breakdown_id] = (row.period_id, row.value, row.pk)
    return newest


def nothing_of(upload: Upload) -> bool:
    return not any(rows.objects.exists() for rows in (Observation, Revision, Latest)) and upload.applied is None


def kill_and_go_on(rows: int, step: str) -> None:
    """A killed worker leaves nothing, or what it left is whole; the state says which; and the same file goes in after."""
    upload = checked(many(rows))
    read = upload.tried.read
    assert (read, upload.tried.refused) == (rows, rows // 100)
    request_apply(upload=upload, seen=upload.tried_id, by=None)
    kill_after(step, upload)
    settled(upload)
    assert nothing_of(upload)
    assert (upload.state, upload.reason) == (UploadState.INTERRUPTED, UploadReason.STOPPED)
    assert Import.objects.count() == 1 and Refusal.objects.count() == rows // 100
    assert upload.may_be_applied
    applied(upload)
    assert (upload.state, upload.applied.new) == (UploadState.APPLIED, rows - rows // 100)
    assert Observation.objects.current().count() == upload.applied.new
    assert latest() == rebuilt()


@pytest.mark.parametrize("step", ["upload_work._begin", "observations.write_compared"])
def test_a_worker_that_is_killed_leaves_nothing_and_the_state_says_so(step: str) -> None:
    kill_and_go_on(2_000, step)


@pytest.mark.slow
@pytest.mark.parametrize("step", BEFORE)
def test_kill_at_every_step_of_a_hundred_thousand_rows(step: str) -> None:
    kill_and_go_on(100_000, step)


def test_a_worker_killed_after_the_commit_has_done_its_work(folder: Path) -> None:
    upload = checked(many(2_000))
    request_apply(upload=upload, seen=upload.tried_id, by=None)
    kill_after("upload_work._remove", upload)
    assert settled(upload).state == UploadState.APPLIED
    assert Observation.objects.current().count() == upload.applied.new == 1_980
    assert latest() == rebuilt()
    assert list(folder.iterdir()) == []


def test_a_worker_killed_before_it_said_that_it_began_leaves_the_upload_waiting() -> None:
    upload = checked(own_csv("KEN,2015,_T,5"))
    request_apply(upload=upload, seen=upload.tried_id, by=None)
    kill_after("upload_work._become", upload)
    wait_until(lambda: not lock_is_held(upload))
    settle()
    upload.refresh_from_db()
    assert (upload.state, upload.wanted) == (UploadState.WAITING, "apply")
    assert worked(upload).state == UploadState.APPLIED


def lock_is_held(upload: Upload) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists(select from pg_locks where locktype = 'advisory' and classid = %s and objid = %s)",
            [UPLOAD_LOCK, upload.pk],
        )
        (held_by_somebody,) = cursor.fetchone()
    return bool(held_by_somebody)


def test_a_check_that_is_killed_is_interrupted_too() -> None:
    upload = make_upload(many(2_000))
    kill_after("staging.resolve", upload)
    settled(upload)
    assert (upload.state, upload.tried, upload.may_be_applied) == (UploadState.INTERRUPTED, None, False)
    assert worked(request_check(upload=upload, by=None)).state == UploadState.CHECKED


def test_a_database_that_goes_away_in_the_midst_of_it_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    upload = checked(own_csv("KEN,2015,_T,5"))
    request_apply(upload=upload, seen=upload.tried_id, by=None)
    write = observations.write_compared

    def end_the_session(pid: int) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("select pg_terminate_backend(%s, 10000)", [pid])
        finally:
            connection.close()

    def write_and_lose(**given: Any) -> None:
        write(**given)
        other = threading.Thread(target=end_the_session, args=[connection.connection.info.backend_pid])
        other.start()
        other.join(30)

    with monkeypatch.context() as patched:
        patched.setattr(observations, "write_compared", write_and_lose)
        with pytest.raises(Error):
            work(upload_id=upload.pk)
    connection.close_if_unusable_or_obsolete()
    settled(upload)
    assert upload.state == UploadState.INTERRUPTED and nothing_of(upload)
    assert applied(upload).applied.new == 1
