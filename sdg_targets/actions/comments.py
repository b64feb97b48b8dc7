"""Comments: what is asked and answered about a submission, or about one value of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sdg_targets.domain.roles import Permission
from sdg_targets.domain.workflow import State
from sdg_targets.models import Cell, Comment, Submission
from sdg_targets.permissions import can
from sdg_targets.queries.submissions import TEAM

from .stepping import StepRefused, locked


@transaction.atomic
def comment(
    *,
    submission: Submission,
    by: Any,
    text: str,
    cell: Cell | None = None,
    answers: Comment | None = None,
    internal: bool = False,
) -> Comment:
    """Say something of a submission or of one of its values, or answer what was said.

    ``internal`` is for one's own side only. The same words of the same person sent twice are one comment.
    Errors: ``PermissionDenied`` for who is neither of the country's team nor a reviewer; ``StepRefused`` where nothing is
    said, or the reviewers do not have the submission.
    """
    now = locked(submission)
    from_desk = _side(now, by)
    if not text.strip():
        raise StepRefused(_("Write what you want to say."))
    if (cell is not None and cell.submission_id != now.pk) or (answers is not None and answers.submission_id != now.pk):
        raise StepRefused(_("This belongs to another submission."))
    made, _new = Comment.objects.get_or_create(
        submission=now,
        cell=cell or (answers.cell if answers else None),
        cell_version=cell.version if cell else answers.cell_version if answers else None,
        answers=answers,
        text=text.strip(),
        by=by,
        internal=internal,
        from_desk=from_desk,
        settled_at=None,
    )
    return made


def _side(submission: Submission, by: Any) -> bool:
    """Whether the person speaks for the desk; the country's team speaks for the country."""
    if any(can(by, permission, area=submission.area) for permission in TEAM) and not getattr(by, "is_superuser", False):
        return False
    if can(by, Permission.REVIEW_DATA, area=submission.area) and submission.is_at_desk:
        return True
    raise PermissionDenied(_("You do not have the permission that this needs."))


@transaction.atomic
def settle(*, comment: Comment, by: Any) -> Comment:
    """Say that nothing is open about a comment any more. Errors: ``PermissionDenied``; twice is harmless."""
    now = locked(comment.submission)
    _side(now, by)
    if comment.settled_at is None and now.state != State.PUBLISHED:
        comment.settled_at, comment.settled_by = timezone.now(), by
        comment.save(update_fields=["settled_at", "settled_by"])
    return comment
