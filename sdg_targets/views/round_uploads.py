"""The template of a round, down and up: download, upload, look at what would change, choose, save."""

import io
import tempfile
from typing import IO, Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sdg_targets.actions.round_upload_saving import RowsMoved, apply_upload
from sdg_targets.actions.round_uploads import (
    UploadEnded,
    choose_all,
    choose_lines,
    compare_anew,
    discard_upload,
    receive_filled,
)
from sdg_targets.actions.space import require_room_to_store
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.actions.submissions import open_submission
from sdg_targets.domain.roles import Permission
from sdg_targets.domain.rows import FileProblem
from sdg_targets.domain.sentences import in_words
from sdg_targets.formats.round_template import Made, write_csv, write_workbook
from sdg_targets.formats.round_upload import TemplateProblem
from sdg_targets.forms.files import FilledForm
from sdg_targets.models import RoundUpload
from sdg_targets.permissions import require
from sdg_targets.queries.my_rounds import MyRound, my_round
from sdg_targets.queries.round_templates import template_rows
from sdg_targets.queries.round_upload_previews import preview_of
from sdg_targets.queries.template_words import template_words
from sdg_targets.web.private import private
from sdg_targets.web.uploads import NOT_ALLOWED, REFUSED

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: A template of this size is kept in memory while it is written.
_IN_MEMORY: Final = 1 << 20


def _mine(request: HttpRequest, iso3: str, code: str) -> MyRound:
    """The round of one's own country. Errors: ``Http404`` for all that is not one's own, as for what does not exist."""
    found = my_round(request.user, iso3, code)
    if found is None:
        raise Http404
    return found


