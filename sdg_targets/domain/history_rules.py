"""The rules of one entered cell beside the other figures of its line: those published, and those entered with it."""

from functools import partial
from typing import Final

from .arithmetic import same_figure, short
from .findings import Case, EntryRule, Said, Value, of_cell
from .languages import gettext_noop
from .outliers import factor, jumps, modified_z_score, slip_of
from .validation import Strength

WARNING, NOTE = Strength.WARNING, Strength.NOTE
#: Whole numbers under this repeat themselves without being copies.
SMALL_NUMBER: Final = 10

HISTORY_RULES: Final[dict[str, EntryRule]] = {}
_rule = partial(of_cell, HISTORY_RULES)


@_rule(
    "E07",
    WARNING,
    "value",
    gettext_noop("The value does not jump against the years beside it."),
    compares=gettext_noop(
        "The value with the newest one before it (else the first after it) within 5 years and over no break, by the factor"
        " and the difference set for the series: it must exceed both"
    ),
    example="2018: 10 · 2019: 25 (× 2.5 > 2)",
)
def jump(case: Case) -> Said | None:
    measure, near = case.measure, case.near
    amount = case.cell.amount
    if measure is None or near is None or near.amount is None or amount is None:
        return None
    limits = measure.limits
    if not jumps(amount, near.amount, times=limits.jump_factor, difference=limits.jump_difference):
        return None
    found: dict[str, Value] = {"found": amount, "before": near.amount, "period": near.period.code}
    times = factor(amount, near.amount)
    if limits.jump_factor is not None and times is not None:
        message = gettext_noop(
            "%(found)s against %(before)s in %(period)s: a change by the factor %(times)s; up to %(limit)s is expected."
        )
        return Said(message, found | {"times": short(times), "limit": limits.jump_factor})
    message = gettext_noop(
        "%(found)s against %(before)s in %(period)s: a change of %(change)s; up to %(limit)s is expected."
    )
    return Said(message, found | {"change": abs(amount - near.amount), "limit": limits.jump_difference or 0})


@_rule(
    "E08",
    WARNING,
    "value",
    gettext_noop("The value does not stand apart from the own series."),
    compares=gettext_noop(
        "The modified z-score of the value against the median of the own series (five figures or more, over no break):"
        " 0.6745 (value − median) / median absolute deviation, with 3.5 unless another limit is set"
    ),
    example="5 6 5 7 6 → 21 (|z| = 10.1 > 3.5)",
)
def stands_apart(case: Case) -> Said | None:
    measure, amount = case.measure, case.cell.amount
    if measure is None or amount is None or measure.limits.z_score is None:
        return None
    history = case.amounts
    score = modified_z_score(amount, history)
    if score is None or abs(score) <= measure.limits.z_score:
        return None
    message = gettext_noop(
        "%(found)s stands apart from the %(figures)s other figures of the series: modified z-score %(score)s, limit"
        " %(limit)s."
    )
    return Said(
        message,
        {"found": amount, "figures": len(history), "score": short(score), "limit": measure.limits.z_score},
    )


@_rule(
    "E09",
    WARNING,
    "value",
    gettext_noop("The value is not a hundred, a thousand or a million times off."),
    compares=gettext_noop(
        "The value with the median of the own series (three figures or more): a relation within a fifth of a power of ten"
    ),
    example="24 25 26 → 25 000",
)
def slip_of_thousands(case: Case) -> Said | None:
    amount = case.cell.amount
    history = case.amounts
    power = slip_of(amount, history) if amount is not None else None
    if amount is None or power is None:
        return None
    message = gettext_noop(
        "%(found)s is about %(power)s times as much, or as little, as the series has been: check unit and multiplier."
    )
    return Said(message, {"found": amount, "power": power})


@_rule(
    "E11",
    WARNING,
    "multiplier",
    gettext_noop("The multiplier is that of the figures published before."),
    compares=gettext_noop("The multiplier with that of the nearest published figure"),
    example="0 ≠ 3",
)
def other_multiplier(case: Case) -> Said | None:
    period, key = case.period, case.cell.key
    line = case.context.published.get((key.series, key.breakdown), {})
    points = [point for point in line.values() if point.value is not None]
    if period is None or case.cell.value is None or not points:
        return None
    near = min(points, key=lambda point: abs((point.period.end - period.end).days))
    if near.multiplier == case.cell.power:
        return None
    message = gettext_noop("The multiplier is %(found)s; that of %(period)s is %(right)s.")
    return Said(message, {"found": case.cell.power, "period": near.period.code, "right": near.multiplier})


@_rule(
    "E15",
    WARNING,
    "value",
    gettext_noop("A published figure that changes, or goes, says why."),
    compares=gettext_noop("The value with the figure that the country’s own dataset publishes for the same key"),
    example="6.2 → 6.9",
)
def changes_what_is_published(case: Case) -> Said | None:
    standing = case.standing
    if standing is None or standing.amount is None:
        return None
    if case.cell.is_missing:
        return Said(gettext_noop("%(before)s is published here and would go."), {"before": standing.amount})
    if case.cell.amount is None or same_figure(case.cell.amount, standing.amount):
        return None
    message = gettext_noop("%(before)s is published here and would become %(found)s.")
    return Said(message, {"before": standing.amount, "found": case.cell.amount})


@_rule(
    "E16",
    NOTE,
    "value",
    gettext_noop("A change of precision alone is no revision."),
    compares=gettext_noop("The published figure with the new one, rounded to the fewer decimals of the two"),
    example="2.40221 → 2.4022124",
)
def changes_precision(case: Case) -> Said | None:
    standing = case.standing
    if standing is None or standing.amount is None or case.cell.amount is None or case.cell.amount == standing.amount:
        return None
    if not same_figure(case.cell.amount, standing.amount):
        return None
    message = gettext_noop("%(found)s is the published %(before)s with other decimals: it is shown as such.")
    return Said(message, {"before": standing.amount, "found": case.cell.amount})


@_rule(
    "E17",
    NOTE,
    "value",
    gettext_noop("Two years in a row with exactly the same figure may be a copy."),
    compares=gettext_noop(
        "The value with the newest one before it; whole numbers under 10, scores and categories are not asked"
    ),
    example="2018: 6.27 · 2019: 6.27",
)
def same_as_before(case: Case) -> Said | None:
    amount, near = case.cell.amount, case.near
    if case.measure is None or case.measure.is_ordered or case.measure.kind == "score" or near is None:
        return None
    if amount is None or case.period is None or near.amount != amount or near.period > case.period:
        return None
    if amount == amount.to_integral_value() and abs(amount) < SMALL_NUMBER:
        return None
    message = gettext_noop("%(found)s is also the figure of %(period)s.")
    return Said(message, {"found": amount, "period": near.period.code})


__all__ = ["HISTORY_RULES"]
