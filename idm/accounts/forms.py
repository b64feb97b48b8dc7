"""Forms of signing in and of one's own account, in this product's words and without placeholders."""

from datetime import timedelta
from typing import Any, Final

from allauth.account import forms as account
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import Scope

from .models import User
from .queries import SCOPE_WORDS
from .tasks import mail_password_link

#: How long a token may be valid.
LASTING: Final = {30: _("30 days"), 90: _("90 days"), 365: _("One year")}


def plain(form: forms.BaseForm, **labels: Any) -> None:
    """Take placeholders and the library's help away, and set our labels."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.help_text = ""
        if name in labels:
            field.label = labels[name]


class SignInForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self, login=_("E-mail address"), password=_("Password"), remember=_("Keep me signed in on this device"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class PasswordAgainForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self, password=_("Password"))


class ForgottenPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self, email=_("E-mail address"))

    def save(self, request: HttpRequest, **more: Any) -> str:
        """Leave the mail to the worker, whether there is an account or not."""
        email = str(self.cleaned_data["email"])
        mail_password_link.enqueue(email, request.build_absolute_uri("/"))
        return email


def new_password_labels(form: forms.BaseForm) -> None:
    """Labels of a new password, with the rules it must keep."""
    plain(form, oldpassword=_("Present password"), password1=_("New password"), password2=_("New password again"))
    form.fields["password1"].help_text = " ".join(password_validators_help_texts())


class NewPasswordForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new_password_labels(self)


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new_password_labels(self)


class CodeForm(codes.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self, code=_("Code"))
        self.fields["code"].help_text = _("Six digits from the app, or one of your recovery codes.")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class CodeAgainForm(codes.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self, code=_("Code"))
        self.fields["code"].help_text = _("Six digits from the app, or one of your recovery codes.")


class ActivateAppForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self, code=_("Code"))
        self.fields["code"].help_text = _("The six digits that the app shows now.")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddPasskeyForm(passkeys.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self, name=_("Name of the device"), passwordless=_("Sign in with it alone, without a password"))
        self.fields["passwordless"].help_text = _("The device then asks for a fingerprint, a face or a PIN.")
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(passkeys.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self, name=_("Name of the device"))


class PersonForm(forms.ModelForm[User]):
    """What people say of themselves: a name, and the language of their mail."""

    class Meta:
        model = User
        fields = ["name", "language"]
        labels = {"language": _("Language of e-mail")}


class TokenForm(forms.Form):
    """A new token: what it is called, what it is for, and how long it is valid."""

    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("So that you know it again: “R on my laptop”, say.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=list(SCOPE_WORDS.items()),
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Never more than you may yourself, and nothing in the administration."),
    )
    days = forms.TypedChoiceField(
        label=_("Valid for"), choices=list(LASTING.items()), coerce=int, initial=90, widget=forms.RadioSelect
    )

    def lasting(self) -> timedelta:
        """How long the token is valid."""
        return timedelta(days=self.cleaned_data["days"])