def _upload_of(mine: MyRound, pk: int) -> RoundUpload:
    found = (
        RoundUpload.objects.filter(submission__area=mine.area, submission__round=mine.round, pk=pk)
        .select_related("submission__area", "submission__round", "by", "ended_by")
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_safe
@private
def template_xlsx(request: HttpRequest, iso3: str, code: str) -> HttpResponseBase:
    mine = _mine(request, iso3, code)
    stream: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with the answer
    write_workbook(
        template_rows(mine.round, mine.area, mine.submission), stream, made=_made(mine), words=template_words()
    )
    return _file(stream, mine, "xlsx", XLSX)


@require_safe
@private
def template_csv(request: HttpRequest, iso3: str, code: str) -> HttpResponseBase:
    mine = _mine(request, iso3, code)
    stream: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with the answer
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    write_csv(template_rows(mine.round, mine.area, mine.submission), text, made=_made(mine))
    text.detach()
    return _file(stream, mine, "csv", "text/csv; charset=utf-8")


def _made(mine: MyRound) -> Made:
    number = mine.submission.pk if mine.submission else 0
    return Made(mine.area.code, mine.round.code, number, (get_language() or "en")[:2])


def _file(stream: IO[bytes], mine: MyRound, ending: str, kind: str) -> FileResponse:
    stream.seek(0)
    name = f"{mine.area.code}-{mine.round.code}.{ending}"
    return FileResponse(stream, as_attachment=True, filename=name, content_type=kind)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def upload(request: HttpRequest, iso3: str, code: str) -> HttpResponse:
    """Asks for a filled template; takes it, and shows what it would change."""
    mine = _mine(request, iso3, code)
    require(request.user, Permission.ENTER_DATA, area=mine.area)
    form, problem = FilledForm(), ""
    if request.method == "POST":
        files = request.FILES  # reads the body: only then is known whether the file was taken
        not_taken = getattr(request, REFUSED, "")
        if not_taken == NOT_ALLOWED:
            raise PermissionDenied
        form = FilledForm(request.POST, files, not_taken=not_taken)
        if form.is_valid():
            try:
                made = _receive(request, mine, form.cleaned_data["file"])
            except TemplateProblem as error:
                problem = _(error.message) % error.values
            except (FileProblem, StepRefused) as error:
                problem = in_words(str(error), gettext)
            else:
                return redirect("sdg_targets:my-upload-preview", iso3, code, made.pk)
    context = {"mine": mine, "form": form, "problem": problem, "limit": settings.TEMPLATE_LIMIT}
    context["earlier"] = _earlier(mine)
    return render(request, "sdg_targets/round_upload.html", context, status=400 if problem or form.errors else 200)


def _receive(request: HttpRequest, mine: MyRound, file: Any) -> RoundUpload:
    require_room_to_store(file.size)
    submission = mine.submission or open_submission(round=mine.round, area=mine.area, by=request.user)
    language = (get_language() or "en")[:2]
    return receive_filled(file.chunks(), submission=submission, file_name=file.name, language=language, by=request.user)


def _earlier(mine: MyRound) -> list[RoundUpload]:
    """Files of this submission of which something can still be saved."""
    if mine.submission is None:
        return []
    return list(RoundUpload.objects.shown().filter(submission=mine.submission).select_related("by")[:10])


@require_http_methods(["GET", "HEAD", "POST"])
@private
def upload_preview(request: HttpRequest, iso3: str, code: str, pk: int) -> HttpResponse:
    """What a file would change, and what a person does with it."""
    mine = _mine(request, iso3, code)
    require(request.user, Permission.ENTER_DATA, area=mine.area)
    found = _upload_of(mine, pk)
    if request.method == "POST":
        return _act(request, mine, found)
    page = request.GET.get("page", "")
    preview = preview_of(
        found, show=request.GET.get("show", ""), page=int(page) if page.isdecimal() and len(page) < 7 else 1
    )
    return render(request, "sdg_targets/round_upload_preview.html", {"mine": mine, "upload": found, "preview": preview})


def _act(request: HttpRequest, mine: MyRound, found: RoundUpload) -> HttpResponse:
    """One step with an upload; whatever becomes of it, the page says so."""
    deed, by = request.POST.get("deed", ""), request.user
    try:
        if deed == "discard":
            discard_upload(upload=found, by=by)
            messages.success(request, _("The file was thrown away. Nothing of it was saved."))
            return redirect("sdg_targets:my-upload", mine.area.code, mine.round.code)
        if deed == "compare":
            compare_anew(upload=found, by=by)
        elif deed in ("all", "none"):
            choose_all(upload=found, chosen=deed == "all", by=by)
        else:
            _choose_or_apply(request, found, deed)
    except RowsMoved:
        messages.warning(
            request,
            _(
                "Nothing was saved: values changed since the page was shown. This is what the file would do now; look again."
            ),
        )
    except UploadEnded:
        messages.info(request, _("This file was saved or thrown away before. Here is what became of it."))
    except StepRefused as refused:
        messages.error(request, str(refused))
    return redirect(_back(request, mine, found, deed))


def _choose_or_apply(request: HttpRequest, found: RoundUpload, deed: str) -> None:
    """Keep what is ticked on the page, and save where that was asked for."""
    if deed == "apply_all":
        choose_all(upload=found, chosen=True, by=request.user)
    else:
        choose_lines(upload=found, shown=_numbers(request, "shown"), chosen=_numbers(request, "line"), by=request.user)
    if deed in ("apply", "apply_all"):
        seen = request.POST.get("seen", "")
        count = apply_upload(upload=found, seen=int(seen) if seen.isdecimal() else 0, by=request.user)
        said = ngettext("%(count)s value was saved as a draft.", "%(count)s values were saved as drafts.", count)
        messages.success(request, said % {"count": count})


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(text) for text in request.POST.getlist(name) if text.isdecimal() and len(text) < 19]


def _back(request: HttpRequest, mine: MyRound, found: RoundUpload, deed: str) -> str:
    """The same page of rows; the next one where that was asked for; the first after a save."""
    response = redirect("sdg_targets:my-upload-preview", mine.area.code, mine.round.code, found.pk)
    show, page = request.POST.get("show", ""), request.POST.get("page", "")
    number = int(page) if page.isdecimal() and len(page) < 7 else 1
    if deed in ("apply", "apply_all", "compare"):
        return str(response["Location"])
    if deed == "next":
        number += 1
    kept = show if show.isalpha() else ""
    return f"{response['Location']}?show={kept}&page={number}"
