"""Work that is done later, by the worker (``manage.py db_worker``): each task calls one action."""

from django_tasks import task

from .actions.upload_work import work


@task()
def work_on_upload(upload_id: int) -> None:
    """Check an upload or apply it, as was asked; nothing where that was done meanwhile."""
    work(upload_id=upload_id)
