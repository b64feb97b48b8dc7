"""Pages of one's own account: person, second factors, sessions, tokens, sign-ins."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sdg_targets.domain.roles import Permission
from sdg_targets.permissions import asks_second_factor, can, owes_second_factor, roles_of

from . import actions
from .forms import PersonForm, TokenForm
from .models import ApiToken, SignIn, User
from .queries import own_account


class SignedIn(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_page(request: SignedIn) -> HttpResponse:
    """Everything of one's own account on one page; a form for the name and the language of mail."""
    form = PersonForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("account")
    own = own_account(request.user, session_key=request.session.session_key)
    context = {
        "own": own,
        "form": form,
        "sees_people": any(m.area for m in own.mandates) or can(request.user, Permission.MANAGE_MANDATES),
        "asked": asks_second_factor(request.user, roles_of(request.user)),
    }
    return render(request, "account/own.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_GET
def second_factor(request: SignedIn) -> HttpResponse:
    """The ways to a second factor, for those who must have one and do not, and for all who want one."""
    owed = owes_second_factor(request.user, roles_of(request.user))
    return render(request, "account/second_factor.html", {"owed": owed})


@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def token_new(request: SignedIn) -> HttpResponse:
    """Make a token; the page that answers shows it, once."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        token, secret = actions.make_token(
            name=form.cleaned_data["name"], scopes=form.cleaned_data["scopes"], lasting=form.lasting(), by=request.user
        )
        return render(request, "account/token_made.html", {"token": token, "secret": secret}, status=201)
    return render(request, "account/token_new.html", {"form": form}, status=400 if form.errors else 200)


@login_required
@require_POST
def token_revoke(request: SignedIn, pk: int) -> HttpResponse:
    """End one of one's own tokens."""
    token = get_object_or_404(ApiToken, pk=pk, user=request.user)
    actions.revoke_token(token=token, by=request.user)
    messages.success(request, _("The token “%(name)s” opens nothing any more.") % {"name": token.name})
    return redirect("account")


@login_required
@require_POST
def session_end(request: SignedIn, pk: int) -> HttpResponse:
    """End one of one's own sessions; that of another answers as one that there is not."""
    sign_in = SignIn.objects.of(request.user).filter(pk=pk).exclude(session_key="").first()
    if sign_in is None:
        raise Http404
    actions.end_session(sign_in=sign_in, by=request.user)
    messages.success(request, _("That session has ended."))
    return redirect("account")


@login_required
@require_POST
def sessions_end(request: SignedIn) -> HttpResponse:
    """Sign out everywhere but here."""
    actions.end_every_session(user=request.user, by=request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("All other sessions have ended. Tokens stay; revoke them below."))
    return redirect("account")
