"""Work that is done later, by the worker (``manage.py db_worker``): each task calls one action."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from .actions import notices, publishing, round_uploads
from .actions.invitations import mail_invitation
from .actions.upload_work import work
from .models import Invitation, Upload, UploadState


@task()
def work_on_upload(upload_id: int) -> None:
    """Check an upload or apply it, as was asked; nothing where that was done meanwhile."""
    work(upload_id=upload_id)


log = logging.getLogger(__name__)

#: How often the worker looks whether a time has come.
EVERY: Final = timedelta(seconds=30)


def _remind() -> int:
    return notices.make_reminders(today=timezone.localdate())


#: What is done when its time has come; each by itself, so that one that fails keeps none of the others from being done.
ROUNDS: Final[tuple[Callable[[], object], ...]] = (
    publishing.publish_due, notices.make_notices, _remind, notices.send_notices, round_uploads.discard_old_uploads,
)  # fmt: skip


@task()
def look_after() -> None:
    """Publish what is due, and write to people; then the same again in a while.

    The next turn is asked for first: a worker that is stopped in the midst of one goes on with the next.
    """
    turns = DBTaskResult.objects.filter(task_path=look_after.module_path)
    turns.filter(status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED]).delete()
    if not turns.filter(status=TaskResultStatus.READY).exists():
        look_after.using(run_after=timezone.now() + EVERY).enqueue()
    for deed in ROUNDS:
        try:
            deed()
        except Exception:
            log.exception("%s failed; it is tried again.", getattr(deed, "__name__", deed))


@task()
def mail_invitation_later(invitation_id: int, base: str) -> None:
    """Send the mail of an invitation that still waits; its link is made only here, and is kept nowhere."""
    invitation = Invitation.objects.waiting().select_related("area", "invited_by").filter(pk=invitation_id).first()
    if invitation is not None:
        mail_invitation(invitation=invitation, base=base)


class WorkerGone(Exception):  # noqa: N818 - what happened, kept with the task's record
    """The worker that had taken the task up was stopped."""


def tidy() -> None:
    """Bring the tasks in line with the uploads, when the uploads are settled: at a start, say.

    The record of a task whose worker was killed would say "running" for ever; and an upload that waits while its task is
    gone would wait for ever. A task too many does no harm: it finds that nothing is asked for. And the worker's own
    round is begun, if it is not going on.
    """
    ours = DBTaskResult.objects.filter(task_path=work_on_upload.module_path)
    going_on = set(Upload.objects.running().values_list("pk", flat=True))
    for result in ours.filter(status=TaskResultStatus.RUNNING):
        if result.args_kwargs["args"][0] not in going_on:
            result.set_failed(WorkerGone("The worker was stopped in the midst of it."))
    coming = {result.args_kwargs["args"][0] for result in ours.filter(status=TaskResultStatus.READY)}
    for pk in Upload.objects.filter(state=UploadState.WAITING).exclude(pk__in=coming).values_list("pk", flat=True):
        work_on_upload.enqueue(pk)
    turns = DBTaskResult.objects.filter(task_path=look_after.module_path)
    turns.filter(status=TaskResultStatus.RUNNING).delete()
    if not turns.filter(status=TaskResultStatus.READY).exists():
        look_after.enqueue()
