"""One indicator: what it means, its map, its lines, every country's value with its source."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partners.queries.organisations import roles_of_indicator
from reports.charts.frames import lines_frame, map_frame, spread_frame
from sdg_targets.domain.codes import WORLD
from sdg_targets.models import Area, AreaKind, Series
from sdg_targets.queries.catalogue import IndicatorEntry, indicator_entry, related_figures
from sdg_targets.queries.country_comments import comments_beside
from sdg_targets.queries.cross_section import cross_section
from sdg_targets.queries.known_context import KnownContext
from sdg_targets.queries.metadata import sheets_of, side_by_side
from sdg_targets.queries.national import national_figures
from sdg_targets.queries.timeseries import Line, timeseries

from .moments import known_for

#: Lines a reader can still tell apart.
MOST_LINES = 8


@require_safe
def indicator_detail(request: HttpRequest, code: str) -> HttpResponse:
    known = known_for(request)
    entry = indicator_entry(code)
    if entry is None:
        raise Http404(_("There is no indicator %(code)s. Codes look like 10.7.2 or 10.c.1.") % {"code": code[:20]})
    series = chosen_series(entry, request.GET.get("series"))
    context: dict[str, object] = {
        "entry": entry,
        "series": series,
        "known": known,
        "related": related_figures(entry.indicator),
        "roles": roles_of_indicator(entry.indicator.pk),
    }
    if entry.profile:
        context |= {stem: entry.profile.text(stem) for stem in ("why", "notice")}
        context["withheld"] = entry.profile.text("withheld_reason")
    context |= metadata_of(entry, request.GET.get("metadata", ""))
    if series is not None:
        context["expected"] = list(series.expected_dimensions.all())
    if series is not None and series.pk in entry.reach:
        context |= figures_of(request, entry, series, known)
        context["nationals"] = national_figures(series, known, period=str(context["period"]))
    return render(request, "reports/indicator_detail.html", context)


def metadata_of(entry: IndicatorEntry, asked: str) -> dict[str, object]:
    """The global metadata and, beside it, that of the dataset asked for. Errors: ``Http404`` where it has none."""
    sheets = sheets_of(entry.indicator.pk)
    first = next((sheet for sheet in sheets if not sheet.is_national), None)
    others = [sheet for sheet in sheets if sheet is not first]
    beside = next((sheet for sheet in others if sheet.dataset.code == asked), None)
    if asked and beside is None:
        raise Http404(_("%(dataset)s has no metadata of this indicator.") % {"dataset": asked[:40]})
    return {
        "sheet": first,
        "other_sheets": others,
        "beside": beside,
        "pairs": side_by_side(first, beside) if beside else [],
    }


def chosen_series(entry: IndicatorEntry, code: str | None) -> Series | None:
    """The series asked for, else the headline. Errors: ``Http404`` for a series of another indicator."""
    if not code:
        return entry.headline
    found = next((series for series in entry.series if series.code == code), None)
    if found is None:
        raise Http404(_("%(series)s is no series of this indicator.") % {"series": code[:40]})
    return found


def figures_of(request: HttpRequest, entry: IndicatorEntry, series: Series, known: KnownContext) -> dict[str, object]:
    """What the page shows of the figures: the chosen period across areas, and lines for chosen areas."""
    periods = entry.reach[series.pk].periods
    period = request.GET.get("period", "")
    if period and period not in periods:
        raise Http404(
            _("There are no figures for %(period)s: this series has %(first)s to %(last)s.")
            % {"period": period[:20], "first": periods[0], "last": periods[-1]}
        )
    section = cross_section(series, period, known)
    chosen = chosen_areas(request.GET.getlist("areas"))
    lines = timeseries(series, chosen.areas or default_areas(section.aggregates), known)
    profile = entry.profile
    return {
        "periods_newest_first": periods[::-1],
        "period": period,
        "usual_breakdown": series.headline_keys[0],
        "section": section,
        "world": next((figure for figure in section.aggregates if figure.area_code == WORLD), None),
        "lines": lines,
        "chosen": chosen,
        "country_comments": comments_beside(series_id=series.pk),
        "all_areas": Area.objects.with_page().in_name_order(request.LANGUAGE_CODE),
        "map": map_frame(entry, section, as_of=known.asked)
        if profile and profile.may_map and section.figures
        else None,
        "chart": lines_frame(entry, series, lines, as_of=known.asked)
        if has_trend(lines) and profile and profile.may_trend
        else None,
        "spread": spread_frame(entry, section, as_of=known.asked)
        if profile and profile.may_compare_countries
        else None,
    }


@dataclass(frozen=True, slots=True)
class ChosenAreas:
    """The areas a reader asked for by code, and the codes that are none."""

    areas: tuple[Area, ...]
    unknown: tuple[str, ...]


def chosen_areas(given: list[str]) -> ChosenAreas:
    """Read ``?areas=KEN,UGA`` (or repeated); at most eight, in the order given."""
    codes = [code.strip().upper() for text in given for code in text.split(",") if code.strip()][:MOST_LINES]
    found = {area.code: area for area in Area.objects.filter(code__in=codes)}
    return ChosenAreas(
        tuple(found[code] for code in dict.fromkeys(codes) if code in found),
        tuple(code[:10] for code in codes if code not in found),
    )


def default_areas(aggregates: object) -> list[Area]:
    """Without a choice: the world and the regions of the publisher, where they have figures."""
    kinds = [AreaKind.WORLD, AreaKind.SDG_REGION, AreaKind.REGION]
    codes = [figure.area_code for figure in aggregates]  # type: ignore[attr-defined]
    areas = list(Area.objects.filter(code__in=codes, kind__in=kinds))
    areas.sort(key=lambda area: (kinds.index(AreaKind(area.kind)), area.sort_en))
    world = [area for area in areas if area.kind == AreaKind.WORLD]
    sdg = [area for area in areas if area.kind == AreaKind.SDG_REGION]
    return (world + (sdg or [a for a in areas if a.kind == AreaKind.REGION]))[:MOST_LINES]


def has_trend(lines: list[Line]) -> bool:
    """Whether any line has two values to join."""
    return any(len(line.with_value) > 1 for line in lines)
