"""What people do with their own account: sessions ended, tokens made and revoked; and what an administrator resets."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sdg_targets.domain.roles import Permission
from sdg_targets.permissions import require

from .models import ApiToken, SignIn, User, digest


def _own(row_user: User, by: User) -> None:
    if row_user.pk != by.pk:
        raise PermissionDenied(_("This is not yours."))


@transaction.atomic
def make_token(*, name: str, scopes: list[str], lasting: timedelta, by: User) -> tuple[ApiToken, str]:
    """A new token of a person, and its secret, which nobody sees again."""
    secret = ApiToken.secret()
    now = timezone.now()
    token = ApiToken.objects.create(
        user=by, name=name, prefix=secret[: ApiToken.SHOWN], digest=digest(secret), scopes=sorted(set(scopes)),
        made_at=now, expires_at=now + lasting,
    )  # fmt: skip
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User) -> None:
    """End a token now; revoking it again changes nothing. Errors: ``PermissionDenied``."""
    _own(token.user, by)
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def end_session(*, sign_in: SignIn, by: User) -> None:
    """End the session that a sign-in opened. Errors: ``PermissionDenied``."""
    if sign_in.user is None:
        raise PermissionDenied(_("This is not yours."))
    _own(sign_in.user, by)
    Session.objects.filter(session_key=sign_in.session_key).delete()


@transaction.atomic
def end_every_session(*, user: User, by: Any) -> None:
    """End all sessions of a person: one's own, or those of a person one looks after. Errors: ``PermissionDenied``.

    The generation ends also sessions that were never written down.
    """
    if by is None or by.pk != user.pk:
        require(by, Permission.MANAGE_USERS)
    user.session_generation += 1
    user.save(update_fields=["session_generation"])
    keys = SignIn.objects.of(user).exclude(session_key="").values("session_key")
    Session.objects.filter(session_key__in=keys).delete()


@transaction.atomic
def take_second_factors_away(*, user: User, by: Any) -> int:
    """For somebody who lost phone and codes: all second factors go, sessions end. Errors: ``PermissionDenied``.

    A superuser's are taken away by a superuser alone.
    """
    require(by, Permission.MANAGE_USERS)
    if user.is_superuser and by is not None and not by.is_superuser:
        raise PermissionDenied(_("You do not have the permission that this needs."))
    gone: int = Authenticator.objects.filter(user=user).delete()[0]
    end_every_session(user=user, by=by)
    return gone
