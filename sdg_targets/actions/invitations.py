"""Inviting somebody by e-mail to a mandate, taking an invitation back, and accepting it."""

from datetime import timedelta
from typing import Any, Final
from urllib.parse import urljoin

from django.contrib.auth import get_user_model
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sdg_targets.domain.roles import ROLES, Permission
from sdg_targets.models import Area, Invitation, Mandate, MandateDeed, MandateEvent
from sdg_targets.permissions import can

#: So long an invitation can be accepted.
LASTING: Final = timedelta(days=14)
_SALT: Final = "sdg_targets.invitation"


class InvitationRefused(Exception):  # noqa: N818 - a sentence for a person
    """Why an invitation was not made or not accepted."""


def may_invite(user: Any, *, role: str, area: Area | None) -> bool:
    """Whether a person may invite to this role: administrators to all, a lead to roles of the own country."""
    if can(user, Permission.MANAGE_MANDATES):
        return True
    return area is not None and ROLES[role].needs_area and can(user, Permission.INVITE_COLLEAGUES, area=area)


@transaction.atomic
def invite(*, email: str, role: str, area: Area | None, language: str, by: Any) -> Invitation:
    """A new invitation in the place of any that waits for the same; the mail is sent apart from it.

    Errors: ``PermissionDenied``; ``InvitationRefused`` where it makes no sense.
    """
    email = email.strip().lower()
    if not may_invite(by, role=role, area=area):
        raise PermissionDenied(_("You do not have the permission that this needs."))
    if by.email.lower() == email:
        raise InvitationRefused(_("This is your own address: nobody gives mandates to himself or herself."))
    if ROLES[role].needs_area is (area is None):
        raise InvitationRefused(_("This role and this area do not go together."))
    held = Mandate.objects.own().in_force(on=timezone.localdate()).filter(role=role, area=area)
    if held.filter(user__email__iexact=email).exists():
        raise InvitationRefused(_("This person holds the mandate already."))
    now = timezone.now()
    Invitation.objects.waiting().filter(email=email, role=role, area=area).update(revoked_at=now)
    made = Invitation.objects.create(
        email=email, role=role, area=area, language=language, invited_by=by, invited_at=now, expires_at=now + LASTING
    )
    _write(MandateDeed.INVITED, made, by=by)
    return made


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Any) -> None:
    """Take an invitation back; doing it again changes nothing. Errors: ``PermissionDenied``."""
    if not may_invite(by, role=invitation.role, area=invitation.area):
        raise PermissionDenied(_("You do not have the permission that this needs."))
    if Invitation.objects.waiting().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        _write(MandateDeed.INVITATION_REVOKED, invitation, by=by)


def token_of(invitation: Invitation) -> str:
    """What the link holds: the number of the row, signed. Who reads the database cannot make one."""
    return signing.dumps(invitation.pk, salt=_SALT)


def invitation_of(token: str) -> Invitation | None:
    """The invitation of a link that can be accepted now; ``None`` for every other, whatever the reason."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    found = Invitation.objects.open(at=timezone.now()).select_related("area", "invited_by").filter(pk=pk).first()
    # Whoever may no longer invite has not invited.
    if found is None or not may_invite(found.invited_by, role=found.role, area=found.area):
        return None
    return found


def mail_invitation(*, invitation: Invitation, base: str) -> None:
    """Send the mail, in its person's language; ``base`` is the address of this site. It holds a link and no data."""
    with translation.override(invitation.language):
        link = urljoin(base, reverse("sdg_targets:invitation", kwargs={"token": token_of(invitation)}))
        words = {"invitation": invitation, "link": link, "site": base, "inviter": invitation.invited_by}
        text = render_to_string("sdg_targets/email/invitation.txt", words)
        send_mail(_("Invitation to “Migration in the SDGs”"), text, None, [invitation.email])


@transaction.atomic
def accept_invitation(*, token: str, by: Any, name: str = "", password: str | None = None) -> Any:
    """Take up the mandate: for the account that is signed in, or for a new one with this password. Returns the account.

    Errors: ``InvitationRefused``.
    """
    found = invitation_of(token)
    invitation = Invitation.objects.select_for_update(of=("self",)).filter(pk=found.pk).first() if found else None
    if invitation is None or invitation.accepted_at or invitation.revoked_at:
        raise InvitationRefused(_("This invitation was used, revoked or has expired."))
    user = by if by is not None and by.is_authenticated else _new_account(invitation, name=name, password=password)
    if user.email.lower() != invitation.email:
        raise InvitationRefused(_("You are signed in with another address than the one that was invited."))
    _give(invitation, user)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    _write(MandateDeed.ACCEPTED, invitation, by=user)
    return user


def _new_account(invitation: Invitation, *, name: str, password: str | None) -> Any:
    people = get_user_model()._default_manager
    if people.filter(email__iexact=invitation.email).exists():
        raise InvitationRefused(_("There is an account with this address. Sign in with it to accept."))
    return people.create_user(invitation.email, password, name=name, language=invitation.language)


def _give(invitation: Invitation, user: Any) -> None:
    """The mandate, from today on; one that was held before and has ended is taken up again."""
    today = timezone.localdate()
    if Mandate.objects.of(user).own().in_force(on=today).filter(role=invitation.role, area=invitation.area).exists():
        return
    Mandate.objects.update_or_create(
        user=user, role=invitation.role, area=invitation.area, delegated_from=None,
        defaults={"valid_from": today, "valid_to": None},
    )  # fmt: skip


def _write(deed: MandateDeed, invitation: Invitation, *, by: Any) -> None:
    MandateEvent.objects.create(deed=deed, by=by, person=invitation.email, role=invitation.role, area=invitation.area)
