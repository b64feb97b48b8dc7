"""What this product decides where django-allauth asks: nobody signs up, words are ours, secrets are kept closed."""

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import sign_ins
from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation or from an administrator; every refused sign-in is written down."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "too_many_login_attempts": _("Too many sign-ins were refused. Wait fifteen minutes, then try again."),
        "incorrect_code": _("This code is not right, or is no longer valid."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whoever signed in five minutes ago or less is not asked again."""
        records = get_authentication_records(self.request, self.request.user)
        last = max((record["at"] for record in records), default=0.0)
        return time.time() - last >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        sign_ins.refused(request, email=str(credentials.get("email", "")))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail in the language of the person, whatever the page was read in."""
        person = context.get("user")
        with translation.override(person.language if isinstance(person, User) else None):
            super().send_mail(template_prefix, email, context)


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"idm.accounts.second-factor:" + secret.encode()).digest())


class SecondFactors(DefaultMFAAdapter):
    """Secrets of second factors are encrypted with SECRET_KEY: a copy of the database opens no account."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or is no longer valid."),
    }

    def encrypt(self, text: str) -> str:
        return self._cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the library's own name
        return gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": settings.MFA_TOTP_ISSUER}

    @staticmethod
    def _cipher() -> MultiFernet:
        return MultiFernet([Fernet(_key(str(each))) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


class OrganisationAccounts(DefaultSocialAccountAdapter):
    """Sign-in with the organisation's accounts: only for people who have an account here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Join the organisation's account with ours of the same address, where the organisation vouches for the address."""
        if sociallogin.is_existing:
            return
        vouched = [each.email for each in sociallogin.email_addresses if each.verified]
        found = User.objects.filter(email__in=[email.lower() for email in vouched], is_active=True).first()
        if found is None:
            page = render(request, "socialaccount/no_account.html", {"vouched": bool(vouched)}, status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.connect(request, found)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("account")
