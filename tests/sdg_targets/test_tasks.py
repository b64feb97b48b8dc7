"""Tasks: what is handed to the worker is done by it; what a killed worker left behind is put in order."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sdg_targets import tasks
from sdg_targets.models import Upload, UploadState
from sdg_targets.tasks import tidy, work_on_upload
from tests.factories import make_catalogue
from tests.factories.uploads import make_upload, own_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(tmp_path: Path, settings: Any) -> Upload:
    settings.UPLOADS = tmp_path / "uploads"
    make_catalogue()
    return make_upload(own_csv("KEN,2015,_T,5"))


def waiting() -> Any:
    """The tasks about uploads that the worker would take up."""
    return DBTaskResult.objects.ready().filter(task_path=work_on_upload.module_path)


def run_next() -> DBTaskResult:
    """What the worker does with the next task about an upload."""
    result = waiting().first()
    assert result is not None
    result.claim("a worker")
    result.task.call(*result.args_kwargs["args"])
    return result


def test_a_task_does_what_is_asked(upload: Upload) -> None:
    work_on_upload.enqueue(upload.pk)
    run_next()
    upload.refresh_from_db()
    assert upload.state == UploadState.CHECKED


def test_a_task_of_a_killed_worker_ends_as_failed_and_others_stay(upload: Upload) -> None:
    other = make_upload(own_csv("KEN,2015,_T,5"))
    for each in (upload, other):
        work_on_upload.enqueue(each.pk)
        result = waiting().get()
        result.claim("a worker")
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.INTERRUPTED)
    Upload.objects.filter(pk=other.pk).update(state=UploadState.CHECKING)
    tidy()
    ours = DBTaskResult.objects.filter(task_path=work_on_upload.module_path)
    results = {result.args_kwargs["args"][0]: result for result in ours}
    assert results[upload.pk].status == TaskResultStatus.FAILED
    assert "WorkerGone" in results[upload.pk].traceback
    assert results[other.pk].status == TaskResultStatus.RUNNING


def test_an_upload_whose_task_is_lost_gets_another_and_one_that_is_coming_none(upload: Upload) -> None:
    call_command("settle_uploads")
    tidy()
    assert waiting().count() == 1
    run_next()
    upload.refresh_from_db()
    assert upload.state == UploadState.CHECKED
    tidy()
    assert not waiting().exists()


def test_the_worker_s_round_asks_for_the_next_first_and_is_there_once(upload: Upload, monkeypatch: Any) -> None:
    done: list[str] = []

    def fails() -> None:
        raise RuntimeError("the mail server is on fire")

    monkeypatch.setattr(tasks, "ROUNDS", (fails, lambda: done.append("done")))
    turns = DBTaskResult.objects.filter(task_path=tasks.look_after.module_path)
    tidy()
    tidy()
    assert turns.count() == 1
    turns.update(status=TaskResultStatus.RUNNING)
    tasks.look_after.call()
    tasks.look_after.call()
    assert done == ["done", "done"]
    (coming,) = turns.filter(status=TaskResultStatus.READY)
    assert coming.run_after is not None and coming.run_after > timezone.now()
    turns.filter(status=TaskResultStatus.RUNNING).update(status=TaskResultStatus.SUCCESSFUL)
    tasks.look_after.call()
    assert turns.count() == 1  # what is over is not kept
