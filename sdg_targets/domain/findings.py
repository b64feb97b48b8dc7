"""What is found in entered figures, what they are checked against, and the table of rules that look beyond one row.

A rule carries its number, weight and sentence, what it compares, an example, and its check. Errors block; a warning blocks
until its cell explains it; notes inform. Messages are for the translators' catalogue, with the numbers found beside them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from .comparability import is_break
from .entered import Cell, CellKey, scaled
from .limits import Measure
from .periods import Period, PeriodError, parse_period
from .validation import Reference, Strength

#: A number, a text that is the same in every language (codes, what was typed), or keys of breakdowns, which have names.
Value = Decimal | int | str | tuple[str, ...]
#: A series and a breakdown: a line of figures over time.
LineKey = tuple[str, str]
#: A figure is compared with those of so many years before and after it.
NEAR_YEARS: Final = 5


@dataclass(frozen=True, slots=True)
class Said:
    """What a check found: a message for translators and the values that it names."""

    message: str
    values: Mapping[str, Value] = field(default_factory=dict)
    column: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in one cell: the rule that is broken, its weight, where, what was found and what would be right."""

    key: CellKey
    rule: str
    strength: Strength
    column: str
    message: str
    values: Mapping[str, Value] = field(default_factory=dict)
    explanation: str = ""

    @property
    def is_explained(self) -> bool:
        """Whether it is a warning that the person who entered the figure has answered."""
        return self.strength is Strength.WARNING and bool(self.explanation)

    @property
    def blocks(self) -> bool:
        """Whether the figure cannot be submitted as it is."""
        return self.strength is Strength.ERROR or (self.strength is Strength.WARNING and not self.explanation)

    @property
    def breakdowns(self) -> frozenset[str]:
        """The keys of breakdowns that its message names."""
        return frozenset(key for value in self.values.values() if isinstance(value, tuple) for key in value)

    def said(
        self,
        translate: Callable[[str], str],
        show: Callable[[Decimal], str],
        name: Callable[[str], str] = str,
    ) -> str:
        """The message in a language: ``translate`` is of sentences, ``show`` writes a number for its readers, ``name`` says
        what the key of a breakdown means.
        """
        shown = {word: _shown(value, show, name) for word, value in self.values.items()}
        return translate(self.message) % shown if shown else translate(self.message)


