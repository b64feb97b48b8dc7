"""A filled template held against the catalogue and against what its submission says now: what would become of each row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from django.utils import timezone

from sdg_targets.domain.disaggregation import BreakdownError, parse_breakdown
from sdg_targets.domain.filled import (
    EMPTY,
    STANDS_TWICE,
    Outcome,
    Slip,
    State,
    differing,
    judge,
    no_reason,
    read_entry,
)
from sdg_targets.domain.languages import gettext_noop
from sdg_targets.domain.periods import PeriodError, parse_period
from sdg_targets.domain.validation import sentence
from sdg_targets.formats.round_upload import FilledRow
from sdg_targets.models import Category, Submission, ValueKind

from .cell_states import Key, Standing, past_states, standing_cells

NOT_ASKED: Final = gettext_noop("The series is one that the round asks for: the template names them.")
OTHER_AREA: Final = gettext_noop("The row is of your own country: %(area)s.")
#: The longest text of a key that is kept to be shown.
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """What is known of a series that the round asks for."""

    pk: int
    is_percent: bool
    dimensions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are read against: the country, the series of the round, all categories, the day."""

    area: str
    series: Mapping[str, SeriesFacts]
    categories: frozenset[tuple[str, str]]
    today: date


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a file, read: its key, what it says by column, the version it saw, and why it is refused, if it is.

    Each slip is a mapping that can be kept: place, column, rule, found, message and values.
    """

    position: int
    place: str
    series: int | None
    series_code: str
    period: str
    breakdown: str
    said: State
    typed: str
    seen: int | None
    slips: Sequence[Mapping[str, Any]] = field(default_factory=list)

    @property
    def key(self) -> Key | None:
        """The key of its cell; ``None`` where the row is refused."""
        return None if self.series is None or self.slips else (self.series, self.period, self.breakdown)


@dataclass(frozen=True, slots=True)
class Compared:
    """What would become of a row, and what stands now where it would go."""

    row: ReadRow
    outcome: Outcome
    stood: State
    cell: int | None = None
    version: int = 0


def known_of(submission: Submission) -> Known:
    """What the rows of a submission's files are read against, in three queries."""
    items = submission.round.items.typed().select_related("series").prefetch_related("series__dimensions")
    series = {
        item.series.code: SeriesFacts(
            item.series.pk,
            item.series.kind == ValueKind.PERCENT,
            frozenset(dimension.code for dimension in item.series.dimensions.all()),
        )
        for item in items
    }
    categories = frozenset(Category.objects.values_list("dimension__code", "code"))
    return Known(submission.area.code, series, categories, timezone.localdate())


def read_rows(rows: Iterable[FilledRow], known: Known, *, language: str, trusts_seen: bool) -> list[ReadRow]:
    """Every row with its key and what it says. ``trusts_seen``: the versions that rows name are of this submission."""
    read: list[ReadRow] = []
    places: dict[Key, ReadRow] = {}
    for position, row in enumerate(rows):
        one = _read_row(position, row, known, language, trusts_seen=trusts_seen)
        first = places.setdefault(one.key, one) if one.key else one
        if first is not one and differing(one.said, first.said):
            slip = Slip("value", "V18", one.typed, STANDS_TWICE, {"place": first.place})
            one = replace(one, slips=[_kept(slip, row)])
        if first is one or one.slips:
            read.append(one)
    return read


def _read_row(position: int, row: FilledRow, known: Known, language: str, *, trusts_seen: bool) -> ReadRow:
    facts = known.series.get(row.text("series"))
    slips = [*row.slips]
    at = {slip.column for slip in slips}
    slips += [slip for slip in _key_slips(row, known) if slip.column not in at]
    given = {column: cell for column, cell in row.given.items() if column not in at}
    said, more = read_entry(given, language, percent=facts is not None and facts.is_percent)
    slips += more
    seen = row.text("seen")
    return ReadRow(
        position=position,
        place=row.place()[:80],
        series=facts.pk if facts else None,
        series_code=row.text("series")[:_SHOWN],
        period=row.text("period")[:_SHOWN] if slips else parse_period(row.text("period")).code,
        breakdown=row.text("breakdown")[:_SHOWN] if slips else parse_breakdown(row.text("breakdown")).key,
        said=said,
        typed=row.text("value")[:80],
        seen=int(seen) if trusts_seen and seen.isdecimal() and len(seen) < 10 else None,
        slips=[_kept(slip, row) for slip in slips],
    )


def _kept(slip: Slip, row: FilledRow) -> dict[str, Any]:
    return {
        "place": row.place(slip.column),
        "column": slip.column,
        "rule": slip.rule,
        "found": slip.found[:80],
        "message": slip.message,
        "values": dict(slip.values),
    }


def _key_slips(row: FilledRow, known: Known) -> list[Slip]:
    """What is wrong with the key of a row."""
    code, slips = row.text("series"), []
    facts = known.series.get(code)
    if row.text("area") not in ("", known.area):
        slips.append(Slip("area", "E02", row.text("area"), OTHER_AREA, {"area": known.area}))
    if facts is None:
        slips.append(Slip("series", "V01", code, NOT_ASKED))
    if broken := _period_broken(row.text("period"), known.today):
        slips.append(Slip("period", broken, row.text("period"), sentence(broken)))
    if broken := _breakdown_broken(row.text("breakdown"), known, facts):
        slips.append(Slip("breakdown", broken, row.text("breakdown"), sentence(broken)))
    return slips


def _period_broken(text: str, today: date) -> str:
    """The number of the rule that a period breaks, if it breaks one."""
    try:
        return "V04" if parse_period(text).start > today else ""
    except PeriodError:
        return "V03"


def _breakdown_broken(text: str, known: Known, facts: SeriesFacts | None) -> str:
    try:
        read = parse_breakdown(text)
    except BreakdownError:
        return "V05"
    if not set(read.parts) <= known.categories:
        return "V05"
    return "V06" if facts is not None and not set(read.codes) <= facts.dimensions else ""


def compare(rows: Sequence[ReadRow], submission: Submission) -> list[Compared]:
    """What would become of each row now, in two queries however many there are."""
    standing = standing_cells(submission)
    found = [(row, standing.get(row.key) if row.key else None) for row in rows]
    past = past_states(
        (cell.cell, row.seen) for row, cell in found if cell is not None and row.seen and row.seen < cell.version
    )
    return [_compared(row, cell, past) for row, cell in found]


def _compared(row: ReadRow, cell: Standing | None, past: Mapping[tuple[int, int], State]) -> Compared:
    if row.key is None:
        return Compared(row, Outcome.REFUSED, EMPTY)
    now, version = (cell.state, cell.version) if cell else (EMPTY, 0)
    base: State | None = None
    if row.seen == version:
        base = now
    elif row.seen == 0:
        base = EMPTY
    elif cell is not None and row.seen is not None:
        base = past.get((cell.cell, row.seen))
    outcome = judge(row.said, base=base, now=now, seen=row.seen, version=version)
    if outcome is Outcome.REFUSED:
        slip = no_reason()
        row = replace(row, slips=[{"place": row.place, "column": slip.column, "rule": slip.rule, "found": slip.found,
                                   "message": slip.message, "values": {}}])  # fmt: skip
    return Compared(row, outcome, now, cell.cell if cell else None, version)
