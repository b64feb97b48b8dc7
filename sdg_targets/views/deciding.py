"""What reviewers do on their pages: marks, questions and comments, and the decision. Each deed is a form's button."""

import uuid
from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sdg_targets.actions import comments, deciding, publishing
from sdg_targets.actions.stepping import StepRefused, SubmissionMoved
from sdg_targets.domain.roles import Permission
from sdg_targets.forms.review import NoteForm, PublicNoteForm, SetTimeForm
from sdg_targets.models import Comment, Mark, Submission
from sdg_targets.permissions import requires
from sdg_targets.queries.differences import rows_of
from sdg_targets.web.choices import seen_versions

from .review import Refusal, detail_page, submission_or_404


@require_POST
@requires(Permission.REVIEW_DATA)
def review_marks(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or query values, one or many; answer and settle what was said of them."""
    return _done(request, submission_or_404(request, pk), _MARKS)


@require_POST
@requires(Permission.REVIEW_DATA)
def review_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Return, accept for publication, publish now or at a set time, take back."""
    return _done(request, submission_or_404(request, pk), _DECISIONS)


Deed = Callable[[HttpRequest, Submission], str]


def _done(request: HttpRequest, submission: Submission, deeds: dict[str, Deed]) -> HttpResponse:
    """Do what was asked and go back to the page; where it is refused, the page says why and keeps what was typed."""
    name = next((name for name in deeds if name in request.POST), request.POST.get("deed", ""))
    deed = deeds.get(name)
    if deed is None:
        return detail_page(request, submission, Refusal(_("Choose what to do."), request.POST, 400))
    try:
        said = deed(request, submission)
    except StepRefused as refused:
        submission = submission_or_404(request, submission.pk)
        status = 409 if isinstance(refused, SubmissionMoved) else 400
        return detail_page(request, submission, Refusal(str(refused), request.POST, status))
    messages.success(request, said)
    return redirect(_back(request, submission))


def _back(request: HttpRequest, submission: Submission) -> str:
    """The page as it was narrowed, at the value that was worked on."""
    query = request.GET.urlencode()
    address = reverse("sdg_targets:review-detail", args=[submission.pk]) + (f"?{query}" if query else "")
    chosen = [request.POST.get(name, "") for name in ("accept", "query", "clear", "say")]
    row = next((text.partition(":")[0] for text in chosen if text), "")
    return f"{address}#c{row}" if row.isdigit() else address


def _mark(mark: str, name: str) -> Deed:
    def deed(request: HttpRequest, submission: Submission) -> str:
        seen = _chosen(request, name)
        cells = deciding.mark_cells(submission=submission, seen=seen, mark=mark, by=request.user)
        if mark == Mark.ACCEPTED:
            return ngettext("%(n)s value accepted.", "%(n)s values accepted.", len(cells)) % {"n": len(cells)}
        return ngettext(
            "The mark of %(n)s value was taken off.", "The marks of %(n)s values were taken off.", len(cells)
        ) % {"n": len(cells)}

    return deed


def _query(request: HttpRequest, submission: Submission) -> str:
    seen = _chosen(request, "query")
    cells = deciding.query_cells(submission=submission, seen=seen, text=_words(request, seen), by=request.user)
    return ngettext("%(n)s value queried.", "%(n)s values queried.", len(cells)) % {"n": len(cells)}


def _clean(request: HttpRequest, submission: Submission) -> str:
    seen = {row.pk: row.version for row in rows_of(submission) if row.is_clean}
    cells = deciding.accept_clean(
        submission=submission, seen=seen, seen_sha256=request.POST.get("seen_sha256", ""), by=request.user
    )
    return ngettext("%(n)s value accepted.", "%(n)s values accepted.", len(cells)) % {"n": len(cells)}


def _say(request: HttpRequest, submission: Submission) -> str:
    """A comment on one value, or an answer in the thread of one, or on the whole submission."""
    cell = submission.cells.filter(pk__in=seen_versions([request.POST.get("say", "")])).first()
    answers = _comment(submission, request.POST.get("answers", ""))
    text = request.POST.get(f"comment-{cell.pk}" if cell else "comment", "")
    comments.comment(
        submission=submission,
        by=request.user,
        text=text,
        cell=cell,
        answers=answers,
        internal=request.POST.get("internal") == "yes",
    )
    return _("Your comment was added.")


def _settle(request: HttpRequest, submission: Submission) -> str:
    said = _comment(submission, request.POST.get("settle", ""))
    if said is None:
        raise StepRefused(_("This belongs to another submission."))
    comments.settle(comment=said, by=request.user)
    return _("Settled: nothing is open about this comment any more.")


def _comment(submission: Submission, given: str) -> Comment | None:
    shown = submission.comments.exclude(internal=True, from_desk=False)
    return shown.filter(pk=int(given)).first() if given.isascii() and given.isdigit() and len(given) < 10 else None


def _chosen(request: HttpRequest, name: str) -> dict[int, int]:
    """The value of the button that was pressed, else those that were ticked. Errors: ``StepRefused`` where none is."""
    one = request.POST.get(name, "")
    seen = seen_versions([one] if one not in ("", "selected") else request.POST.getlist("cell"))
    if not seen:
        raise StepRefused(_("Choose at least one value: tick the box in front of it."))
    return seen


def _words(request: HttpRequest, seen: dict[int, int]) -> str:
    """What was written for one value, else what was written for all that were ticked."""
    own = f"comment-{next(iter(seen))}" if len(seen) == 1 else ""
    return (request.POST.get(own, "") if own else "") or request.POST.get("comment", "")


def _return(request: HttpRequest, submission: Submission) -> str:
    note = _read(NoteForm(request.POST, prefix="return"))["note"]
    deciding.return_submission(
        submission=submission, by=request.user, note=note, seen=_seen(request), key=_key(request)
    )
    return _("Returned. The country’s team is told, and can change the values.")


def _approve(request: HttpRequest, submission: Submission) -> str:
    sha256 = request.POST.get("seen_sha256", "")
    deciding.approve(submission=submission, by=request.user, seen_sha256=sha256, key=_key(request))
    return _("Accepted for publication. Nothing is public yet: publish it now, or set a time.")


def _unapprove(request: HttpRequest, submission: Submission) -> str:
    note = _read(NoteForm(request.POST, prefix="back"))["note"]
    deciding.unapprove(submission=submission, by=request.user, note=note, seen=_seen(request), key=_key(request))
    return _("The acceptance was taken back. The values can be looked at again.")


def _publish(request: HttpRequest, submission: Submission) -> str:
    note = _read(PublicNoteForm(request.POST, prefix="publish"))["note"]
    publishing.publish(submission=submission, by=request.user, note=note, key=_key(request))
    return _("Published. The values stand on the country’s page, in the downloads and in the API.")


def _schedule(request: HttpRequest, submission: Submission) -> str:
    asked = _read(SetTimeForm(request.POST, prefix="time"))
    publishing.set_publication(submission=submission, by=request.user, at=asked["at"], note=asked["note"])
    return _("The time is set. Until then nothing of it is public.")


def _unschedule(request: HttpRequest, submission: Submission) -> str:
    publishing.cancel_publication(submission=submission, by=request.user)
    return _("The set time was taken away.")


def _read(form: Any) -> dict[str, Any]:
    """What a form says. Errors: ``StepRefused``, the field named."""
    if not form.is_valid():
        name, said = next(iter(form.errors.items()))
        raise StepRefused(f"{form.fields[name].label}: {' '.join(said)}")
    return dict(form.cleaned_data)


def _seen(request: HttpRequest) -> int | None:
    given = request.POST.get("seen", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def _key(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None


_MARKS: Final[dict[str, Deed]] = {
    "accept": _mark(Mark.ACCEPTED, "accept"),
    "query": _query,
    "clear": _mark(Mark.NONE, "clear"),
    "clean": _clean,
    "settle": _settle,
    "say": _say,
}
_DECISIONS: Final[dict[str, Deed]] = {
    "return": _return,
    "approve": _approve,
    "unapprove": _unapprove,
    "publish": _publish,
    "schedule": _schedule,
    "unschedule": _unschedule,
}
