"""The page behind the link of an invitation: accepted by a new account, or by the one that is signed in."""

from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sdg_targets.actions.invitations import InvitationRefused, accept_invitation, invitation_of
from sdg_targets.forms.people import AcceptForm
from sdg_targets.models import Invitation


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation. A link that is used, revoked, expired, wrong or cut says one and the same."""
    invitation = invitation_of(token)
    if invitation is None:
        return render(request, "sdg_targets/invitation_gone.html", status=404)
    known = get_user_model()._default_manager.filter(email__iexact=invitation.email).exists()
    if not request.user.is_authenticated and known:
        return redirect_to_login(request.get_full_path())
    if request.user.is_authenticated:
        return _with_account(request, invitation, token)
    return _with_new_account(request, invitation, token)


def _with_account(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """Whoever is signed in with the invited address takes the mandate up with one button."""
    is_theirs = request.user.email.lower() == invitation.email
    if request.method == "POST" and is_theirs:
        try:
            accept_invitation(token=token, by=request.user)
        except InvitationRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("account")
        messages.success(request, _("You have taken up the mandate."))
        return redirect("account")
    context = {"invitation": invitation, "is_theirs": is_theirs, "form": None}
    return render(request, "sdg_targets/invitation_accept.html", context, status=200 if is_theirs else 403)


def _with_new_account(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """A person without an account gives a name and a password, and is signed in."""
    account = get_user_model()(email=invitation.email)
    form = AcceptForm(request.POST if request.method == "POST" else None, account=account)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            user = accept_invitation(token=token, by=None, name=given["name"], password=given["password"])
        except InvitationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            login(request, user)
            messages.success(request, _("Welcome. Your account stands, and you have taken up the mandate."))
            return redirect("account")
    context = {"invitation": invitation, "is_theirs": True, "form": form}
    return render(request, "sdg_targets/invitation_accept.html", context, status=400 if form.errors else 200)
