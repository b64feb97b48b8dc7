"""Interning: a period or a breakdown that is named for the first time gets its row; all later ones get the same."""

from collections.abc import Iterable

from sdg_targets.domain import disaggregation, periods
from sdg_targets.models import Breakdown, BreakdownCategory, Category, Period


def intern_periods(texts: Iterable[str]) -> dict[str, Period]:
    """The period of each text that is one, by the text as given; the others are left out. One query where all are known."""
    read = {}
    for text in texts:
        try:
            read[text] = periods.parse_period(text)
        except periods.PeriodError:
            continue
    found = Period.objects.in_bulk({period.code for period in read.values()}, field_name="code")
    new = sorted({period for period in read.values() if period.code not in found})
    if new:
        Period.objects.bulk_create(
            [Period(code=p.code, frequency=p.frequency, start=p.start, end=p.end) for p in new], ignore_conflicts=True
        )
        found |= Period.objects.in_bulk({period.code for period in new}, field_name="code")
    return {text: found[period.code] for text, period in read.items()}


def intern_breakdowns(keys: Iterable[str]) -> dict[str, Breakdown]:
    """The breakdown of each key whose categories all exist, by the key as given; the others are left out.

    One query where all are known.
    """
    read = {}
    for key in keys:
        try:
            read[key] = disaggregation.parse_breakdown(key)
        except disaggregation.BreakdownError:
            continue
    found = Breakdown.objects.in_bulk({breakdown.key for breakdown in read.values()}, field_name="key")
    new = {breakdown for breakdown in read.values() if breakdown.key not in found}
    if new:
        found |= _made(new)
    return {key: found[breakdown.key] for key, breakdown in read.items() if breakdown.key in found}


def _made(new: Iterable[disaggregation.Breakdown]) -> dict[str, Breakdown]:
    """Rows for breakdowns that are named for the first time, of those whose categories exist."""
    categories = {
        (dimension, code): pk for dimension, code, pk in Category.objects.values_list("dimension__code", "code", "pk")
    }
    known = [breakdown for breakdown in new if all(part in categories for part in breakdown.parts)]
    Breakdown.objects.bulk_create([Breakdown(key=b.key, codes=b.codes) for b in known], ignore_conflicts=True)
    found = Breakdown.objects.in_bulk({b.key for b in known}, field_name="key")
    BreakdownCategory.objects.bulk_create(
        [BreakdownCategory(breakdown=found[b.key], category_id=categories[part]) for b in known for part in b.parts],
        ignore_conflicts=True,
    )
    return found
