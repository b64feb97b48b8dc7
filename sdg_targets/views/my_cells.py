"""Saving cells for the script of the grid: many in one request, and of each what became of it."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sdg_targets.actions.cells import Saved
from sdg_targets.actions.entering import Refused, Typed, enter_typed
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.domain.cell_texts import text_of_cell
from sdg_targets.domain.typed_numbers import TypedNumberError, read_typed
from sdg_targets.models import Cell
from sdg_targets.web.private import BadBody, data, json_body, private_data

from .mine import submission_or_404

#: The most cells in one request; a longer paste is sent in parts.
MOST: Final = 500


@require_http_methods(["GET", "POST"])
@private_data
def cells(request: HttpRequest, iso3: str, code: str) -> HttpResponse:
    """GET: who is signed in, with a fresh token for a page that outlived its session. POST: save the cells given.

    409 where nothing can be entered now: nothing was saved.
    """
    submission = submission_or_404(request, iso3, code)
    if request.method == "GET":
        return data({"user": request.user.pk, "token": get_token(request), "state": submission.state})
    changes = [_typed(entry) for entry in _entries(json_body(request))]
    language = (get_language() or "en")[:2]
    try:
        outcomes = enter_typed(
            submission=submission, typed=changes, by=request.user, language=language, way=_way(changes)
        )
    except StepRefused as refused:
        return data({"detail": str(refused), "state": submission.state}, status=409)
    told = [told_of(change, outcome) for change, outcome in zip(changes, outcomes, strict=True)]
    return data({"cells": told})


def _way(changes: list[Typed]) -> str:
    return "page" if len(changes) == 1 else "paste"


def _entries(body: Mapping[str, Any]) -> list[Any]:
    entries = body.get("cells")
    if not isinstance(entries, list) or not 1 <= len(entries) <= MOST:
        raise BadBody(_("Send “cells”: a list of 1 to %(most)s changes.") % {"most": MOST})
    return entries


def _typed(entry: Any) -> Typed:
    """One change as it was sent. Errors: ``BadBody`` with the member that is not right."""
    if not isinstance(entry, dict):
        raise BadBody(_("A change is an object."))
    codes = [entry.get(name) for name in ("series", "period", "breakdown")]
    fields, seen = entry.get("fields"), entry.get("seen")
    if not all(isinstance(code, str) and code and "\0" not in code for code in codes):
        raise BadBody(_("Each change names “series”, “period” and “breakdown”."))
    if not isinstance(seen, int) or isinstance(seen, bool) or not 0 <= seen < 2**31:
        raise BadBody(_("Each change says in “seen” which version was seen."))
    if not isinstance(fields, dict) or not fields or not all(isinstance(text, str) for text in fields.values()):
        raise BadBody(_("Each change has “fields” with texts."))
    return Typed(*codes, seen=seen, fields=fields, key=_key(entry.get("key")))


def _key(text: Any) -> UUID | None:
    if text is None:
        return None
    try:
        return UUID(text)
    except (ValueError, AttributeError, TypeError) as error:
        raise BadBody(_("“key” is a UUID.")) from error


def told_of(change: Typed, outcome: Saved | Refused) -> dict[str, Any]:
    """What became of one change: saved, clash (with what stands and who wrote it), or refused (with why)."""
    names = dict(zip(("series", "period", "breakdown"), change.place, strict=True))
    if isinstance(outcome, Refused):
        return names | {"outcome": "refused", "column": outcome.column, "why": outcome.why}
    said = state_of(outcome.cell)
    return names | said | {"outcome": "clash" if outcome.clashed else "saved"}


def state_of(cell: Cell) -> dict[str, Any]:
    """A cell as the page shows it, in the person's language."""
    language = (get_language() or "en")[:2]
    return {
        "version": cell.version,
        "text": text_of_cell(cell.value, cell.typed, language),
        "status": cell.status,
        "status_words": cell.get_status_display(),
        "empty": cell.is_empty,
        "by": str(cell.changed_by or ""),
        "at": formats.date_format(timezone.localtime(cell.changed_at), "SHORT_DATETIME_FORMAT"),
        "problem": problem_of(cell, language),
    }


def problem_of(cell: Cell, language: str) -> str:
    """Why a value that was typed is no number; nothing where it is one."""
    if cell.value is not None or not cell.typed:
        return ""
    try:
        read_typed(cell.typed, language)
    except TypedNumberError as slip:
        return _(slip.message) % slip.values
    return _("“%(typed)s” was written in another language and could not be read.") % {"typed": cell.typed}
