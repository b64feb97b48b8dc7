"""Filling in a questionnaire: one page, saved by section as a plain form, or by question as its script sends it."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sdg_targets.actions.answers import SavedAnswer, answer_as_before, save_answers
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.actions.submissions import open_submission
from sdg_targets.domain.questionnaires import AnswerError
from sdg_targets.forms.answers import AnswerField, Typed, as_json, fields_of, read_answers
from sdg_targets.models import Submission
from sdg_targets.queries.evidence import evidence_for
from sdg_targets.queries.questionnaires import Asked, Sheet, asked_for, sheet_of, sheets_of
from sdg_targets.queries.respondents import Place, place_of
from sdg_targets.queries.self_assessments import assessments_of


@never_cache
@require_safe
def questionnaire_list(request: HttpRequest, area: str, round_code: str) -> HttpResponse:
    """The questionnaires of a country in a round, with how far each is."""
    place = _place(request, area, round_code)
    if isinstance(place, HttpResponse):
        return place
    sheets = sheets_of(place.submission, for_desk=place.is_desk)
    return render(request, "sdg_targets/questionnaire_list.html", {"place": place, "sheets": sheets})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire(request: HttpRequest, area: str, round_code: str, instrument: str, period: str) -> HttpResponse:
    """One questionnaire: its sections, what was answered last time, and the score as it is now."""
    place = _place(request, area, round_code)
    if isinstance(place, HttpResponse):
        return place
    asked = _asked(place, instrument, period)
    if request.method != "POST":
        return _page(request, place, asked, {})
    typed = read_answers(request.POST)
    wants_json = request.headers.get("Accept") == "application/json"
    try:
        saved = _save(request, place, asked, typed)
    except (StepRefused, AnswerError) as refused:
        if wants_json:
            return JsonResponse({"refused": str(refused)}, status=409)
        return _page(request, place, asked, {}, typed=typed, refused=str(refused))
    place = _place(request, area, round_code)
    assert isinstance(place, Place)
    return (_answered if wants_json else _gone_on)(request, place, asked, typed, saved)


@never_cache
@require_POST
def questionnaire_as_before(
    request: HttpRequest, area: str, round_code: str, instrument: str, period: str
) -> HttpResponse:
    """Answer what has no answer yet as it was answered last time."""
    place = _place(request, area, round_code)
    if isinstance(place, HttpResponse):
        return place
    asked = _asked(place, instrument, period)
    try:
        submission = _opened(request, place)
        count = answer_as_before(submission=submission, instrument=instrument, period=period, by=request.user)
    except StepRefused as refused:
        return _page(request, place, asked, {}, refused=str(refused))
    return HttpResponseRedirect(_address(place, asked) + f"?saved={count}")


def _place(request: HttpRequest, area: str, round_code: str) -> Place | HttpResponse:
    """Where the person stands; strangers are asked to sign in. What is not theirs answers as what does not exist."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    place = place_of(request.user, area, round_code)
    if place is None:
        raise Http404(_("There is nothing here."))
    return place


def _asked(place: Place, instrument: str, period: str) -> Asked:
    asked = asked_for(place.submission, instrument, period)
    if asked is None:
        raise Http404(_("There is nothing here."))
    return asked


def _address(place: Place, asked: Asked) -> str:
    submission = place.submission
    return reverse(
        "sdg_targets:questionnaire",
        args=[submission.area.code, submission.round.code, asked.instrument, asked.period],
    )


def _opened(request: HttpRequest, place: Place) -> Submission:
    """The submission that is written to: opened with the first answer."""
    if place.submission.pk is not None:
        return place.submission
    return open_submission(round=place.submission.round, area=place.submission.area, by=request.user)


def _save(request: HttpRequest, place: Place, asked: Asked, typed: Mapping[str, Typed]) -> Mapping[str, SavedAnswer]:
    given = {code: (each.said, each.seen) for code, each in typed.items() if each.said is not None}
    return save_answers(
        submission=_opened(request, place),
        instrument=asked.instrument,
        period=asked.period,
        given=given,
        by=request.user,
    )


