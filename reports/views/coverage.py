"""Coverage: what is expected of whom, what there is, and why the rest is not; by region, by country, by indicator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sdg_targets.domain.coverage import WORDS, State, Summary, percent
from sdg_targets.filtersets import CoverageFilterSet
from sdg_targets.models import Area, AreaStatus, Indicator
from sdg_targets.queries.catalogue import number_of_member_states
from sdg_targets.queries.coverage import Coverage, CoverageQuestion, IndicatorCell, IndicatorRow, expected_series
from sdg_targets.queries.groups import Groups, groups_on
from sdg_targets.queries.known_context import KnownContext
from sdg_targets.web.lists import takes_several

from .moments import known_for


@dataclass(frozen=True, slots=True)
class StateCount:
    """A state with its words, how many expected figures are in it, and of how many."""

    state: State
    label: str
    sentence: str
    number: int
    whole: int

    @property
    def percent(self) -> int:
        return percent(self.number, self.whole)


@dataclass(frozen=True, slots=True)
class Share:
    """So many Member States of so many, as a cell of the matrix."""

    number: int
    whole: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An indicator with the share asked for: in all, and by region."""

    row: IndicatorRow
    share: Share
    by_group: tuple[Share, ...]


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    filterset = CoverageFilterSet(request.GET, queryset=Area.objects.countries_and_territories())
    known = known_for(request)
    valid = filterset.form.is_valid()
    data = filterset.form.cleaned_data if valid else {}
    answer = Coverage(question_of(request, filterset, known))
    groups = groups_on(date(filterset.counted_up_to, 12, 31))
    every = list(Indicator.objects.about_migration().select_related("migration", "target__goal"))
    rows = answer.by_indicator(narrowed(every, answer.question, data), [group.members for group in groups.regions])
    context = {
        "known": known,
        "filterset": filterset,
        "valid": valid,
        "question": answer.question,
        "rows": rows,
        "total": answer.in_all(rows),
        "groups": groups,
        "every": every,
        "member_states": number_of_member_states(),
        **choices(filterset, data),
        **addresses(request, filterset, answer.question),
        **shown(answer, rows, groups, data),
    }
    return render(request, "reports/coverage.html", context)


def question_of(request: HttpRequest, filterset: CoverageFilterSet, known: KnownContext) -> CoverageQuestion:
    """What the filters ask; of filters that cannot be read, nothing."""
    valid = filterset.form.is_valid()
    return CoverageQuestion(
        tuple(filterset.narrowed(expected_series())) if valid else (),
        tuple(filterset.qs.in_name_order(request.LANGUAGE_CODE)) if valid else (),
        known,
        filterset.counted_up_to,
        filterset.form.cleaned_data["dimension"] if valid else "",
    )


def narrowed(every: Iterable[Indicator], question: CoverageQuestion, data: dict[str, Any]) -> list[Indicator]:
    """The indicators asked for: those named, or those of the series named, else all that are followed here."""
    if data.get("indicator"):
        asked = {row.pk for row in data["indicator"]}
    elif data.get("series"):
        asked = {indicator.pk for series in question.series for indicator in series.indicators.all()}
    else:
        return list(every)
    return [one for one in every if one.pk in asked]


def choices(filterset: CoverageFilterSet, data: dict[str, Any]) -> dict[str, object]:
    """What can be chosen and what is, in words."""
    dimensions = list(filterset.form.fields["dimension"].choices)
    states = [State(state) for state in data.get("state") or ()]
    return {
        "dimensions": dimensions,
        "dimension_name": dict(dimensions)[data["dimension"]] if data.get("dimension") else "",
        "states": states,
        "states_in_words": ", ".join(gettext(WORDS[state].label) for state in states),
        "words": [counted(state, 0, 0) for state in State],
        "group": one_of(data.get("group")),
        "asked_indicator": getattr(one_of(data.get("indicator")), "code", ""),
        "recent_from": filterset.counted_up_to - 4,
    }


def one_of(given: Any) -> Any:
    """The one area, indicator or group that is asked for; ``None`` where it is none or several."""
    return given[0] if given and len(given) == 1 else None