def _shown(value: Value, show: Callable[[Decimal], str], name: Callable[[str], str]) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(name, value))
    return show(Decimal(value)) if isinstance(value, Decimal | int) else value


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a line, published or entered before: its period, value, status and multiplier."""

    period: Period
    value: Decimal | None
    status: str = "A"
    multiplier: int = 0
    amount: Decimal | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", scaled(self.value, self.multiplier))


Line = Mapping[str, Point]


@dataclass(frozen=True, slots=True)
class Context:
    """What entered figures of one area are checked against.

    ``published`` are the figures of the area's own dataset, by series and breakdown and there by period; ``entered`` the
    cells of the submission; ``measures`` the series. ``known`` is what the rules of a row know, the day among it.
    """

    known: Reference
    area: str
    measures: Mapping[str, Measure]
    published: Mapping[LineKey, Line] = field(default_factory=dict)
    entered: Mapping[CellKey, Cell] = field(default_factory=dict)
    lines: Mapping[LineKey, Line] = field(default_factory=dict)

    def with_cells(self, cells: Iterable[Cell]) -> "Context":
        """The same with these cells as the submission: what they say stands in the place of what is published."""
        entered = {cell.key: cell for cell in cells}
        lines = {key: dict(line) for key, line in self.published.items()}
        for key, cell in entered.items():
            point = _point(cell)
            if point is not None and (cell.value is not None or cell.is_missing):
                lines.setdefault((key.series, key.breakdown), {})[key.period] = point
        return replace(self, entered=entered, lines=lines)

    def standing(self, key: CellKey) -> Point | None:
        """What is published under a key, if anything is."""
        return self.published.get((key.series, key.breakdown), {}).get(key.period)


@dataclass(frozen=True, slots=True)
class Case:
    """One cell with all that a rule may look at: what its series measures, what is published under its key, and its line.

    ``line`` are the other figures of the same series, breakdown and frequency that may be set beside it, oldest first: those
    with a value, over no break. ``near`` is the one just before it, else just after it, at most ``NEAR_YEARS`` away.
    """

    cell: Cell
    context: Context
    period: Period | None
    measure: Measure | None
    standing: Point | None
    line: tuple[Point, ...]
    near: Point | None

    @property
    def amounts(self) -> list[Decimal]:
        """The figures of the line in single units."""
        return [point.amount for point in self.line if point.amount is not None]


def case_of(cell: Cell, context: Context) -> Case:
    """Look up once what the rules of a cell ask for."""
    measure, period = context.measures.get(cell.key.series), period_of(cell)
    line = _line(cell, period, measure, context) if measure is not None and period is not None else ()
    near = _nearest(period, line) if period is not None else None
    return Case(cell, context, period, measure, context.standing(cell.key), line, near)


def _line(cell: Cell, period: Period, measure: Measure, context: Context) -> tuple[Point, ...]:
    whole = (context.lines or context.published).get((cell.key.series, cell.key.breakdown), {})
    own = Point(period, cell.value, cell.status or "A")
    others = [
        point
        for code, point in whole.items()
        if code != period.code and point.value is not None and point.period.frequency == period.frequency
    ]
    broken = [one.period for one in (*others, own) if is_break(one.status, one.period.year, ())]
    if broken or measure.breaks:
        others = [one for one in others if not _break_between(one.period, period, broken, measure.breaks)]
    return tuple(sorted(others, key=lambda point: point.period.end))


def _nearest(period: Period, line: Sequence[Point]) -> Point | None:
    before = [point for point in line if point.period < period]
    found = before[-1] if before else line[0] if line else None
    near = found is not None and abs(found.period.year - period.year) <= NEAR_YEARS
    return found if near else None


def _break_between(one: Period, other: Period, broken: Iterable[Period], years: Iterable[int]) -> bool:
    """Whether a break lies after the earlier period and not after the later."""
    first, last = sorted((one, other))
    return any(first.year < year <= last.year for year in years) or any(first < start <= last for start in broken)


def period_of(cell: Cell) -> Period | None:
    """The cell's period, ``None`` where its code cannot be read."""
    try:
        return parse_period(cell.key.period)
    except PeriodError:
        return None


def _point(cell: Cell) -> Point | None:
    period = period_of(cell)
    if period is None:
        return None
    return Point(period, cell.value, cell.status or "A", cell.power)


CellCheck = Callable[[Case], Said | None]
SubmissionCheck = Callable[[Sequence[Cell], Context], Iterable[tuple[CellKey, Said]]]


@dataclass(frozen=True, slots=True)
class EntryRule:
    """A rule of entered figures: number, weight, column, sentence, what it compares, an example of what it finds."""

    number: str
    strength: Strength
    column: str
    sentence: str
    compares: str
    example: str
    of_cell: CellCheck | None = None
    of_submission: SubmissionCheck | None = None

    def finding(self, key: CellKey, said: Said, explanation: str = "") -> Finding:
        """The finding of this rule; an explanation answers warnings alone."""
        answered = explanation if self.strength is Strength.WARNING else ""
        return Finding(key, self.number, self.strength, said.column or self.column, said.message, said.values, answered)


def of_cell(
    table: dict[str, EntryRule],
    number: str,
    strength: Strength,
    column: str,
    sentence: str,
    *,
    compares: str,
    example: str,
) -> Callable[[CellCheck], CellCheck]:
    """Enter a check of a cell into a table of rules."""

    def enter(check: CellCheck) -> CellCheck:
        table[number] = EntryRule(number, strength, column, sentence, compares, example, of_cell=check)
        return check

    return enter


def of_submission(
    table: dict[str, EntryRule],
    number: str,
    strength: Strength,
    column: str,
    sentence: str,
    *,
    compares: str,
    example: str,
) -> Callable[[SubmissionCheck], SubmissionCheck]:
    """Enter a check of figures that are entered together into a table of rules."""

    def enter(check: SubmissionCheck) -> SubmissionCheck:
        table[number] = EntryRule(number, strength, column, sentence, compares, example, of_submission=check)
        return check

    return enter


__all__ = [
    "NEAR_YEARS",
    "Case",
    "CellCheck",
    "Context",
    "EntryRule",
    "Finding",
    "Line",
    "LineKey",
    "Point",
    "Said",
    "SubmissionCheck",
    "Value",
    "case_of",
    "of_cell",
    "of_submission",
    "period_of",
]
