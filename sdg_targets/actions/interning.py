"""Interning: a period or a breakdown that is named for the first time gets its row; all later ones get the same."""

from collections.abc import Iterable

from sdg_targets.domain.disaggregation import BreakdownError, parse_breakdown
from sdg_targets.domain.periods import PeriodError, parse_period
from sdg_targets.models import Breakdown, BreakdownCategory, Category, Period


def intern_periods(texts: Iterable[str]) -> dict[str, Period]:
    """The period of each text that is one, by the text as given; the others are left out."""
    read = {}
    for text in texts:
        try:
            read[text] = parse_period(text)
        except PeriodError:
            continue
    Period.objects.bulk_create(
        [Period(code=p.code, frequency=p.frequency, start=p.start, end=p.end) for p in sorted(set(read.values()))],
        ignore_conflicts=True,
    )
    found = Period.objects.in_bulk({p.code for p in read.values()}, field_name="code")
    return {text: found[period.code] for text, period in read.items()}


def intern_breakdowns(keys: Iterable[str]) -> dict[str, Breakdown]:
    """The breakdown of each key whose categories all exist, by the key as given; the others are left out."""
    categories = {
        (dimension, code): pk for dimension, code, pk in Category.objects.values_list("dimension__code", "code", "pk")
    }
    read = {}
    for key in keys:
        try:
            parsed = parse_breakdown(key)
        except BreakdownError:
            continue
        if all(part in categories for part in parsed.parts):
            read[key] = parsed
    Breakdown.objects.bulk_create(
        [Breakdown(key=b.key, codes=b.codes) for b in set(read.values())], ignore_conflicts=True
    )
    found = Breakdown.objects.in_bulk({b.key for b in read.values()}, field_name="key")
    BreakdownCategory.objects.bulk_create(
        [
            BreakdownCategory(breakdown=found[b.key], category_id=categories[part])
            for b in set(read.values())
            for part in b.parts
        ],
        ignore_conflicts=True,
    )
    return {key: found[parsed.key] for key, parsed in read.items()}
