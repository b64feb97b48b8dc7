"""Accounts of the people who sign in."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "idm.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from .sign_ins import signed_in  # noqa: PLC0415 - models are there only now

        user_logged_in.connect(signed_in, dispatch_uid="idm.accounts.signed_in")
