"""The rows of a round's template for one country: what is asked, what is published, what the submission says now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sdg_targets.formats.round_template import TemplateRow
from sdg_targets.models import Area, Observation, ReportingType, Round, RoundItem, Series, Submission

from .breakdown_names import breakdown_words
from .cell_states import Key, Standing, standing_cells

#: Key of the cell, to the text of what is published: the country's own, and the global figure.
Published = Mapping[tuple[Key, bool], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a round asks of a country: its items with their series, and the words of their breakdowns."""

    items: tuple[RoundItem, ...]
    words: Mapping[str, str]


def template_rows(of_round: Round, area: Area, submission: Submission | None) -> Iterator[TemplateRow]:
    """One row for each observation asked for, in the round's order, then what was entered beyond; a fixed number of queries."""
    items = tuple(of_round.items.typed().select_related("series__unit"))
    standing = standing_cells(submission) if submission else {}
    series = {item.series_id: item.series for item in items}
    beyond = [key for key in standing if key[0] in series]
    keys = {key for item in items for key in item.breakdowns} | {breakdown for _, _, breakdown in beyond}
    asked = Asked(items, breakdown_words(keys))
    return _rows(asked, series, standing, _published(series, area))


def _rows(
    asked: Asked, series: Mapping[int, Series], standing: Mapping[Key, Standing], published: Published
) -> Iterator[TemplateRow]:
    done: set[Key] = set()
    for item in asked.items:
        for breakdown in item.breakdowns:
            for period in item.period_codes:
                key = (item.series_id, period, breakdown)
                done.add(key)
                yield _row(item.series, key, asked.words, standing.get(key), published)
    for key, cell in standing.items():
        if key not in done and key[0] in series:
            yield _row(series[key[0]], key, asked.words, cell, published)


def _row(
    series: Series, key: Key, words: Mapping[str, str], cell: Standing | None, published: Published
) -> TemplateRow:
    _, period, breakdown = key
    return TemplateRow(
        series=series.code,
        series_label=str(series.name),
        breakdown=breakdown,
        breakdown_label=words[breakdown],
        period=period,
        unit=str(series.unit.in_language("symbol")) or str(series.unit.name),
        published=published.get((key, True), ""),
        comparison=published.get((key, False), ""),
        said=cell.state if cell else None,
        seen=cell.version if cell else 0,
    )


def _published(series: Mapping[int, Series], area: Area) -> Published:
    """What is published of the series for the area, the country's own and the global figure, in one query."""
    rows = Observation.objects.current().filter(area=area, series__in=series).order_by("-dataset__rank", "-dataset_id")
    columns = ("series_id", "period__code", "breakdown__key", "dataset__reporting_type", "value", "status")
    found: dict[tuple[Key, bool], str] = {}
    for pk, period, breakdown, kind, value, status in rows.values_list(*columns):
        own = kind == ReportingType.NATIONAL
        if own or kind == ReportingType.GLOBAL:
            found[(pk, period, breakdown), own] = format(value, "f") if value is not None else status
    return found
