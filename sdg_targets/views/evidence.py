"""Evidence: its page for a country's round, and each file as a download to those who may see it."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sdg_targets.actions.evidence import attach_file, attach_link, remove_evidence
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.domain.rows import FileProblem
from sdg_targets.domain.sentences import in_words
from sdg_targets.formats.file_types import ENDINGS
from sdg_targets.models import Answer, Cell, EvidencePurpose, Submission
from sdg_targets.queries.evidence import evidence_for, evidence_item
from sdg_targets.queries.my_rounds import my_round
from sdg_targets.web.uploads import REFUSED, TOO_LARGE

ACCEPTED: Final = ",".join(sorted(set(ENDINGS.values()) | {".jpeg", ".csv"}))


class EvidenceForm(forms.Form):
    """A file or a link, what it is called, and whether it is a letter."""

    title = forms.CharField(label=gettext_lazy("What it is"), max_length=200, required=False)
    file = forms.FileField(
        label=gettext_lazy("A file"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )
    url = forms.CharField(label=gettext_lazy("Or a web address"), max_length=1000, required=False)
    purpose = forms.ChoiceField(label=gettext_lazy("It is"), choices=EvidencePurpose.choices, required=False)

    def __init__(self, *args: Any, not_taken: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.not_taken = not_taken

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.not_taken == TOO_LARGE:
            self.add_error("file", _("The file is larger than may be attached here."))
        elif "whole" not in self.data:
            self.add_error("file", _("The sending broke off before its end. Upload the file again."))
        elif not self.errors and bool(given.get("file")) == bool(given.get("url")):
            self.add_error("file", _("Give either a file or a web address."))
        return given


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def round_evidence(request: HttpRequest, iso3: str, code: str) -> HttpResponse:
    """What is attached to the submission of one's own country in a round, and the form to attach more."""
    submission = _submission(request, iso3, code)
    cell, answer = _cell(request, submission), _answer(request, submission)
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


def _submission(request: HttpRequest, iso3: str, code: str) -> Submission:
    """The submission of one's own country. Errors: ``Http404`` for all else."""
    found = my_round(request.user, iso3, code)
    if found is None or found.submission is None:
        raise Http404
    return found.submission


def _cell(request: HttpRequest, submission: Submission) -> Cell | None:
    """The value that is meant, by its id in the address. Errors: ``Http404`` for one of another submission."""
    asked = request.GET.get("cell", "")
    if not asked:
        return None
    found = submission.cells.with_names().filter(pk=int(asked)).first() if asked.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _answer(request: HttpRequest, submission: Submission) -> Answer | None:
    """The answer that is meant, by its id in the address. Errors: ``Http404`` for one of another submission."""
    asked = request.GET.get("answer", "")
    if not asked:
        return None
    answers = Answer.objects.filter(response__submission=submission).select_related("question", "response")
    found = answers.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else None
    if found is None:
        raise Http404
    return found


@login_required
@never_cache
@require_POST
def evidence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one piece away, and go back to the page of the round."""
    item = evidence_item(request.user, pk)
    if item is None:
        raise Http404
    try:
        remove_evidence(item=item, by=request.user)
    except StepRefused as refused:
        messages.error(request, str(refused))
    except PermissionDenied:
        raise
    else:
        messages.success(request, _("It was removed."))
    submission = item.submission
    return redirect("sdg_targets:my-evidence", submission.area.code, submission.round.code)


@login_required
@never_cache
@require_safe
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
