"""The grid of a country's submission: a page that works as a plain form, and as a spreadsheet once its script is there."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sdg_targets.actions.cells import Saved
from sdg_targets.actions.entering import Refused, Typed, enter_typed
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.actions.submissions import open_submission
from sdg_targets.domain.cell_texts import text_of_cell
from sdg_targets.domain.periods import PeriodError, parse_period
from sdg_targets.domain.roles import Permission
from sdg_targets.domain.validation import MISSING
from sdg_targets.models import CellVersion, RevisionReason, Status, Submission
from sdg_targets.permissions import can
from sdg_targets.queries.findings import SubmissionFindings, findings_of
from sdg_targets.queries.grid import Grid, GridColumn, grid_of, place_of
from sdg_targets.queries.locks import lock_of, returned_by, steps_for
from sdg_targets.queries.published_beside import Place
from sdg_targets.queries.questionnaires import asked_of
from sdg_targets.web.private import private

from .mine import country_or_404, due_or_404, submission_or_404
from .my_words import words_of_script

#: What parts the codes in the name of a field; no code holds it.
BAR = "|"


@require_http_methods(["GET", "HEAD", "POST"])
@private
def grid(request: HttpRequest, iso3: str, code: str) -> HttpResponse:
    """The grid; before anything is opened, what the round asks for and the button that opens it."""
    area = country_or_404(request, iso3)
    due = due_or_404(area, code)
    if due.submission is None:
        return render(request, "sdg_targets/my/begin.html", {"area": area, "due": due})
    submission = submission_or_404(request, iso3, code)
    if request.method == "POST":
        return _save(request, submission)
    return render(request, "sdg_targets/my/grid.html", {"due": due} | context_of(request, submission))


def context_of(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    """What the page of the grid is made of."""
    also, slip = _also(request)
    found = grid_of(submission, also=also)
    may_enter = can(request.user, Permission.ENTER_DATA, area=submission.area)
    lock = lock_of(submission)
    return _checked(submission, found) | {
        "area": submission.area,
        "submission": submission,
        "grid": found,
        "lock": lock,
        "steps": steps_for(request.user, submission),
        "also": also,
        "slip": slip,
        "language": (get_language() or "en")[:2],
        "first_open": _first_open(found),
        "may_enter": lock is None and may_enter,
        "may_revise": may_enter,
        "returned": returned_by(submission),
        "forms": asked_of(submission),
        "reasons": RevisionReason.choices,
        "statuses": [(code, label, code in MISSING) for code, label in Status.choices],
        "step_key": uuid4(),
        "words": words_of_script(),
    }


def _checked(submission: Submission, found: Grid) -> dict[str, Any]:
    """What the checks found, for its list and for the marks in the cells."""
    findings = findings_of(submission)
    words = {row.breakdown: row.words for sheet in found.sheets for series in sheet.series for row in series.rows}
    return {
        "findings": findings,
        "found_in": [(one, words.get(one.cell.breakdown.key, "")) for one in findings.found],
        "weights": weights_of(findings),
        "any_filled": any(cell.is_filled for cell in found.cells),
    }


def weights_of(findings: SubmissionFindings) -> dict[Place, str]:
    """The weight of the worst finding of each cell; of a warning that is explained none is left."""
    worst: dict[Place, str] = {}
    for one in findings.found:  # errors first
        if not one.is_explained:
            worst.setdefault(place_of(one.cell), str(one.strength))
    return worst


def _first_open(found: Grid) -> Place | None:
    """The first place that is asked for and says nothing yet."""
    return next((cell.place for cell in found.cells if cell.asked and not cell.is_filled), None)


def _also(request: HttpRequest) -> tuple[list[GridColumn], str]:
    """Further periods that a person wants to fill, from the address; and a sentence where one is none."""
    columns, slip = [], ""
    details = request.GET.getlist("detail")
    for position, text in enumerate(request.GET.getlist("also")[:20]):
        detail = details[position] if position < len(details) else ""
        try:
            columns.append(GridColumn(parse_period(text), detail.strip()[:200]))
        except PeriodError:
            slip = _("“%(text)s” is not a period: write 2024, 2024-Q3, 2023/2024 or 2020/2024.") % {"text": text[:40]}
    return columns, slip


@require_POST
@private
def begin(request: HttpRequest, iso3: str, code: str) -> HttpResponse:
    """Open the submission of a round."""
    area = country_or_404(request, iso3)
    due = due_or_404(area, code)
    try:
        open_submission(round=due.round, area=area, by=request.user)
    except (StepRefused, PermissionDenied) as refused:
        messages.error(request, str(refused))
        return redirect("sdg_targets:my-country", iso3)
    return redirect("sdg_targets:my-grid", iso3, code)


def _save(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Save the fields of a form without script: each named by its codes and the version that was seen."""
    language = (get_language() or "en")[:2]
    changes = list(_changes(request, submission, language))
    address = f"{request.path}?{request.GET.urlencode()}".removesuffix("?")
    if not changes:
        messages.info(request, _("Nothing was changed."))
        return redirect(address)
    try:
        outcomes = enter_typed(submission=submission, typed=changes, by=request.user, language=language, way="form")
    except (StepRefused, PermissionDenied) as refused:
        messages.error(request, str(refused))
        return redirect(address)
    clashes = [
        (change, outcome)
        for change, outcome in zip(changes, outcomes, strict=True)
        if isinstance(outcome, Saved) and outcome.clashed
    ]
    _tell(request, outcomes)
    if clashes:
        context = {"area": submission.area, "submission": submission, "clashes": clashes, "address": address}
        return render(request, "sdg_targets/my/clashes.html", context | {"language": language}, status=409)
    return HttpResponseRedirect(address)


