"""The rules of one entered cell by itself: how it is written, and whether it fits its series, its parts and its reader."""

from decimal import Decimal
from functools import partial
from typing import Final

from .arithmetic import rounding, short
from .findings import Case, EntryRule, Said, Value, of_cell
from .languages import gettext_noop
from .limits import FACTORS
from .suppression import SUPPRESSED, is_small
from .validation import STATUSES, SeriesFacts, Strength

ERROR, WARNING, NOTE = Strength.ERROR, Strength.WARNING, Strength.NOTE
#: Statuses that say a figure may still change.
NOT_FINAL: Final = frozenset("PE")
#: A quotient may differ from the value by the rounding of the value, or by so much of it.
QUOTIENT_TOLERANCE: Final = Decimal("0.005")

CELL_RULES: Final[dict[str, EntryRule]] = {}
_rule = partial(of_cell, CELL_RULES)


@_rule(
    "E01",
    ERROR,
    "value",
    gettext_noop("A number as typed can be read in one way only."),
    compares=gettext_noop("The text with the ways of writing numbers in English, French and Spanish"),
    example="1,234 · (100,0) · 1e999",
)
def unreadable_text(case: Case) -> Said | None:
    for slip in case.cell.unread:
        return Said(slip.message, dict(slip.values), slip.column)
    return None


@_rule(
    "E02",
    ERROR,
    "area",
    gettext_noop("Figures are entered for the area of one’s own mandate."),
    compares=gettext_noop("The reference area with that of the submission"),
    example="KEN ≠ UGA",
)
def other_area(case: Case) -> Said | None:
    if case.cell.key.area == case.context.area:
        return None
    message = gettext_noop("The figure is for %(found)s; this submission is of %(right)s.")
    return Said(message, {"found": case.cell.key.area, "right": case.context.area})


@_rule(
    "E03",
    ERROR,
    "status",
    gettext_noop("The observation status is one of those in use for the series."),
    compares=gettext_noop("The status with the list that is set for the series"),
    example="E: A B P",
)
def status_not_in_use(case: Case) -> Said | None:
    measure = case.measure
    status = case.cell.status or "A"
    if measure is None or status in measure.limits.statuses | {SUPPRESSED} or status not in STATUSES:
        return None
    message = gettext_noop("Status %(found)s is not in use for this series; those in use: %(right)s.")
    return Said(message, {"found": status, "right": " ".join(sorted(measure.limits.statuses))})


@_rule(
    "E04",
    ERROR,
    "value",
    gettext_noop("A value of a series of categories is one of them."),
    compares=gettext_noop("The value with the values that have words"),
    example="2.5: 1 2 3 4",
)
def no_such_category(case: Case) -> Said | None:
    measure = case.measure
    if measure is None or not measure.is_ordered or case.cell.value is None or case.cell.value in measure.worded:
        return None
    if not measure.worded:
        return None
    right = " ".join(f"{value:f}" for value in sorted(measure.worded))
    return Said(
        gettext_noop("%(found)s is none of the categories %(right)s."), {"found": case.cell.value, "right": right}
    )


@_rule(
    "E05",
    WARNING,
    "value",
    gettext_noop("A count is a whole number."),
    compares=gettext_noop("The value times its multiplier with the nearest whole number"),
    example="12.5",
)
def broken_count(case: Case) -> Said | None:
    measure, amount = case.measure, case.cell.amount
    if measure is None or not measure.is_count or measure.unit != "NUMBER" or amount is None:
        return None
    if amount == amount.to_integral_value():
        return None
    return Said(gettext_noop("%(found)s is a count and not whole: is it a rate, or a share?"), {"found": amount})


@_rule(
    "E06",
    WARNING,
    "value",
    gettext_noop("The value lies in the range that is expected of its unit and series."),
    compares=gettext_noop("The value with the expected range: set for the series, else that of its unit"),
    example="101: 0–100",
)
def out_of_expected_range(case: Case) -> Said | None:
    value, measure = case.cell.value, case.measure
    if measure is None or value is None or _is_impossible(value, case.context.known.series.get(case.cell.key.series)):
        return None
    low, high = measure.limits.minimum, measure.limits.maximum
    if low is not None and value < low:
        message = gettext_noop("%(found)s is less than %(limit)s, the least that is expected.")
        return Said(message, {"found": value, "limit": low})
    if high is not None and value > high:
        message = gettext_noop("%(found)s is more than %(limit)s, the most that is expected.")
        return Said(message, {"found": value, "limit": high})
    return None


