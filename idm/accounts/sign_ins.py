"""What is written down of every sign-in, and which mandates a session was opened with."""

from datetime import timedelta
from typing import Any, Final

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.httpkit import get_client_ip
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from sdg_targets.models import Mandate

from .models import SignIn, User

#: So long a sign-in is kept.
KEPT: Final = timedelta(days=180)
#: Where a session keeps the mandates its person held when last seen.
MANDATES: Final = "mandates"
#: Where a session keeps the key under which its sign-in was written down.
KNOWN_AS: Final = "known_as"


def mandates_held(user: User) -> list[str]:
    """The mandates of a person in force today, each as ``role:area``: what a session must not lose."""
    rows = Mandate.objects.of(user).in_force(on=timezone.localdate()).values_list("role", "area")
    return sorted(f"{role}:{area or ''}" for role, area in rows)


def signed_in(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    """Write a sign-in down, with the session it opened."""
    if not request.session.session_key:
        request.session.create()
    request.session[MANDATES] = mandates_held(user)
    request.session[KNOWN_AS] = request.session.session_key
    records = get_authentication_records(request, user)
    how = " + ".join(dict.fromkeys(str(record.get("type") or record["method"]) for record in records))
    # Nothing is recorded where somebody came by the link of an invitation and chose a password.
    _write(request, user=user, how=how or "invitation", session_key=str(request.session.session_key))


def follow(request: HttpRequest) -> None:
    """Bring the sign-in in line with its session, whose key changes with the password."""
    known, now = request.session.get(KNOWN_AS), request.session.session_key
    if known and known != now:
        SignIn.objects.filter(session_key=known).update(session_key=now)
        request.session[KNOWN_AS] = now


def refused(request: HttpRequest, *, email: str) -> None:
    """Write a refused sign-in down, with the account where there is one: as much work for known as for unknown names."""
    user = User.objects.filter(email__iexact=email).first()
    _write(request, user=user, how="password", refused=True)


def _write(request: HttpRequest, **fields: Any) -> None:
    now = timezone.now()
    SignIn.objects.filter(at__lt=now - KEPT).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    device = request.headers.get("user-agent", "").replace("\0", "")[:200]
    SignIn.objects.create(at=now, address=get_client_ip(request), device=device, **fields)
