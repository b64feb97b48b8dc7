"""Early access to accepted values: given by name until they are published, taken away, and every look written down."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sdg_targets.domain.roles import Permission
from sdg_targets.domain.workflow import State
from sdg_targets.models import EarlyAccess, EarlyLook, Submission
from sdg_targets.permissions import require

from .events import record_event
from .stepping import StepRefused, locked


@transaction.atomic
def grant_early_access(*, submission: Submission, user: Any, by: Any) -> EarlyAccess:
    """Put a person on the list of one accepted submission, until it is published. Twice is once.

    Errors: ``PermissionDenied``; ``StepRefused`` where it is not accepted, or the account may not sign in.
    """
    now = locked(submission)
    require(by, Permission.PUBLISH_DATA, area=now.area)
    if now.state != State.APPROVED:
        raise StepRefused(_("Early access is to what is accepted and not published yet."))
    if not user.is_active:
        raise StepRefused(_("This account may not sign in."))
    made, new = EarlyAccess.objects.get_or_create(submission=now, user=user, ended_at=None, defaults={"granted_by": by})
    if new:
        record_event(now, step="early_access", by=by, begins=now.state, ends=now.state, facts={"user": user.pk})
    return made


@transaction.atomic
def end_early_access(*, access: EarlyAccess, by: Any) -> EarlyAccess:
    """Take a person off the list; the looks that were taken stay written down. Twice is harmless.

    Errors: ``PermissionDenied``.
    """
    now = locked(access.submission)
    require(by, Permission.PUBLISH_DATA, area=now.area)
    held = EarlyAccess.objects.select_for_update(of=("self",)).get(pk=access.pk)
    if held.ended_at is None:
        held.ended_at, held.ended_by = timezone.now(), by
        held.save(update_fields=["ended_at", "ended_by"])
        record_event(
            now, step="early_access_ended", by=by, begins=now.state, ends=now.state, facts={"user": held.user_id}
        )
    return held


@transaction.atomic
def look_early(*, submission: Submission, by: Any) -> EarlyLook:
    """Write down that a person looks at the values; whoever shows them asks this first.

    Errors: ``PermissionDenied`` for who is not on the list, or where there is nothing to see early any more.
    """
    access = EarlyAccess.objects.in_force().of(by).filter(submission=submission).first()
    if access is None:
        raise PermissionDenied(_("You do not have the permission that this needs."))
    return EarlyLook.objects.create(access=access)
