"""Images of charts: the same chart as on the page, by the same question, as SVG or PNG."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from reports.charts.frames import ChartFrame
from reports.charts.render import Words, image
from reports.charts.specs import NARROW
from reports.charts.specs import plain as on_page
from reports.charts.years import map_of_years
from sdg_targets.queries.catalogue import indicator_entry
from sdg_targets.queries.figures import headline_rows

from .indicators import chosen_series, figures_of
from .moments import known_for

TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@require_safe
@gzip_page
def chart_image(request: HttpRequest, code: str, name: str, kind: str) -> HttpResponse:
    frame = frame_for(request, code, name)
    theme = "dark" if request.GET.get("theme") == "dark" else "light"
    plain = kind == "svg" and request.GET.get("plain") == "1"
    narrow = NARROW if request.GET.get("narrow") == "1" else None
    spec = on_page(frame.spec, narrow) if plain else frame.spec
    data = image(spec, Words() if plain else frame.words, kind=kind, theme=theme, language=request.LANGUAGE_CODE)
    response = HttpResponse(data, content_type=TYPES[kind])
    response["Cache-Control"] = "public, max-age=300"
    if not plain:
        response["Content-Disposition"] = f'inline; filename="sdg-{code}-{name}.{kind}"'
    return response


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
    response["Cache-Control"] = "public, max-age=300"
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