def _is_impossible(value: Decimal, facts: SeriesFacts | None) -> bool:
    """Whether a value lies outside the limits that nothing can explain: rule V13 says so."""
    below = facts is not None and facts.minimum is not None and value < facts.minimum
    return below or (facts is not None and facts.maximum is not None and value > facts.maximum)


@_rule(
    "E10",
    WARNING,
    "value",
    gettext_noop("The value is numerator by denominator, in the unit of the series."),
    compares=gettext_noop(
        "The value with numerator / denominator × 100 (or 1,000, 10,000, 100,000 by the unit); it may differ by its own"
        " rounding or by half a per cent"
    ),
    example="12 / 48 × 100 = 25 ≠ 52",
)
def other_quotient(case: Case) -> Said | None:
    measure = case.measure
    times = FACTORS.get(measure.unit) if measure is not None and not measure.is_ordered else None
    if times is None or case.cell.value is None or case.cell.numerator is None or not case.cell.denominator:
        return None
    right = case.cell.numerator / case.cell.denominator * times
    if abs(case.cell.value - right) <= max(rounding(case.cell.value), abs(right) * QUOTIENT_TOLERANCE):
        return None
    message = gettext_noop("%(found)s is not %(numerator)s / %(denominator)s × %(times)s = %(right)s.")
    values: dict[str, Value] = {
        "found": case.cell.value,
        "numerator": case.cell.numerator,
        "denominator": case.cell.denominator,
        "times": times,
    }
    return Said(message, values | {"right": short(right)})


@_rule(
    "E12",
    WARNING,
    "source",
    gettext_noop("A value names its source."),
    compares=gettext_noop("The value with the text of its source"),
    example="—",
)
def no_source(case: Case) -> Said | None:
    if case.cell.value is None or case.cell.source.strip():
        return None
    return Said(gettext_noop("No source: name the survey, census or register that the figure comes from."))


@_rule(
    "E13",
    WARNING,
    "status",
    gettext_noop("A figure of a period that has not ended is provisional or an estimate."),
    compares=gettext_noop("The last day of the period with today, and the status"),
    example="P · E",
)
def final_too_early(case: Case) -> Said | None:
    period = case.period
    if (
        period is None
        or case.cell.value is None
        or period.end <= case.context.known.today
        or case.cell.status in NOT_FINAL
    ):
        return None
    message = gettext_noop("%(period)s ends on %(end)s: a figure before that day is provisional (P) or estimated (E).")
    return Said(message, {"period": period.code, "end": period.end.isoformat()})


@_rule(
    "E14",
    NOTE,
    "time_detail",
    gettext_noop("A period of more than one calendar year says what it is."),
    compares=gettext_noop("A range of years with the detail of the period"),
    example="2015/2016",
)
def unexplained_range(case: Case) -> Said | None:
    period = case.period
    if period is None or period.frequency != "R" or case.cell.time_detail.strip():
        return None
    message = gettext_noop(
        "%(period)s is counted in %(year)s: say in the detail whether it is a fiscal or academic year, or a survey wave."
    )
    return Said(message, {"period": period.code, "year": str(period.year)})


@_rule(
    "E18",
    ERROR,
    "value",
    gettext_noop("A small count of people is not published."),
    compares=gettext_noop(
        "Counts, and numerators of shares, with the threshold set for the series; 0 is told unless set so"
    ),
    example="3 < 5",
)
def small_count(case: Case) -> Said | None:
    measure = case.measure
    if measure is None or measure.limits.small_count is None:
        return None
    least = measure.limits.small_count
    asked = {"value": case.cell.amount} if measure.is_count else {"numerator": case.cell.numerator}
    for column, count in asked.items():
        if count is not None and is_small(count, least, hide_zero=measure.limits.hide_zero):
            message = gettext_noop(
                "A count under %(limit)s could point to single people: leave it empty with status Q (suppressed for"
                " confidentiality)."
            )
            return Said(message, {"limit": least}, column)
    return None


@_rule(
    "E19",
    ERROR,
    "status",
    gettext_noop("What is suppressed is not told in another column."),
    compares=gettext_noop("A cell of status Q with its bounds, numerator, denominator"),
    example="Q: 3 / 48",
)
def told_elsewhere(case: Case) -> Said | None:
    columns = ("numerator", "lower_bound", "upper_bound", "denominator")
    told = [column for column in columns if getattr(case.cell, column) is not None]
    if not case.cell.is_suppressed or not told:
        return None
    return Said(gettext_noop("The figure is suppressed: bounds, numerator and denominator tell it."), {}, told[0])


__all__ = ["CELL_RULES", "NOT_FINAL"]
