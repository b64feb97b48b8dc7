"""Work that is done later, by the worker (``manage.py db_worker``): each task calls one action."""

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from .actions.invitations import mail_invitation
from .actions.upload_work import work
from .models import Invitation, Upload, UploadState


@task()
def work_on_upload(upload_id: int) -> None:
    """Check an upload or apply it, as was asked; nothing where that was done meanwhile."""
    work(upload_id=upload_id)


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
    gone would wait for ever. A task too many does no harm: it finds that nothing is asked for.
    """
    ours = DBTaskResult.objects.filter(task_path=work_on_upload.module_path)
    going_on = set(Upload.objects.running().values_list("pk", flat=True))
    for result in ours.filter(status=TaskResultStatus.RUNNING):
        if result.args_kwargs["args"][0] not in going_on:
            result.set_failed(WorkerGone("The worker was stopped in the midst of it."))
    coming = {result.args_kwargs["args"][0] for result in ours.filter(status=TaskResultStatus.READY)}
    for pk in Upload.objects.filter(state=UploadState.WAITING).exclude(pk__in=coming).values_list("pk", flat=True):
        work_on_upload.enqueue(pk)