def addresses(request: HttpRequest, filterset: CoverageFilterSet, question: CoverageQuestion) -> dict[str, str]:
    """The same question for the API, and this very page as it will always be: with its moment and its year."""
    pairs: list[tuple[str, Any]] = []
    for name, values in request.GET.lists():
        entry = filterset.filters.get(name)
        if entry is not None and name != "reference_year":
            pairs += [(name, value) for value in (values if takes_several(entry) else values[-1:]) if value]
    pairs.append(("reference_year", question.reference_year))
    asked = [("as_of", question.known.asked)] if question.known.asked else []
    return {
        "api_query": urlencode([*pairs, *asked]),
        "permanent_query": urlencode([*pairs, ("as_of", question.known.number)]),
    }


def shown(answer: Coverage, rows: list[IndicatorRow], groups: Groups, data: dict[str, Any]) -> dict[str, object]:
    """The counts, and beneath them one country, one indicator, or the matrix."""
    states = [State(state) for state in data.get("state") or ()]
    area, indicator = one_of(data.get("area")), one_of(data.get("indicator"))
    context: dict[str, object] = {"counts": counts_of(answer.in_all(rows))}
    if area is not None and answer.question.areas:
        return context | of_area(answer, rows, area, states)
    if indicator is not None and rows:
        return context | of_indicator(answer, rows[0], groups, states)
    return context | matrix(answer, rows, states, by_country=bool(data.get("group") or data.get("area")))


def counted(state: State, number: int, whole: int) -> StateCount:
    """A state in words, with its number."""
    return StateCount(state, gettext(WORDS[state].label), gettext(WORDS[state].sentence), number, whole)


def counts_of(total: Summary) -> list[StateCount]:
    """Each state that occurs, in words, with its number and of how many."""
    return [counted(state, number, total.expected) for state, number in total.in_order]


def matrix(answer: Coverage, rows: list[IndicatorRow], states: list[State], *, by_country: bool) -> dict[str, object]:
    """Indicators by region and, for a group, its countries by those indicators of which something is published."""
    published = [row for row in rows if row.state not in (State.UNPUBLISHED, State.REGIONAL)]
    return {
        "matrix": [
            MatrixRow(row, share(row.summary, states), tuple(share(one, states) for one in row.by_group))
            for row in published
        ],
        "countries": answer.by_area(published) if by_country else [],
        "columns": [row.indicator for row in published],
        "signs": [count for count in counts_of(answer.in_all(published)) if count.state is not State.FIGURE],
        "unpublished": [row for row in rows if row not in published],
    }


def share(summary: Summary, states: list[State]) -> Share:
    """How many of the expected figures are in the states asked for; without a choice, how many are there."""
    return Share(sum(summary.counts.get(state, 0) for state in states or [State.FIGURE]), summary.expected)


def of_indicator(answer: Coverage, row: IndicatorRow, groups: Groups, states: list[State]) -> dict[str, object]:
    """One indicator: its series, its regions, and every country under its state."""
    return {
        "one_indicator": row,
        "series_rows": answer.by_series(),
        "regions": list(zip(groups.regions, row.by_group, strict=True)),
        "by_state": [
            (count, [cell for cell in row.cells if cell.state is count.state])
            for count in counts_of(row.summary)
            if not states or count.state in states
        ],
    }


def of_area(answer: Coverage, rows: list[IndicatorRow], area: Area, states: list[State]) -> dict[str, object]:
    """One country: every indicator under its state, with the years and the breakdowns there are."""
    years = answer.years([cell.cell for row in rows for cell in row.cells if cell.cell])
    return {
        "one_area": area,
        "is_member": area.status == AreaStatus.MEMBER,
        "area_rows": [
            (count, [(row, years_of(row.cells, years)) for row in rows if row.state is count.state])
            for count in counts_of(answer.in_all(rows))
            if not states or count.state in states
        ],
    }


def years_of(cells: Sequence[IndicatorCell], years: dict[tuple[int, int], tuple[int, int]]) -> tuple[int, int] | None:
    """Years with a figure and years published of the series that stands for an indicator, for one country."""
    cell = cells[0].cell
    return years[cell.series.pk, cell.area.pk] if cell else None
