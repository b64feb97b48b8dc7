"""What people read of their own account: sessions, tokens, sign-ins, second factors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import Scope
from sdg_targets.models import Mandate

from .devices import in_short
from .models import ApiToken, SignIn, User

#: Words for each scope of a token.
SCOPE_WORDS: Final = {
    Scope.READ: _("Read what I may read"),
    Scope.SUBMIT: _("Enter and submit figures"),
    Scope.REVIEW: _("Review and publish"),
}
#: Words for each way of signing in.
WAYS: Final = {
    "password": _("password"),
    "totp": _("app"),
    "webauthn": _("passkey"),
    "recovery_codes": _("recovery code"),
    "socialaccount": _("the organisation’s account"),
    "invitation": _("invitation"),
}
#: So many sign-ins are listed.
LISTED: Final = 20


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that is open: the sign-in that opened it, its browser, until when, and whether it is the one that asks."""

    sign_in: SignIn
    device: str
    until: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class OwnToken:
    """A token that was not revoked, its scopes in words, and whether it has expired."""

    token: ApiToken
    scopes: Sequence[str]
    is_over: bool


@dataclass(frozen=True, slots=True)
class WrittenSignIn:
    """A sign-in with its ways and its browser in words."""

    sign_in: SignIn
    how: str
    device: str


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """Everything on the page of one's own account."""

    sessions: Sequence[OpenSession]
    sign_ins: Sequence[WrittenSignIn]
    tokens: Sequence[OwnToken]
    mandates: Sequence[Mandate]
    passkeys: Sequence[Authenticator]
    app: Authenticator | None
    recovery_codes: int

    @property
    def has_second_factor(self) -> bool:
        return bool(self.passkeys or self.app)


def own_account(user: User, *, session_key: str | None) -> OwnAccount:
    """What a person sees of the own account; ``session_key`` is that of the session that asks."""
    factors = list(Authenticator.objects.filter(user=user).order_by("pk"))
    codes = next((each for each in factors if each.type == Authenticator.Type.RECOVERY_CODES), None)
    return OwnAccount(
        sessions=open_sessions(user, session_key=session_key),
        sign_ins=[
            WrittenSignIn(row, in_words(row.how), in_short(row.device)) for row in SignIn.objects.of(user)[:LISTED]
        ],
        tokens=own_tokens(user),
        mandates=mandates_in_force(user),
        passkeys=[each for each in factors if each.type == Authenticator.Type.WEBAUTHN],
        app=next((each for each in factors if each.type == Authenticator.Type.TOTP), None),
        recovery_codes=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def mandates_in_force(user: User) -> list[Mandate]:
    """The mandates that a person holds today, with their areas."""
    held = Mandate.objects.of(user).in_force(on=timezone.localdate())
    return list(held.select_related("area", "delegated_from__user").order_by("pk"))


def own_tokens(user: User) -> list[OwnToken]:
    """A person's tokens that were not revoked, the newest first."""
    now = timezone.now()
    return [
        OwnToken(token, [str(SCOPE_WORDS[Scope(scope)]) for scope in token.scopes], token.expires_at <= now)
        for token in ApiToken.objects.filter(user=user, revoked_at=None)
    ]


def in_words(how: str) -> str:
    """The ways of a sign-in, as they were written down, in words."""
    return ", ".join(str(WAYS.get(way, way)) for way in how.split(" + ") if way)


def open_sessions(user: User, *, session_key: str | None) -> list[OpenSession]:
    """Sessions of a person that are open now, the one that asks first."""
    sign_ins = {row.session_key: row for row in SignIn.objects.of(user).exclude(session_key="").order_by("at")}
    rows = Session.objects.filter(session_key__in=sign_ins, expire_date__gt=timezone.now())
    found = [
        OpenSession(written, in_short(written.device), row.expire_date, row.session_key == session_key)
        for row in rows
        for written in [sign_ins[row.session_key]]
    ]
    return sorted(found, key=lambda session: (not session.is_this, -session.sign_in.at.timestamp()))