def _page(
    request: HttpRequest,
    place: Place,
    asked: Asked,
    shown: Mapping[str, AnswerField],
    *,
    typed: Mapping[str, Typed] | None = None,
    refused: str = "",
) -> HttpResponse:
    sheet = sheet_of(place.submission, asked, for_desk=place.is_desk)
    if typed:
        shown = {code: each.on(row) for code, each in typed.items() if (row := sheet.find(code)) is not None}
    wanted = request.GET.get("section", "")
    parts = [part for part in sheet.parts if part.section.code == wanted] or list(sheet.parts)
    saved = request.GET.get("saved", "")
    attached = evidence_for(place.submission, request.user) if place.submission.pk else []
    context = {
        "place": place,
        "sheet": sheet,
        "parts": [(part, fields_of(part, shown, attached), sheet.after(part)) for part in parts],
        "section": wanted if len(parts) == 1 else "",
        "is_translation": get_language() not in sheet.version.official_languages,
        "history": assessments_of(place.submission.area, instrument=asked.instrument),
        "faults": [field for field in shown.values() if field.fault],
        "clashes": [field for field in shown.values() if field.theirs],
        "saved": saved if saved.isascii() and saved.isdigit() and len(saved) < 4 else "",
        "refused": refused,
    }
    troubled = refused or context["faults"] or context["clashes"]
    return render(request, "sdg_targets/questionnaire.html", context, status=409 if troubled else 200)


def _after(sheet: Sheet, typed: Mapping[str, Typed], saved: Mapping[str, SavedAnswer]) -> dict[str, AnswerField]:
    """What could not be kept, with its reason or with what somebody else saved."""
    shown = {}
    for code, each in typed.items():
        row = sheet.find(code)
        clashed = code in saved and saved[code].clashed
        if row is not None and (each.fault or clashed):
            shown[code] = each.on(row, theirs=clashed)
    return shown


def _gone_on(
    request: HttpRequest, place: Place, asked: Asked, typed: Mapping[str, Typed], saved: Mapping[str, SavedAnswer]
) -> HttpResponse:
    """The answer to a plain form: what could not be kept is shown again; else the next section, or this one."""
    shown = _after(sheet_of(place.submission, asked), typed, saved)
    if shown:
        return _page(request, place, asked, shown)
    count = sum(each.changed for each in saved.values())
    section = request.POST.get("next", request.GET.get("section", ""))
    query = f"?saved={count}" + (f"&section={section}" if section.replace("_", "").isalnum() else "")
    return HttpResponseRedirect(_address(place, asked) + query)


def _answered(
    request: HttpRequest, place: Place, asked: Asked, typed: Mapping[str, Typed], saved: Mapping[str, SavedAnswer]
) -> JsonResponse:
    """The answer to the page's script: what became of each question, and the score as it is now."""
    sheet = sheet_of(place.submission, asked)
    shown = _after(sheet, typed, saved)
    answers: dict[str, Any] = {}
    for code in typed:
        row = sheet.find(code)
        if row is None:
            continue
        field = shown.get(code)
        answers[code] = {"stands": as_json(AnswerField.of(row)), "by": row.by, "when": row.when}
        if field is not None:
            answers[code] |= {"fault": field.fault, "clash": _clash(request, field) if field.theirs else ""}
    scores = {
        part.section.code: render_to_string("sdg_targets/_questionnaire_section.html", {"part": part})
        for part in sheet.parts
    }
    panel = render_to_string("sdg_targets/_questionnaire_score.html", {"sheet": sheet}, request)
    return JsonResponse({"answers": answers, "panel": panel, "sections": scores})


def _clash(request: HttpRequest, field: AnswerField) -> str:
    return render_to_string("sdg_targets/_questionnaire_clash.html", {"field": field, "scripted": True}, request)
