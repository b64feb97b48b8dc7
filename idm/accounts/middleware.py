"""Signed-in pages: a session that lost a mandate ends, and who owes a second factor sets one up before anything else.

Public pages never come here: they do not look at the session, and are the same bytes for everybody.
"""

import re
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sdg_targets.permissions import owes_second_factor

from .sign_ins import MANDATES, follow, mandates_held

_LANGUAGES: Final = "|".join(code for code, _name in settings.LANGUAGES)
#: Where people work: the administration, entry, review, and one's own account.
WORKING: Final = re.compile(rf"/(?:(?:{_LANGUAGES})/)?(?:admin|my|review|account)/")
#: Names of addresses at which a second factor is set up, and what may be needed on the way.
SETTING_UP: Final = frozenset(
    {
        "account_login", "account_logout", "account_reauthenticate", "account_second_factor",
        "mfa_activate_totp", "mfa_add_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
        "mfa_authenticate", "mfa_login_webauthn",
    }
)  # fmt: skip


class WatchedSessions:
    """Middleware: looks at the session of whoever asks for a page on which people work."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Before a view: nothing, or the answer that stands in its place."""
        if not WORKING.match(request.path_info) or not request.user.is_authenticated:
            return None
        follow(request)
        held = mandates_held(request.user)
        if not set(request.session.get(MANDATES, [])) <= set(held):
            logout(request)
            messages.info(request, _("A mandate of yours has ended, so you were signed out. Sign in again to go on."))
            return redirect_to_login(request.get_full_path())
        if request.session.get(MANDATES) != held:
            request.session[MANDATES] = held
        match = request.resolver_match
        if match is not None and match.url_name in SETTING_UP:
            return None
        if owes_second_factor(request.user, [name.partition(":")[0] for name in held]):
            return redirect("account_second_factor")
        return None
