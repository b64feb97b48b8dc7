"""A country's own figures beside the global ones: the newest, and whether the two can be compared.

A country's own are those of a national dataset whose area it is. What is shown of a series is the global dataset
(docs/decisions.md, 9); here stands what is shown beside it, never among it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import get_language

from sdg_targets.domain.comparability import Comparison, compare, departs
from sdg_targets.domain.sorting import name_key
from sdg_targets.models import Dataset, Metadata, Observation, Series

from .figures import Figure, latest_of, of_headline, preferred, read_figures
from .known_context import KnownContext

#: Series in which a Government answers an inquiry: until the custodian publishes, a country's own is a self-assessment.
ANSWERS: Final = frozenset(("SG_CPA_MIGR", "SG_CPA_MIGRS", "SG_CPA_MIGRP"))


@dataclass(frozen=True, slots=True)
class NationalFigure:
    """A country's own newest figure of a series, and what can be said of it beside the global ones."""

    series: Series
    figure: Figure
    dataset: Dataset
    comparison: Comparison[Figure]

    @property
    def is_self_assessment(self) -> bool:
        """Whether it is a Government's own answer for a period that the custodian has not published."""
        other = self.comparison.other
        return self.series.code in ANSWERS and (other is None or other.period != self.figure.period)


@dataclass(frozen=True, slots=True)
class Offices:
    """The national datasets by code, and the series for which each notes a departure from the global definition."""

    datasets: Mapping[str, Dataset]
    departures: frozenset[tuple[str, int]]


def offices(codes: Collection[str], series: Collection[int]) -> Offices:
    """What the offices say beside their figures of these series; two queries, none where there are no figures."""
    if not codes:
        return Offices({}, frozenset())
    texts = Metadata.objects.filter(
        dataset__code__in=codes, field="departure", indicator__series__in=series
    ).values_list("dataset__code", "indicator__series", "text")
    return Offices(
        {dataset.code: dataset for dataset in Dataset.objects.filter(code__in=codes)},
        frozenset((code, pk) for code, pk, text in texts if departs(text)),
    )


def beside(series: Series, own: Iterable[Figure], others: Iterable[Figure], said: Offices) -> NationalFigure | None:
    """A country's own newest figure of a series beside the global ones, all of one area; ``None`` where it has none."""
    mine = _headline(own, series)
    newest = next(iter(latest_of(preferred(mine, series)).values()), None)
    if newest is None:
        return None
    departing = (newest.dataset, series.pk) in said.departures
    comparison = compare(mine, _headline(others, series), departs=departing)
    return NationalFigure(series, newest, said.datasets[newest.dataset], comparison)


def _headline(figures: Iterable[Figure], series: Series) -> list[Figure]:
    """Those of the headline breakdowns, the first of them leading."""
    order = {key: place for place, key in enumerate(series.headline_keys)}
    return sorted((f for f in figures if f.breakdown in order), key=lambda f: order[f.breakdown])


def national_figures(series: Series, known: KnownContext, *, period: str = "") -> list[NationalFigure]:
    """What countries have of their own of one series, by area; of one period, or the newest of each.

    One query where there are none, else four.
    """
    rows = Observation.objects.known_at(known.revision).own()
    rows = rows.filter(series=series, breakdown__key__in=series.headline_keys)
    if period:
        rows = rows.filter(period__code=period)
    own = _first_of_each_area(read_figures(in_order_of_datasets(rows), [series]))
    if not own:
        return []
    shown = of_headline(series, known).filter(area_id__in=list(own))
    others = _first_of_each_area(read_figures(in_order_of_datasets(shown), [series]))
    said = offices({figures[0].dataset for figures in own.values()}, [series.pk])
    found = (beside(series, figures, others.get(area, ()), said) for area, figures in own.items())
    return sorted(filter(None, found), key=lambda one: name_key(one.figure.area_name, (get_language() or "en")[:2]))


def _first_of_each_area(figures: Iterable[Figure]) -> dict[int, list[Figure]]:
    """By area, the figures of the first dataset that has it."""
    found: dict[int, list[Figure]] = {}
    for figure in figures:
        of_area = found.setdefault(figure.area_id, [])
        if not of_area or of_area[0].dataset == figure.dataset:
            of_area.append(figure)
    return found


def national_of_area(code: str, series: Collection[int], known: KnownContext) -> list[NationalFigure]:
    """What a country has of its own of these series, in their order; four queries, none where there is no series."""
    if not series:
        return []
    by_number = {one.pk: one for one in Series.objects.filter(pk__in=series)}
    rows = Observation.objects.known_at(known.revision).shown_by_areas().filter(area__code=code, series__in=by_number)
    own, others = split(read_figures(in_order_of_datasets(rows), by_number.values()))
    said = offices({figures[0].dataset for figures in own.values()}, own)
    found = (beside(by_number[pk], own.get(pk, ()), others.get(pk, ()), said) for pk in series)
    return list(filter(None, found))


def in_order_of_datasets(rows: "QuerySet[Observation]") -> "QuerySet[Observation]":
    """The global dataset of the lowest rank first, then the countries' own; within one, the oldest period first."""
    return rows.order_by("dataset__reporting_type", "dataset__rank", "dataset_id", "period__end", "period__start")


def split(figures: Iterable[Figure]) -> tuple[dict[int, list[Figure]], dict[int, list[Figure]]]:
    """An area's own figures and the global ones, by series; of each the first dataset that has it."""
    own: dict[int, list[Figure]] = {}
    others: dict[int, list[Figure]] = {}
    for figure in figures:
        of_series = (own if figure.is_national else others).setdefault(figure.series_id, [])
        if not of_series or of_series[0].dataset == figure.dataset:
            of_series.append(figure)
    return own, others
