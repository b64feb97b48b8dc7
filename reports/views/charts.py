"""Images of charts: the same chart as on the page, by the same question, as SVG or PNG."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from reports.charts.frames import ChartFrame
from reports.charts.render import Look, image
from reports.charts.years import map_of_years
from sdg_targets.queries.catalogue import indicator_entry
from sdg_targets.queries.figures import headline_rows

from .indicators import chosen_series, figures_of
from .moments import known_for

TYPES = {"svg": "image/svg+xml", "png": "image/png"}
FOR_EVER = "public, max-age=31536000, immutable"
FOR_NOW = "public, max-age=300"


@require_safe
@gzip_page
def chart_image(request: HttpRequest, code: str, name: str, kind: str) -> HttpResponse:
    """One chart as an image. An address with the right version (``v``) stays the same for ever; without, five minutes.

    The question is asked each time, whatever the version: what the catalogue forbids and what was withdrawn is not served
    again because an image of it was kept.
    """
    look = look_of(request, kind)
    frame = frame_for(request, code, name)
    data = image(frame.spec, frame.words, look, request.LANGUAGE_CODE[:2])
    response = HttpResponse(data, content_type=TYPES[kind])
    response["Cache-Control"] = FOR_EVER if frame.version == request.GET.get("v") else FOR_NOW
    if not look.on_page:
        response["Content-Disposition"] = f'inline; filename="sdg-{code}-{name}.{kind}"'
    return response


def look_of(request: HttpRequest, kind: str) -> Look:
    """What the query asks of the image's look; what it does not know is as if it were not there."""
    asked = request.GET
    theme = "dark" if asked.get("theme") == "dark" else "light"
    on_page = kind == "svg" and asked.get("plain") == "1"
    return Look(kind, theme, on_page, narrow=on_page and asked.get("narrow") == "1")


@require_safe
@gzip_page
def map_years(request: HttpRequest, code: str) -> JsonResponse:
    """Every period's map in one answer, for the year slider; 404 where the catalogue allows no map of the series."""
    known = known_for(request)
    entry = indicator_entry(code)
    series = chosen_series(entry, request.GET.get("series")) if entry else None
    figures = headline_rows(series, known) if series and entry and entry.profile and entry.profile.may_map else []
    if series is None or not any(f.value is not None and not f.is_aggregate for f in figures):
        raise Http404(_("There is no such chart of this indicator."))
    response = JsonResponse(map_of_years(series, figures))
    response["Cache-Control"] = FOR_NOW
    return response


def frame_for(request: HttpRequest, code: str, name: str) -> ChartFrame:
    """The chart that the indicator's page would show for this question. Errors: ``Http404`` where it would show none."""
    known = known_for(request)
    entry = indicator_entry(code)
    series = chosen_series(entry, request.GET.get("series")) if entry else None
    found = figures_of(request, entry, series, known) if entry and series and series.pk in entry.reach else {}
    frame = found.get({"map": "map", "lines": "chart", "spread": "spread"}[name])
    if not isinstance(frame, ChartFrame):
        raise Http404(_("There is no such chart of this indicator."))
    return frame
