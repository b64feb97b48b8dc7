"""Entering: what a person typed into some cells of a page is read, in the person's language, and saved.

Only what was changed is sent, so a field that is not named stays as it is. A value that cannot be read is kept as it was
typed; what has nowhere to be kept (a bound that is no number, a code that does not exist) is refused with a sentence, and
the other cells are saved all the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from sdg_targets.domain.typed_numbers import TypedNumberError, read_typed
from sdg_targets.domain.validation import MISSING
from sdg_targets.models import Breakdown, Cell, Nature, Period, Series, Status, Submission

from .cells import Content, Entry, Saved, content_of, save_cells
from .interning import intern_breakdowns, intern_periods

#: Fields that hold numbers beside the value, and whether they are in its unit.
NUMBERS: Final[Mapping[str, bool]] = {
    "lower_bound": True,
    "upper_bound": True,
    "numerator": False,
    "denominator": False,
}
#: Fields that hold words, with the longest text where a column has an end.
WORDS: Final[Mapping[str, int]] = {
    "source": 4000,
    "footnote": 4000,
    "note": 4000,
    "explanation": 4000,
    "time_detail": 200,
    "base_period": 40,
}
#: The longest text of a value.
LONGEST_VALUE: Final = 80
MULTIPLIERS: Final = tuple(str(power) for power in range(13))
#: Everything that a page may change in a cell.
FIELDS: Final = frozenset(("value", "status", "nature", "multiplier", *NUMBERS, *WORDS))


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person changed in one cell: its codes, the version that was seen, and the changed fields as typed."""

    series: str
    period: str
    breakdown: str
    seen: int
    fields: Mapping[str, str]
    key: UUID | None = None

    @property
    def place(self) -> tuple[str, str, str]:
        return self.series, self.period, self.breakdown


@dataclass(frozen=True, slots=True)
class Refused:
    """A change that could not be taken: the field it is about, and what would be right."""

    typed: Typed
    column: str
    why: str


class _Unfit(ValueError):  # noqa: N818 - a sentence for the person who typed
    """A field that cannot hold what was typed: its name and the sentence."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column, self.why = column, why


@dataclass(frozen=True, slots=True)
class _Known:
    """The rows that the codes of some changes stand for."""

    series: Mapping[str, Series]
    periods: Mapping[str, Period]
    breakdowns: Mapping[str, Breakdown]
    cells: Mapping[tuple[int, int, int], Cell]


@transaction.atomic
def enter_typed(
    *, submission: Submission, typed: Sequence[Typed], by: Any, language: str, way: str = "page"
) -> list[Saved | Refused]:
    """Read and save what was typed into some cells; what became of each, in the order given.

    Errors: as ``save_cells``.
    """
    known = _known(submission, typed)
    outcomes: list[Entry | Refused] = [_entry(each, known, language) for each in typed]
    entries = [outcome for outcome in outcomes if isinstance(outcome, Entry)]
    saved = iter(save_cells(submission=submission, entries=entries, by=by, way=way))
    return [outcome if isinstance(outcome, Refused) else next(saved) for outcome in outcomes]


def _known(submission: Submission, typed: Sequence[Typed]) -> _Known:
    wanted = Series.objects.select_related("unit").only("code", "unit__code")
    series = wanted.in_bulk({each.series for each in typed}, field_name="code")
    periods = intern_periods({each.period for each in typed})
    breakdowns = intern_breakdowns({each.breakdown for each in typed})
    cells = {}
    if any(each.seen for each in typed):  # who saw nothing there changes nothing of what may stand there
        standing = submission.cells.filter(
            series__in=series.values(), period__in=periods.values(), breakdown__in=breakdowns.values()
        )
        cells = {(cell.series_id, cell.period_id, cell.breakdown_id): cell for cell in standing}
    return _Known(series, periods, breakdowns, cells)


def _entry(typed: Typed, known: _Known, language: str) -> Entry | Refused:
    series, period = known.series.get(typed.series), known.periods.get(typed.period)
    breakdown = known.breakdowns.get(typed.breakdown)
    if series is None:
        return Refused(typed, "series", _("There is no series %(code)s.") % {"code": typed.series[:40]})
    if period is None:
        return Refused(typed, "period", _("“%(code)s” is not a time period.") % {"code": typed.period[:40]})
    if breakdown is None:
        return Refused(typed, "breakdown", _("There is no breakdown %(code)s.") % {"code": typed.breakdown[:200]})
    place = series.pk, period.pk, breakdown.pk
    standing = known.cells.get(place) if typed.seen else None
    before = content_of(standing) if standing else Content(unit_id=series.unit_id)
    try:
        content = changed(before, typed.fields, language, percent=series.unit.code in PERCENT)
    except _Unfit as unfit:
        return Refused(typed, unfit.column, unfit.why)
    return Entry(*place, content, seen=typed.seen, key=typed.key)


#: Units behind which a sign % only repeats the unit.
PERCENT: Final = frozenset(("PT", "PERCENT"))


def changed(before: Content, fields: Mapping[str, str], language: str, *, percent: bool = False) -> Content:
    """What a cell says after some of its fields were typed anew. Errors: a sentence for the first that cannot be taken."""
    changes: dict[str, Any] = {}
    for name, text in fields.items():
        if name not in FIELDS or "\0" in text:
            raise _Unfit(name[:40], _("This cannot be changed here."))
        if name in NUMBERS:
            changes[name] = _number(name, text, language, percent=percent and NUMBERS[name])
        elif name in WORDS:
            changes[name] = _words(name, text)
        elif name != "value":
            changes[name] = _code(name, text)
    if "value" in fields:
        changes |= _value(before, changes, fields["value"], language, percent=percent)
    return replace(before, **changes)


def _value(before: Content, changes: Mapping[str, Any], text: str, language: str, *, percent: bool) -> dict[str, Any]:
    """The value as typed and as read. A number puts an end to the reason why there was none."""
    given = text.strip()
    if len(given) > LONGEST_VALUE:
        raise _Unfit("value", _("At most %(most)s signs.") % {"most": LONGEST_VALUE})
    value: Decimal | None
    try:
        value = read_typed(given, language, percent=percent)
    except TypedNumberError:
        value = None  # kept as it was typed; the finding says what would be right
    read: dict[str, Any] = {"typed": given, "value": value}
    if value is not None and "status" not in changes and before.status in MISSING:
        read["status"] = Status.NORMAL.value
    return read


def _number(name: str, text: str, language: str, *, percent: bool) -> Decimal | None:
    try:
        return read_typed(text, language, percent=percent)
    except TypedNumberError as slip:
        raise _Unfit(name, _(slip.message) % slip.values) from slip


def _words(name: str, text: str) -> str:
    given = text.replace("\r\n", "\n").strip()
    if len(given) > WORDS[name]:
        raise _Unfit(name, _("At most %(most)s signs.") % {"most": WORDS[name]})
    return given


def _code(name: str, text: str) -> str | int:
    known = {"status": Status.values, "nature": Nature.values, "multiplier": MULTIPLIERS}[name]
    if text not in known:
        raise _Unfit(name, _("“%(code)s” is not one of the choices.") % {"code": text[:20]})
    return int(text) if name == "multiplier" else text
