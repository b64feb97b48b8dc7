"""The explorer: every observation, by any filter; the query is the address and says itself in a sentence."""

import contextlib
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sdg_targets.filtersets import ObservationFilterSet
from sdg_targets.models import Area, CountryComment, Dataset, Evidence, Indicator, Observation, Release
from sdg_targets.queries.breakdown_names import breakdown_names
from sdg_targets.queries.country_comments import comments_on
from sdg_targets.queries.known_context import KnownContext, UnknownMoment, known_context, known_now
from sdg_targets.queries.observation_lists import KEY, after, count_up_to, key_of
from sdg_targets.web.cursors import pack, unpack
from sdg_targets.web.lists import takes_several
from sdg_targets.web.problems import BadParameter

PAGE_SIZE = 50
#: So many figures are counted; beyond, the page says that there are more.
MOST_COUNTED = 100_000
OWN = frozenset(("as_of", "cursor"))
MAIN = ("area", "members_of", "indicator", "series", "year_from", "year_to", "sex", "age", "migratory_status", "value")
MORE = (
    "counterpart_area", "goal", "target", "dataset", "period", "breakdown", "policy_domain", "occupation", "status",
    "nature", "latest",
)  # fmt: skip


@require_safe
def data_list(request: HttpRequest) -> HttpResponse:
    known, problem = moment(request)
    filterset = ObservationFilterSet(request.GET, queryset=Observation.objects.known_at(known.revision))
    valid = filterset.form.is_valid()
    rows = page_of(request, filterset) if valid else []
    dropped = [name for name in request.GET if name not in filterset.filters and name not in OWN]
    asked = query_of(request, filterset, known)
    context: dict[str, Any] = {
        "filterset": filterset,
        "valid": valid,
        "known": known,
        "problem": problem,
        "dropped": dropped,
        "rows": in_words(rows[:PAGE_SIZE]),
        "supplementary": supplementary_datasets(rows[:PAGE_SIZE]),
        "count": count_up_to(filterset.qs, MOST_COUNTED) if valid else None,
        "most": MOST_COUNTED,
        "sentence": filterset.sentence("" if known.is_now else known.label) if valid else "",
        "main_fields": [filterset.form[name] for name in MAIN],
        "more_fields": [filterset.form[name] for name in MORE],
        "more_open": any(request.GET.get(name) for name in MORE),
        "areas": Area.objects.in_name_order(request.LANGUAGE_CODE),
        "indicators": Indicator.objects.about_migration(),
        "releases": Release.objects.published(),
        "api_query": urlencode(asked),
        "next_query": urlencode([*asked, ("cursor", pack(key_of(rows[-2])))]) if len(rows) > PAGE_SIZE else "",
        "first_query": urlencode(asked) if request.GET.get("cursor") else "",
    }
    return render(request, "sdg_targets/data_list.html", context)


def query_of(request: HttpRequest, filterset: ObservationFilterSet, known: KnownContext) -> list[tuple[str, str]]:
    """What was asked, as the API takes it: known filters that say something, each value of those that take several."""
    pairs = []
    for name, values in request.GET.lists():
        entry = filterset.filters.get(name)
        if entry is not None:
            kept = values if takes_several(entry) else values[-1:]
            pairs += [(name, value) for value in kept if value]
    return [*pairs, ("as_of", known.asked)] if known.asked else pairs


def supplementary_datasets(rows: list[Observation]) -> list[Dataset]:
    """The datasets of the rows that are not of the global framework: what their figures are is said above them."""
    found = {row.dataset_id: row.dataset for row in rows if row.dataset.evidence != Evidence.OFFICIAL}
    return list(found.values())


def in_words(rows: list[Observation]) -> list[tuple[Observation, str, str, list[CountryComment]]]:
    """Each row with the words of its breakdown and, where the series has any, of its value, and its country's comments."""
    names = breakdown_names(row.breakdown_id for row in rows)
    said = comments_on(rows)
    return [(row, names[row.breakdown_id], row.series.word_for(row.value), said.get(row.pk, [])) for row in rows]


def moment(request: HttpRequest) -> tuple[KnownContext, str]:
    """The moment asked for, or now with a sentence where it is none."""
    try:
        return known_context(request.GET.get("as_of")), ""
    except UnknownMoment as error:
        return known_now(), str(error)


def page_of(request: HttpRequest, filterset: ObservationFilterSet) -> list[Observation]:
    """One row more than a page, after the cursor; a cursor that is none begins anew."""
    rows = filterset.qs.with_names()
    if cursor := request.GET.get("cursor"):
        with contextlib.suppress(BadParameter):
            rows = after(rows, unpack(cursor, length=len(KEY)))
    return list(rows.order_by(*KEY)[: PAGE_SIZE + 1])
