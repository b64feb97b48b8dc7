"""Evidence: its page for a country's round, and each file as a download to those who may see it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sdg_targets.actions.evidence import attach_file, attach_link, remove_evidence
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.domain.rows import FileProblem
from sdg_targets.domain.sentences import in_words
from sdg_targets.formats.file_types import ENDINGS
from sdg_targets.forms.files import EvidenceForm
from sdg_targets.models import Answer, Cell, EvidencePurpose, Submission
from sdg_targets.queries.evidence import evidence_for, evidence_item
from sdg_targets.web.private import private
from sdg_targets.web.uploads import REFUSED

from .mine import submission_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@private
def round_evidence(request: HttpRequest, iso3: str, code: str) -> HttpResponse:
    """What is attached to the submission of one's own country in a round, and the form to attach more."""
    submission = submission_or_404(request, iso3, code)
    cell: Cell | None = _named(request, "cell", submission.cells.with_names())
    answers = Answer.objects.filter(response__submission=submission).select_related("question", "response")
    answer: Answer | None = _named(request, "answer", answers)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EvidenceForm(*sent, not_taken=getattr(request, REFUSED, ""))
    if request.method == "POST" and form.is_valid():
        try:
            _attach(form, submission, cell, answer, request.user)
        except (StepRefused, FileProblem) as refused:
            form.add_error("file" if form.cleaned_data.get("file") else "url", in_words(str(refused), gettext))
        else:
            messages.success(request, _("It is attached."))
            return redirect(request.get_full_path())
    context = {
        "submission": submission,
        "cell": cell,
        "answer": answer,
        "items": evidence_for(submission, request.user),
        "form": form,
    }
    return render(request, "sdg_targets/round_evidence.html", context, status=422 if form.errors else 200)


def _attach(form: EvidenceForm, submission: Submission, cell: Cell | None, answer: Answer | None, by: Any) -> None:
    given = form.cleaned_data
    what = {
        "submission": submission,
        "cell": cell,
        "answer": answer,
        "title": given["title"],
        "purpose": given["purpose"] or EvidencePurpose.EVIDENCE,
        "by": by,
    }
    if given["file"]:
        attach_file(given["file"].chunks(), file_name=given["file"].name, **what)
    else:
        attach_link(url=given["url"], **what)


def _named(request: HttpRequest, name: str, rows: Any) -> Any:
    """The row that the address names by its id, if it names any. Errors: ``Http404`` for one that is not among the rows."""
    asked = request.GET.get(name, "")
    if not asked:
        return None
    found = rows.filter(pk=int(asked)).first() if asked.isdecimal() else None
    if found is None:
        raise Http404
    return found


@require_POST
@private
def evidence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one piece away, and go back to the page of the round."""
    item = evidence_item(request.user, pk)
    if item is None:
        raise Http404
    try:
        remove_evidence(item=item, by=request.user)
    except StepRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It was removed."))
    submission = item.submission
    return redirect("sdg_targets:my-evidence", submission.area.code, submission.round.code)


@require_safe
@private
def evidence_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, as a download that no browser opens by itself, to those who may see it."""
    item = evidence_item(request.user, pk)
    if item is None or not item.is_file or not item.path.is_file():
        raise Http404
    stem = item.file_name.rpartition(".")[0] or item.file_name
    answer = FileResponse(
        open(item.path, "rb"),  # noqa: SIM115 - closed with the answer
        as_attachment=True,
        filename=stem + ENDINGS.get(item.media_type, ".bin"),
        content_type=item.media_type or "application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