def _tell(request: HttpRequest, outcomes: Iterable[Saved | Refused]) -> None:
    """Say on the next page what was saved and what was not."""
    saved = sum(isinstance(outcome, Saved) and outcome.changed for outcome in outcomes)
    if saved:
        messages.success(request, ngettext("%(n)s value saved.", "%(n)s values saved.", saved) % {"n": saved})
    for outcome in outcomes:
        if isinstance(outcome, Refused):
            place = " ".join(outcome.typed.place)
            messages.error(request, _("%(place)s was not saved: %(why)s") % {"place": place, "why": outcome.why})


def _changes(request: HttpRequest, submission: Submission, language: str) -> Iterable[Typed]:
    """The fields that the person changed: those that differ from what stood in them."""
    sent = {}
    for name, text in request.POST.items():
        parts = name.split(BAR)
        if len(parts) == 4 and parts[3].isdecimal() and "\0" not in name and len(parts[3]) < 9:
            sent[tuple(parts[:3])] = (int(parts[3]), text)
    stood = _stood(submission, language, {(*place, seen) for place, (seen, _text) in sent.items()})
    for place, (seen, text) in sent.items():
        if text.strip() != stood.get(place, ""):
            fields = {"value": text}
            if not seen:
                fields |= _first_said(request, place)
            yield Typed(*place, seen=seen, fields=fields)


def _stood(submission: Submission, language: str, seen: set[tuple[str, str, str, int]]) -> dict[tuple[str, ...], str]:
    """What stood in each field when the page was made: the text of the version that was seen."""
    versions = CellVersion.objects.filter(
        cell__submission=submission, version__in={version for *_place, version in seen}
    ).select_related("cell__series", "cell__period", "cell__breakdown")
    found = {}
    for row in versions:
        place = row.cell.series.code, row.cell.period.code, row.cell.breakdown.key
        if (*place, row.version) in seen:
            found[place] = text_of_cell(row.value, row.typed, language)
    return found


def _first_said(request: HttpRequest, place: tuple[str, ...]) -> dict[str, str]:
    """What a new value is given along: the source of its series, and what kind of period its column is."""
    given = {"time_detail": f"detail{BAR}{place[1]}", "source": f"source{BAR}{place[0]}"}
    return {name: request.POST[field] for name, field in given.items() if request.POST.get(field)}
