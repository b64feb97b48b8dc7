"""Releases: the named states of the figures, and what changed from one to the next, value by value."""

import contextlib
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sdg_targets.domain.changes import LABELS, ChangeKind
from sdg_targets.filtersets import ChangeFilterSet
from sdg_targets.models import Observation, Release
from sdg_targets.queries.breakdown_names import breakdown_names
from sdg_targets.queries.changes import PLACES, Change, changes_page, series_changes
from sdg_targets.queries.history import revisions_between
from sdg_targets.queries.known_context import UnknownMoment, release_named
from sdg_targets.web.cursors import pack, unpack
from sdg_targets.web.problems import BadParameter

from .moments import known_for_since

PAGE_SIZE = 50
SHOWN = ("kind", "series", "area")


@require_safe
def release_list(request: HttpRequest) -> HttpResponse:
    releases = Release.objects.published().select_related("revision").prefetch_related("revision__imports")
    return render(request, "reports/release_list.html", {"releases": releases})


@require_safe
def release_detail(request: HttpRequest, name: str) -> HttpResponse:
    release, last = release_or_404(name)
    since = known_for_since(request, release)
    filterset = ChangeFilterSet(request.GET, queryset=Observation.objects.all())
    valid = filterset.form.is_valid()
    first = since.revision or 0
    rows = page_of(request, filterset, first, last) if valid else []
    kinds = [gettext(label) for label in LABELS.values()]
    summary = series_changes(filterset.qs, since=first, until=last) if valid else []
    asked = [(key, value) for key, value in request.GET.items() if value and key in (*SHOWN, "since")]
    revisions, revision_count = revisions_between(first, last)
    context = {
        "release": release,
        "since": since,
        "revisions": revisions,
        "revision_count": revision_count,
        "valid": valid,
        "filterset": filterset,
        "fields": [filterset.form[field] for field in SHOWN],
        "kinds": kinds,
        "summary": [(row, list(zip(kinds, row.in_order, strict=True))) for row in summary],
        "rows": in_words(rows[:PAGE_SIZE]),
        "api_query": urlencode([*((k, v) for k, v in asked if k != "since"), ("since", first), ("until", last)]),
        "next_query": urlencode([*asked, ("cursor", pack(rows[PAGE_SIZE - 1].place))]) if len(rows) > PAGE_SIZE else "",
        "first_query": urlencode(asked),
    }
    return render(request, "reports/release_detail.html", context)


def release_or_404(name: str) -> tuple[Release, int]:
    """The release of this name and its revision's number. Errors: ``Http404`` where there is none, or it is not due yet."""
    try:
        release = release_named(name)
    except UnknownMoment as error:
        raise Http404(str(error)) from error
    if release is None or release.revision_id is None:
        raise Http404(gettext("There is no release %(name)s.") % {"name": name[:40]})
    return release, release.revision_id


def page_of(request: HttpRequest, filterset: ChangeFilterSet, since: int, until: int) -> list[Change]:
    """One change more than a page, after the cursor; a cursor that is none begins anew."""
    after: list[int] = []
    with contextlib.suppress(BadParameter):
        after = unpack(request.GET.get("cursor", ""), length=PLACES)
    kind = filterset.form.cleaned_data["kind"]
    return changes_page(filterset.qs, since=since, until=until, kind=kind, after=after, size=PAGE_SIZE + 1)


def in_words(rows: list[Change]) -> list[tuple[Change, str, str]]:
    """Each change with the words of its breakdown and of its kind."""
    names: dict[int, Any] = breakdown_names(row.breakdown_id for row in rows)
    return [(row, names[row.breakdown_id], gettext(LABELS[ChangeKind(row.kind)])) for row in rows]
