"""One cell as a page: a form that works without script; the side panel of the grid shows the same."""

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sdg_targets.actions.cells import Saved
from sdg_targets.actions.comments import comment, settle
from sdg_targets.actions.entering import FIELDS, MULTIPLIERS, NUMBERS, Refused, Typed, enter_typed
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.domain.cell_texts import text_in_field, text_of_cell
from sdg_targets.domain.roles import Permission
from sdg_targets.domain.validation import MISSING
from sdg_targets.models import Cell, Comment, Nature, Status, Submission
from sdg_targets.permissions import can
from sdg_targets.queries.cell_page import CellPage, cell_page, period_or_none
from sdg_targets.queries.findings import findings_of_cell
from sdg_targets.queries.grid import GridColumn, grid_of
from sdg_targets.queries.locks import lock_of
from sdg_targets.queries.published_beside import Place
from sdg_targets.web.private import private

from .mine import submission_or_404

#: Powers of ten that statistics are given in, with their words.
POWERS: Final = {
    "0": gettext_lazy("single units"),
    "3": gettext_lazy("thousands"),
    "6": gettext_lazy("millions"),
    "9": gettext_lazy("thousand millions"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@private
def cell(request: HttpRequest, iso3: str, code: str) -> HttpResponse:
    """GET: the cell's page, or with ``panel`` what the side panel shows. POST: save what was changed in its form."""
    submission = submission_or_404(request, iso3, code)
    page = _page(request, submission)
    given: dict[str, str] = {}
    refused, clash = None, None
    if request.method == "POST":
        given = {name: request.POST[name] for name in FIELDS if name in request.POST}
        outcome = _save(request, submission, page, given)
        if isinstance(outcome, HttpResponse):
            return outcome
        refused = outcome if isinstance(outcome, Refused) else None
        clash = outcome.cell if isinstance(outcome, Saved) and outcome.clashed else None
        page = _page(request, submission)
    context = context_of(request, submission, page) | {"given": given, "refused": refused, "clash": clash}
    name = "sdg_targets/my/_cell.html" if "panel" in request.GET else "sdg_targets/my/cell.html"
    return render(request, name, context, status=409 if clash else 200)


def _page(request: HttpRequest, submission: Submission) -> CellPage:
    place: Place = (request.GET.get("series", ""), request.GET.get("period", ""), request.GET.get("breakdown", "_T"))
    period = period_or_none(place[1])
    found = grid_of(submission, also=[GridColumn(period)] if period else [])
    page = cell_page(submission, place, found)
    if page is None:
        raise Http404(_("There is nothing at this address."))
    return page


def _save(
    request: HttpRequest, submission: Submission, page: CellPage, given: dict[str, str]
) -> HttpResponse | Saved | Refused:
    """Save the form: leads on where it could be saved, else what hindered it."""
    language = (get_language() or "en")[:2]
    seen = request.POST.get("seen", "")
    stood = fields_of(page.cell, language)
    fields = {name: text for name, text in given.items() if text.replace("\r\n", "\n").strip() != stood[name]}
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    if not fields:
        return redirect(_onwards(request, submission, page))
    try:
        (outcome,) = enter_typed(
            submission=submission,
            typed=[Typed(*page.place, seen=number, fields=fields)],
            by=request.user,
            language=language,
            way="form",
        )
    except (StepRefused, PermissionDenied) as refused:
        messages.error(request, str(refused))
        return redirect(address_of(submission, page.place))
    if isinstance(outcome, Refused) or outcome.clashed:
        return outcome
    messages.success(request, _("Saved."))
    return redirect(_onwards(request, submission, page))


def _onwards(request: HttpRequest, submission: Submission, page: CellPage) -> str:
    """Where a person who saved goes: on to the next value, or here again."""
    onwards = page.after if "next" in request.POST else None
    return address_of(submission, onwards or page.place)


def address_of(submission: Submission, place: Place) -> str:
    """The address of a cell's page."""
    base = reverse("sdg_targets:my-cell", args=[submission.area.code, submission.round.code])
    return f"{base}?{urlencode(dict(zip(('series', 'period', 'breakdown'), place, strict=True)))}"


def fields_of(row: Cell | None, language: str) -> dict[str, str]:
    """What stands in each field of a cell's form, as text in the person's language."""
    if row is None:
        blank = dict.fromkeys(FIELDS, "")
        return blank | {"status": Status.NORMAL.value, "nature": Nature.COUNTRY.value, "multiplier": "0"}
    texts = {name: text_in_field(getattr(row, name), language) for name in NUMBERS}
    words = {name: str(getattr(row, name)) for name in FIELDS - set(NUMBERS) - {"value"}}
    return texts | words | {"value": text_of_cell(row.value, row.typed, language)}


def context_of(request: HttpRequest, submission: Submission, page: CellPage) -> dict[str, Any]:
    """What the page of a cell and the panel are made of."""
    language = (get_language() or "en")[:2]
    lock, fields = lock_of(submission), fields_of(page.cell, language)
    may_enter = lock is None and can(request.user, Permission.ENTER_DATA, area=submission.area)
    return {
        "area": submission.area,
        "submission": submission,
        "page": page,
        "fields": fields,
        "lock": lock,
        "may_enter": may_enter,
        "findings": findings_of_cell(submission, page.cell) if page.cell else (),
        "statuses": [(code, label, code in MISSING) for code, label in Status.choices],
        "natures": Nature.choices,
        "multipliers": _multipliers(fields["multiplier"]),
        "address": address_of(submission, page.place),
        "before": address_of(submission, page.before) if page.before else "",
        "after": address_of(submission, page.after) if page.after else "",
        "language": language,
    }


def _multipliers(standing: str) -> list[tuple[str, str]]:
    """The choices of a multiplier: the usual ones, and the one that stands there."""
    return [(power, str(POWERS.get(power, f"10^{power}"))) for power in MULTIPLIERS if power in {*POWERS, standing}]


@require_POST
@private
def say(request: HttpRequest, iso3: str, code: str) -> HttpResponse:
    """Comment on a value or on the whole, answer what was asked, or say that it is settled."""
    submission = submission_or_404(request, iso3, code)
    comments = Comment.objects.filter(submission=submission).select_related("submission", "cell")
    answers = comments.filter(pk=_id(request, "answers")).first()
    row = submission.cells.with_names().filter(pk=_id(request, "cell")).first()
    try:
        if "settle" in request.POST and answers is not None:
            settle(comment=answers, by=request.user)
        else:
            internal = request.POST.get("internal") == "yes"
            text = request.POST.get("text", "").replace("\0", "")[:4000]
            comment(submission=submission, by=request.user, text=text, cell=row, answers=answers, internal=internal)
    except (StepRefused, PermissionDenied) as refused:
        messages.error(request, str(refused))
    of = row or (answers.cell if answers else None)
    if of is None:
        return redirect("sdg_targets:my-grid", iso3, code)
    place = (of.series.code, of.period.code, of.breakdown.key)
    return redirect(f"{address_of(submission, place)}#comments")


def _id(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
