"""Shortcuts of one click: as last year, and nothing to report."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sdg_targets.actions.cells import Saved
from sdg_targets.actions.shortcuts import repeat_last, report_nothing
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.web.private import private

from .mine import submission_or_404


@require_POST
@private
def as_last_year(request: HttpRequest, iso3: str, code: str) -> HttpResponse:
    submission = submission_or_404(request, iso3, code)
    return _done(request, iso3, code, lambda: repeat_last(submission=submission, by=request.user))


@require_POST
@private
def nothing(request: HttpRequest, iso3: str, code: str) -> HttpResponse:
    submission = submission_or_404(request, iso3, code)
    reason = request.POST.get("reason", "")
    return _done(request, iso3, code, lambda: report_nothing(submission=submission, reason=reason, by=request.user))


def _done(request: HttpRequest, iso3: str, code: str, deed: Callable[[], list[Saved]]) -> HttpResponse:
    """Do it, and say on the grid what became of it."""
    try:
        filled = len(deed())
    except (StepRefused, PermissionDenied) as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext(
            "%(n)s value filled in. Look at it before you submit.",
            "%(n)s values filled in. Look at them before you submit.",
            filled,
        )
        messages.success(request, said % {"n": filled})
    return redirect("sdg_targets:my-grid", iso3, code)
