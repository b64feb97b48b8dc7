"""The steps that a country takes with its submission: each is a form, its deed, and the sentence that says what became of it."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sdg_targets.actions.stepping import StepRefused
from sdg_targets.actions.submissions import recall, reopen, send_back, submit, validate
from sdg_targets.domain.workflow import Step
from sdg_targets.models import Submission
from sdg_targets.web.private import private

from .mine import submission_or_404

_STEPS: Final[Mapping[str, Callable[..., Submission]]] = {
    Step.VALIDATE: validate,
    Step.SEND_BACK: send_back,
    Step.SUBMIT: submit,
    Step.RECALL: recall,
}
_DONE: Final[Mapping[str, Any]] = {
    Step.VALIDATE: gettext_lazy("Validated. It can be submitted now."),
    Step.SEND_BACK: gettext_lazy("Sent back to be changed."),
    Step.SUBMIT: gettext_lazy("Submitted. The reviewers have been told."),
    Step.RECALL: gettext_lazy("Taken back. The values can be changed again."),
}


@require_POST
@private
def step(request: HttpRequest, iso3: str, code: str, name: str) -> HttpResponse:
    """Take one step of the country's side. What was looked at is named by its version; the same form twice is one step."""
    submission = submission_or_404(request, iso3, code)
    deed = _STEPS.get(name)
    if deed is None:
        raise Http404(_("There is nothing at this address."))
    said = {"note": request.POST.get("note", ""), "seen": _whole(request.POST.get("seen")), "key": _key(request)}
    try:
        deed(submission=submission, by=request.user, **said)
    except (StepRefused, PermissionDenied) as refused:
        messages.error(request, str(refused))
        return redirect("sdg_targets:my-grid", iso3, code)
    messages.success(request, _DONE[name])
    return redirect(
        "sdg_targets:my-grid" if name in (Step.RECALL, Step.SEND_BACK) else "sdg_targets:my-country",
        *((iso3, code) if name in (Step.RECALL, Step.SEND_BACK) else (iso3,)),
    )


@require_POST
@private
def revise(request: HttpRequest, iso3: str, code: str) -> HttpResponse:
    """Open a published submission again, with the reason for the revision."""
    submission = submission_or_404(request, iso3, code)
    reason, note = request.POST.get("reason", ""), request.POST.get("note", "")
    try:
        reopen(submission=submission, by=request.user, reason=reason, note=note)
    except (StepRefused, PermissionDenied) as refused:
        messages.error(request, str(refused))
        return redirect("sdg_targets:my-country", iso3)
    messages.success(request, _("Open again. What you submit now revises what is published."))
    return redirect("sdg_targets:my-grid", iso3, code)


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None
