"""The rules of figures that are entered together: each key once, totals with their parts, nothing hidden given away."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Final

from .arithmetic import rounding
from .disaggregation import TOTAL, Breakdown, BreakdownError, parse_breakdown
from .entered import Cell, CellKey
from .findings import Context, EntryRule, Point, Said, Value, of_submission
from .languages import gettext_noop
from .limits import Measure
from .relations import WHOLES, Sum, sums
from .suppression import SUPPRESSED, is_small, revealed
from .validation import Strength

SUBMISSION_RULES: Final[dict[str, EntryRule]] = {}


_rule = partial(of_submission, SUBMISSION_RULES)


@dataclass(frozen=True, slots=True)
class Together:
    """The figures of one series and period, entered and published: what a reader will see side by side."""

    measure: Measure
    points: Mapping[Breakdown, Point]
    entered: Mapping[str, CellKey]

    @property
    def values(self) -> dict[str, Decimal]:
        """Amounts by breakdown key."""
        return {one.key: point.amount for one, point in self.points.items() if point.amount is not None}

    @property
    def table(self) -> dict[str, Decimal | None]:
        """Amounts, and ``None`` for what is suppressed."""
        hidden = {one.key for one, point in self.points.items() if point.status == SUPPRESSED}
        return {**self.values, **dict.fromkeys(hidden)}

    def place(self, *keys: str) -> CellKey | None:
        """The first of these breakdowns that is of the submission: there the finding is shown."""
        return next((self.entered[key] for key in keys if key in self.entered), None)


def together(context: Context) -> Iterator[Together]:
    """The figures by series and period, where something of them was entered. A breakdown that is none is left out."""
    entered: defaultdict[tuple[str, str], dict[str, CellKey]] = defaultdict(dict)
    for key in context.entered:
        entered[key.series, key.period][key.breakdown] = key
    points: defaultdict[tuple[str, str], dict[Breakdown, Point]] = defaultdict(dict)
    for (series, breakdown), line in context.lines.items():
        try:
            parsed = parse_breakdown(breakdown)
        except BreakdownError:
            continue
        for period, point in line.items():
            if (series, period) in entered:
                points[series, period][parsed] = point
    for (series, period), keys in entered.items():
        if series in context.measures:
            yield Together(context.measures[series], points[series, period], keys)


@_rule(
    "E20",
    Strength.ERROR,
    "",
    gettext_noop("Each key stands once."),
    compares=gettext_noop("Series, area, period and breakdown of all cells, as the database writes them"),
    example="2015/16 = 2015/2016",
)
def key_twice(cells: Sequence[Cell], context: Context) -> Iterator[tuple[CellKey, Said]]:
    for key, times in Counter(cell.key for cell in cells).items():
        if times > 1:
            yield key, Said(gettext_noop("This key stands %(times)s times: keep one."), {"times": times})


@_rule(
    "E21",
    Strength.WARNING,
    "value",
    gettext_noop("Parts that make up a total add up to it."),
    compares=gettext_noop(
        "Counts and amounts: the total with the sum of its parts (both sexes, town and country, bands of age that tile it ...),"
        " within their rounding and the tolerance set for the series; parts of an open list do not exceed it"
    ),
    example="_T 100 ≠ SEX=F 45 + SEX=M 60",
)
def parts_do_not_add_up(cells: Sequence[Cell], context: Context) -> Iterator[tuple[CellKey, Said]]:
    for one in together(context):
        if one.measure.is_additive:
            for of in _whole_sums(one):
                yield from _found(one, of, _unequal(one, of))


@_rule(
    "E22",
    Strength.WARNING,
    "value",
    gettext_noop("A share or rate of the whole lies between those of its parts."),
    compares=gettext_noop("Percentages, rates and scores: the total with the least and the greatest of all its parts"),
    example="_T 70: SEX=F 40, SEX=M 60",
)
def total_outside_its_parts(cells: Sequence[Cell], context: Context) -> Iterator[tuple[CellKey, Said]]:
    for one in together(context):
        if one.measure.kind in ("percent", "rate", "score"):
            for of in _whole_sums(one):
                yield from _found(one, of, _outside(one, of))


@_rule(
    "E23",
    Strength.ERROR,
    "value",
    gettext_noop("No total and its parts give away what is suppressed."),
    compares=gettext_noop(
        "Every total with its parts, in all dimensions at once: whether a suppressed count is what remains, or the only number"
        " that is possible"
    ),
    example="_T 10 − SEX=M 7 = SEX=F (Q)",
)
def suppressed_is_revealed(cells: Sequence[Cell], context: Context) -> Iterator[tuple[CellKey, Said]]:
    message = gettext_noop(
        "%(hidden)s: suppressed, and can be calculated from %(by)s. Suppress one of these too, best %(proposed)s."
    )
    for one in together(context):
        if not one.measure.is_additive:
            continue
        values = one.values
        for leak in revealed(one.table, hide_zero=one.measure.limits.hide_zero):
            place = one.place(leak.key, *leak.by)
            if place is not None and leak.by:
                best = min(leak.by, key=lambda key: (-len(parse_breakdown(key).parts), values[key]))
                yield place, Said(message, {"hidden": (leak.key,), "by": leak.by, "proposed": (best,)})


@_rule(
    "E24",
    Strength.WARNING,
    "value",
    gettext_noop("What a total leaves over is not a small count."),
    compares=gettext_noop(
        "Where one part of a whole is not given: the total less the parts with the threshold of the series"
    ),
    example="_T 100 − SEX=M 98 = 2 < 5",
)
def small_remainder(cells: Sequence[Cell], context: Context) -> Iterator[tuple[CellKey, Said]]:
    message = gettext_noop(
        "%(total)s less %(parts)s leaves a count under %(limit)s: who is missing there could be recognised."
    )
    for one in together(context):
        least = one.measure.limits.small_count
        if least is None or not one.measure.is_count:
            continue
        for total, parts, rest in _remainders(one):
            place = one.place(*parts, total)
            if place is not None and rest > 0 and is_small(rest, least):
                yield place, Said(message, {"total": (total,), "parts": parts, "limit": least})


def _whole_sums(one: Together) -> Iterator[Sum]:
    """Totals with their parts that all have a value."""
    values = one.values
    for of in sums(point for point in one.points if point.key in values):
        if of.total in values:
            yield of


def _found(one: Together, of: Sum, said: Said | None) -> Iterator[tuple[CellKey, Said]]:
    place = one.place(of.total, *of.parts)
    if said is not None and place is not None:
        yield place, said


def _unequal(one: Together, of: Sum) -> Said | None:
    values = one.values
    total, parts = values[of.total], [values[part] for part in of.parts]
    difference = sum(parts, Decimal(0)) - total
    allowed = abs(total) * one.measure.limits.sum_tolerance / 100
    if any(value != value.to_integral_value() for value in (total, *parts)):
        allowed += sum((rounding(value) for value in (total, *parts)), Decimal(0))
    if difference <= allowed and (not of.sure or -difference <= allowed):
        return None
    message = gettext_noop("%(total)s is %(found)s; its parts (%(parts)s) add up to %(sum)s.")
    return Said(message, _of_sum(of) | {"found": total, "sum": total + difference})


def _outside(one: Together, of: Sum) -> Said | None:
    values = one.values
    total, parts = values[of.total], [values[part] for part in of.parts]
    if not of.sure or min(parts) - rounding(total) <= total <= max(parts) + rounding(total):
        return None
    message = gettext_noop("%(total)s is %(found)s; its parts (%(parts)s) lie between %(least)s and %(most)s.")
    return Said(message, _of_sum(of) | {"found": total, "least": min(parts), "most": max(parts)})


def _of_sum(of: Sum) -> dict[str, Value]:
    return {"total": (of.total,), "parts": of.parts}


def _remainders(one: Together) -> Iterable[tuple[str, tuple[str, ...], Decimal]]:
    """Totals of which one part is neither given nor suppressed: total, the parts given, and what is left over."""
    values, table = one.values, one.table
    for rest in {Breakdown(tuple(p for p in b.parts if p != part)) for b in one.points for part in b.parts}:
        for dimension, wholes in WHOLES.items():
            parts = {code: _with(rest, dimension, code) for code in wholes[0][1]}
            given = tuple(key for key in parts.values() if key in values)
            absent = [key for key in parts.values() if key not in table]
            if wholes[0][0] == TOTAL and rest.key in values and given and len(absent) == 1:
                yield rest.key, given, values[rest.key] - sum((values[key] for key in given), Decimal(0))


def _with(rest: Breakdown, dimension: str, code: str) -> str:
    return Breakdown(tuple(sorted((*rest.parts, (dimension, code))))).key


__all__ = ["SUBMISSION_RULES", "Together", "together"]
