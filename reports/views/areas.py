"""Countries, regions and groups: what each has for every migration-related indicator."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.charts.sparkline import sparkline
from sdg_targets.models import Area, AreaKind, AreaStatus
from sdg_targets.queries.country_comments import comments_beside
from sdg_targets.queries.known_context import KnownContext
from sdg_targets.queries.profiles import profile
from sdg_targets.queries.self_assessments import assessments_of

from .moments import known_for


@require_safe
def country_list(request: HttpRequest) -> HttpResponse:
    areas = Area.objects.with_page().select_related("parent__parent").in_name_order(request.LANGUAGE_CODE)
    by_region: dict[str, list[Area]] = {}
    for area in areas:
        by_region.setdefault(str(region_of(area)), []).append(area)
    groups = Area.objects.filter(kind__in=[AreaKind.WORLD, AreaKind.REGION, AreaKind.SDG_REGION, AreaKind.GROUP])
    return render(request, "reports/country_list.html", {"regions": sorted(by_region.items()), "groups": groups})


def region_of(area: Area) -> Area:
    """The region an area lies in: the ancestor below the world (read with ``parent__parent``); Antarctica is its own."""
    parent = area.parent
    while parent is not None and parent.kind != AreaKind.REGION:
        area, parent = parent, parent.parent
    return parent or area


@require_safe
def country_detail(request: HttpRequest, code: str) -> HttpResponse:
    known = known_for(request)
    if code != code.upper():
        return redirect("reports:country-detail", code=code.upper(), permanent=True)
    area = Area.objects.with_page().select_related("parent__parent__parent").filter(iso3=code).first()
    if area is None:
        raise Http404(
            _(
                "There is no country or territory with the code %(code)s. Addresses use ISO 3166 codes of"
                " three letters, such as KEN."
            )
            % {"code": code[:10]}
        )
    return _profile_page(request, area, known)


@require_safe
def area_detail(request: HttpRequest, code: str) -> HttpResponse:
    known = known_for(request)
    area = Area.objects.select_related("parent__parent").filter(code=code).first()
    if area is None:
        raise Http404(_("There is no area with the code %(code)s.") % {"code": code[:20]})
    if area.iso3:
        return redirect("reports:country-detail", code=area.iso3, permanent=True)
    return _profile_page(request, area, known)


def _profile_page(request: HttpRequest, area: Area, known: KnownContext) -> HttpResponse:
    found = profile(area, known)
    rows = [(row, sparkline(row.points, row.breaks) if row.may_trend else "") for row in found.covered]
    by_target = [
        (target, list(group)) for target, group in groupby(rows, key=lambda pair: pair[0].entry.indicator.target)
    ]
    memberships = area.memberships.select_related("group").order_by("group__kind", "group__sort_en")
    return render(
        request,
        "reports/area_detail.html",
        {
            "area": area,
            "profile": found,
            "known": known,
            "by_target": by_target,
            "memberships": memberships,
            "country_comments": comments_beside(area=area),
            "assessments": [] if area.status == AreaStatus.AGGREGATE else assessments_of(area, known=known),
            "silent": [row for row in found.rows if row.latest is None],
        },
    )
