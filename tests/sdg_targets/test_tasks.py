"""Tasks: what is handed to the worker is done by it; what a killed worker left behind is put in order."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

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


def run_next() -> DBTaskResult:
    """What the worker does with the next task."""
    result = DBTaskResult.objects.ready().first()
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
        result = DBTaskResult.objects.ready().get()
        result.claim("a worker")
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.INTERRUPTED)
    Upload.objects.filter(pk=other.pk).update(state=UploadState.CHECKING)
    tidy()
    results = {result.args_kwargs["args"][0]: result for result in DBTaskResult.objects.all()}
    assert results[upload.pk].status == TaskResultStatus.FAILED
    assert "WorkerGone" in results[upload.pk].traceback
    assert results[other.pk].status == TaskResultStatus.RUNNING


def test_an_upload_whose_task_is_lost_gets_another_and_one_that_is_coming_none(upload: Upload) -> None:
    call_command("settle_uploads")
    tidy()
    assert DBTaskResult.objects.ready().count() == 1
    run_next()
    upload.refresh_from_db()
    assert upload.state == UploadState.CHECKED
    tidy()
    assert not DBTaskResult.objects.ready().exists()
