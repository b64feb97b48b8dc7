"""Home: where the world stands on the migration-related targets."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.charts.frames import map_frame
from sdg_targets.models import Release
from sdg_targets.queries.catalogue import IndicatorEntry, number_of_countries, number_of_member_states
from sdg_targets.queries.cross_section import cross_section
from sdg_targets.queries.known_context import known_now
from sdg_targets.queries.world import TargetStanding, key_figures, standings

#: The map a first visitor sees: governance, the indicator that is about migration policy itself.
FIRST = "10.7.2"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    rows = standings()
    entries = mappable(rows)
    chosen = next((e for e in entries if e.indicator.code == request.GET.get("indicator", FIRST)), None)
    chosen = chosen or (entries[0] if entries else None)
    covered = [row for row in rows if row.countries]
    context = {
        "standings": rows,
        "key_figures": key_figures(rows),
        "direct": [row for row in covered if row.is_direct],
        "related": [row for row in covered if not row.is_direct],
        "without_figures": [row for row in rows if not row.countries],
        "entries": entries,
        "chosen": chosen,
        "member_states": number_of_member_states(),
        "countries": number_of_countries(),
        "releases": Release.objects.published().select_related("revision")[:4],
    }
    if chosen and chosen.headline and chosen.profile:
        section = cross_section(chosen.headline, "", known_now())
        context |= {"section": section, "map": map_frame(chosen, section)}
    return render(request, "reports/home.html", context)


def mappable(rows: list[TargetStanding]) -> list[IndicatorEntry]:
    """Indicators that have figures and whose catalogue entry allows a map."""
    entries = (row.entry for standing in rows for row in standing.rows)
    return [e for e in entries if e.profile and e.profile.may_map and e.headline_reach and e.headline_reach.countries]
