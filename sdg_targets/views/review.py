"""The reviewers' pages: the queue, and one submission value by value beside what is published."""

import uuid
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sdg_targets.domain.languages import gettext_noop
from sdg_targets.domain.roles import Permission
from sdg_targets.domain.workflow import STATE_SENTENCES, State
from sdg_targets.forms.review import NoteForm, PublicNoteForm, QueueForm, SetTimeForm
from sdg_targets.models import EvidenceItem, Mark, Series, Submission
from sdg_targets.permissions import requires
from sdg_targets.queries.decisions import desk_for, steps_taken
from sdg_targets.queries.differences import Row, rows_of
from sdg_targets.queries.early_access import early_readers
from sdg_targets.queries.evidence import evidence_for
from sdg_targets.queries.questionnaires import asked_of, is_answered
from sdg_targets.queries.review_queue import choices_of, desk_sees, queue
from sdg_targets.queries.submissions import fingerprint, progress_of

#: Values on one page.
PAGE_SIZE: Final = 100
#: What the values can be narrowed to, in the order in which it is offered.
SHOWN: Final[dict[str, str]] = {
    "changed": gettext_noop("Changed"),
    "findings": gettext_noop("With findings"),
    "queried": gettext_noop("Queried"),
    "open": gettext_noop("Not looked at"),
    "all": gettext_noop("All values"),
}


@require_safe
@never_cache
@requires(Permission.REVIEW_DATA)
def review_list(request: HttpRequest) -> HttpResponse:
    """The queue, the earliest due first."""
    mine = desk_sees(request.user)
    choices = choices_of(mine, request.LANGUAGE_CODE)
    form = QueueForm(request.GET or None, offered=choices)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = mine.exclude(state=State.PUBLISHED) if not asked.get("state") else mine.filter(state=asked["state"])
    for name in ("area", "round"):
        if asked.get(name):
            rows = rows.filter(**{f"{name}__code": asked[name]})
    context = {"form": form, "waiting": queue(rows, now=timezone.now()), "counts": choices.counts, "asked": asked}
    return render(request, "sdg_targets/review_list.html", context)


@require_safe
@never_cache
@requires(Permission.REVIEW_DATA)
def review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission, value by value."""
    return detail_page(request, submission_or_404(request, pk))


def submission_or_404(request: HttpRequest, pk: int) -> Submission:
    """The submission, if the desk may see it. Errors: ``Http404``, the same for one that there is not."""
    found = desk_sees(request.user).with_names().filter(pk=pk).first()
    if found is None:
        raise Http404(
            _("There is no submission %(number)s at your desk. A country may have taken it back.") % {"number": pk}
        )
    return found


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a deed was refused, and what was typed for it: nothing typed is lost."""

    said: str
    typed: Any
    status: int = 409


def detail_page(request: HttpRequest, submission: Submission, refusal: Refusal | None = None) -> HttpResponse:
    """The page of a submission. Its checksum is asked before its values: what changes in between is then not approved."""
    seen_sha256 = fingerprint(submission)
    rows = rows_of(submission)
    progress = progress_of(submission)
    desk = desk_for(submission, progress, request.user)
    counts = {name: len(narrowed(rows, name)) for name in SHOWN}
    show = shown_in(request, counts)
    page = Paginator(narrowed(rows, show), PAGE_SIZE).get_page(request.GET.get("page"))
    typed = refusal.typed if refusal else {}
    evidence: dict[int | None, list[EvidenceItem]] = {}
    for item in evidence_for(submission, request.user):
        if item.answer_id is None:  # what hangs on an answer stands on the page of the questionnaire
            evidence.setdefault(item.cell_id, []).append(item)
    context = {
        "submission": submission,
        "sentence": _(STATE_SENTENCES[State(submission.state)]),
        "seen_sha256": seen_sha256,
        "progress": progress,
        "desk": desk,
        "clean": sum(row.is_clean for row in rows),
        "tabs": [(name, _(label), counts[name]) for name, label in SHOWN.items()],
        "show": show,
        "page": page,
        "groups": groups_of(page, typed, evidence),
        "letters": evidence.get(None, []),
        "forms": [asked for asked in asked_of(submission) if is_answered(submission, asked)],
        "problem": refusal.said if refusal else "",
        "typed_comment": typed.get("comment", ""),
        "typed_email": typed.get("email", ""),
        "readers": early_readers(submission),
        "events": steps_taken(submission),
        "discussion": submission.comments.filter(cell=None)
        .exclude(internal=True, from_desk=False)
        .select_related("by"),
        "keys": {deed: uuid.uuid4() for deed in ("return", "approve", "unapprove", "publish")},
        **decision_forms(submission, typed),
    }
    return render(request, "sdg_targets/review_detail.html", context, status=refusal.status if refusal else 200)


def narrowed(rows: list[Row], show: str) -> list[Row]:
    """The rows that a filter shows."""
    wanted = {
        "changed": lambda row: row.difference.is_change,
        "findings": lambda row: bool(row.findings),
        "queried": lambda row: row.mark == Mark.QUERIED or row.has_open_question,
        "open": lambda row: row.mark == Mark.NONE,
        "all": lambda row: True,
    }[show]
    return [row for row in rows if wanted(row)]


def shown_in(request: HttpRequest, counts: dict[str, int]) -> str:
    """The filter asked for; without one what changed, where anything did."""
    asked = request.GET.get("show", "")
    if asked in SHOWN:
        return asked
    return "changed" if counts["changed"] else "all"


def groups_of(
    page: Page[Row], typed: Any, evidence: dict[int | None, list[EvidenceItem]]
) -> list[tuple[Series, list[tuple[Row, str, list[EvidenceItem]]]]]:
    """The values of a page by series, each with what was typed in its comment and the evidence attached to it."""
    return [
        (series, [(row, typed.get(f"comment-{row.pk}", ""), evidence.get(row.pk, [])) for row in rows])
        for series, rows in groupby(page.object_list, key=lambda row: row.series)
    ]


def decision_forms(submission: Submission, typed: Any) -> dict[str, Any]:
    """The forms of the decisions, with what was typed where one was refused."""
    deed = typed.get("deed", "")
    standing = {"at": submission.publish_at, "note": submission.publish_note}

    def form(of: Any, deeds: set[str], prefix: str, **initial: Any) -> Any:
        return of(typed if deed in deeds else None, prefix=prefix, initial=initial)

    return {
        "return_form": form(NoteForm, {"return"}, "return"),
        "back_form": form(NoteForm, {"unapprove"}, "back"),
        "publish_form": form(PublicNoteForm, {"publish"}, "publish", **standing),
        "time_form": form(SetTimeForm, {"schedule"}, "time", **standing),
    }
