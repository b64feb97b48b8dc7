"""Mail that is sent by the worker, so that an answer does not take longer where there is an account."""

from urllib.parse import urljoin

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from .models import User


@task()
def mail_password_link(email: str, base: str) -> None:
    """Send a link to set a new password, in its person's language; nothing where there is no account that may sign in."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        return
    with translation.override(user.language):
        key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        link = urljoin(base, reverse("account_reset_password_from_key", kwargs=key))
        text = render_to_string("account/email/password_link.txt", {"link": link, "site": base, "user": user})
        send_mail(_("A new password for “Migration in the SDGs”"), text, None, [user.email])
