"""Periods and breakdowns as rows: those that a text names are found, and made where they are new."""

from collections.abc import Iterable, Iterator
from datetime import date

from sdg_targets.domain.disaggregation import BreakdownError, parse_breakdown
from sdg_targets.domain.periods import PeriodError, parse_period
from sdg_targets.models import Breakdown, BreakdownCategory, Category, Period


def interned_periods(codes: Iterable[str]) -> Iterator[tuple[str, int, date]]:
    """Each text that is a period, with the number of its row and its first day."""
    read = {}
    for code in codes:
        try:
            read[code] = parse_period(code)
        except PeriodError:
            continue
    Period.objects.bulk_create(
        [Period(code=p.code, frequency=p.frequency, start=p.start, end=p.end) for p in sorted(set(read.values()))],
        ignore_conflicts=True,
    )
    ids = dict(Period.objects.filter(code__in={p.code for p in read.values()}).values_list("code", "id"))
    for code, period in read.items():
        yield code, ids[period.code], period.start


def interned_breakdowns(keys: Iterable[str]) -> Iterator[tuple[str, int, list[str]]]:
    """Each text that is a breakdown by known categories, with the number of its row and its dimensions."""
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
    ids = dict(Breakdown.objects.filter(key__in={b.key for b in read.values()}).values_list("key", "id"))
    BreakdownCategory.objects.bulk_create(
        [
            BreakdownCategory(breakdown_id=ids[b.key], category_id=categories[part])
            for b in set(read.values())
            for part in b.parts
        ],
        ignore_conflicts=True,
    )
    for key, parsed in read.items():
        yield key, ids[parsed.key], sorted(parsed.codes)
