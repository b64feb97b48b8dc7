"""Early access: the reader's own pages, and the list as the desk keeps it."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sdg_targets.actions.early_access import end_early_access, grant_early_access, look_early
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.domain.roles import Permission
from sdg_targets.models import EarlyAccess, Submission
from sdg_targets.permissions import requires
from sdg_targets.queries.early_access import early_values, open_early

from .review import Refusal, detail_page, submission_or_404


@require_GET
@never_cache
@login_required
def early_list(request: HttpRequest) -> HttpResponse:
    """What the person may read before its time."""
    return render(request, "sdg_targets/early_list.html", {"accesses": open_early(request.user)})


@require_GET
@never_cache
@login_required
def early_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The accepted values of one submission; that they are looked at is written down first."""
    submission = Submission.objects.with_names().filter(pk=pk).first()
    try:
        if submission is None:
            raise Http404
        look_early(submission=submission, by=request.user)
    except (Http404, PermissionDenied) as error:
        raise Http404(_("There is nothing here that you may read before its publication.")) from error
    rows = early_values(submission)
    groups = [(series, list(found)) for series, found in groupby(rows, key=lambda row: row[0].series)]
    return render(request, "sdg_targets/early_detail.html", {"submission": submission, "groups": groups})


@require_POST
@requires(Permission.REVIEW_DATA)
def early_access(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a person on the list of a submission by the address of the account, or take one off."""
    submission = submission_or_404(request, pk)
    try:
        said = _end(request, submission) if request.POST.get("end") else _grant(request, submission)
    except StepRefused as refused:
        return detail_page(request, submission, Refusal(str(refused), request.POST, 400))
    messages.success(request, said)
    return redirect("sdg_targets:review-detail", pk=submission.pk)


def _grant(request: HttpRequest, submission: Submission) -> str:
    given = request.POST.get("email", "").strip()
    user = get_user_model().objects.filter(email__iexact=given).first()
    if user is None:
        raise StepRefused(_("There is no account with the address “%(email)s”.") % {"email": given[:100]})
    grant_early_access(submission=submission, user=user, by=request.user)
    return _("%(name)s can read the accepted values until they are published.") % {"name": user.get_full_name()}


def _end(request: HttpRequest, submission: Submission) -> str:
    given = request.POST["end"]
    known = given.isascii() and given.isdigit() and len(given) < 10
    access = EarlyAccess.objects.filter(submission=submission, pk=int(given)).first() if known else None
    if access is None:
        raise StepRefused(_("This person is not on the list."))
    end_early_access(access=access, by=request.user)
    return _("The early access was taken away.")
