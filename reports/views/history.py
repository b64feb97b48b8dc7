"""The history of a country's own figures: each publication, what it changed, and every version of one value."""

import contextlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sdg_targets.domain.changes import LABELS, ChangeKind
from sdg_targets.models import Area
from sdg_targets.queries.breakdown_names import breakdown_names
from sdg_targets.queries.changes import PLACES
from sdg_targets.queries.published_history import (
    publications_of,
    published_changes,
    published_history,
    submissions_by_revision,
)
from sdg_targets.web.cursors import pack, unpack
from sdg_targets.web.problems import BadParameter

PAGE_SIZE = 50
KEY = ("series", "period", "breakdown")


@require_safe
def area_history(request: HttpRequest, code: str) -> HttpResponse:
    area = Area.objects.with_page().filter(code=code.upper()).first()
    if area is None:
        raise Http404(_("There is no area with the code %(code)s.") % {"code": code[:20]})
    context: dict[str, Any] = {"area": area, "publications": publications_of(area)}
    if asked := {name: request.GET[name] for name in KEY if request.GET.get(name)}:
        context |= value_of(area, asked)
    elif request.GET.get("revision"):
        context |= publication_of(request, area, context["publications"])
    return render(request, "reports/area_history.html", context)


def value_of(area: Area, asked: dict[str, str]) -> dict[str, Any]:
    """Every version of one value. Errors: ``Http404`` where the country published no such value."""
    key = {"breakdown": "_T"} | asked
    versions = published_history(area, **key) if len(key) == len(KEY) else ()
    if not versions:
        raise Http404(_("%(area)s has published no such value.") % {"area": area.name})
    row = versions[0].row
    submissions = submissions_by_revision([version.row.known_from for version in versions])
    return {
        "value": row,
        "value_breakdown": breakdown_names([row.breakdown_id])[row.breakdown_id],
        "versions": [(version, submissions.get(version.row.known_from)) for version in versions],
    }


def publication_of(request: HttpRequest, area: Area, publications: list[Any]) -> dict[str, Any]:
    """What one publication changed, a page at a time. Errors: ``Http404`` where the country has none of that number."""
    chosen = next((each for each in publications if str(each.revision.number) == request.GET["revision"]), None)
    if chosen is None:
        raise Http404(_("%(area)s has no publication of that number.") % {"area": area.name})
    after: list[int] = []
    with contextlib.suppress(BadParameter):
        after = unpack(request.GET.get("cursor", ""), length=PLACES)
    number = chosen.revision.number
    rows = published_changes(area, number, after=after, size=PAGE_SIZE + 1)
    names = breakdown_names(row.breakdown_id for row in rows)
    return {
        "chosen": chosen,
        "changes": [(row, names[row.breakdown_id], gettext(LABELS[ChangeKind(row.kind)])) for row in rows[:PAGE_SIZE]],
        "next_cursor": pack(rows[PAGE_SIZE - 1].place) if len(rows) > PAGE_SIZE else "",
    }
