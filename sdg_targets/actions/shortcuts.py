"""Two shortcuts for a country with little news: as last year, and nothing to report. Both fill empty places and no others.

What they write is a draft like any other, looked at before it is submitted; and it says of itself how it came about.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from sdg_targets.domain.typed_numbers import PLAIN
from sdg_targets.domain.validation import MISSING
from sdg_targets.models import Observation, Submission
from sdg_targets.queries.grid import Grid, GridCell, grid_of

from .cells import Saved
from .entering import Refused, Typed, enter_typed
from .stepping import StepRefused

#: A figure with all that is carried over with it.
_CARRIED: Final = (
    "series__code", "breakdown__key", "period__code", "period__frequency", "period__end", "value", "status", "nature",
    "multiplier", "source__text",
)  # fmt: skip


@transaction.atomic
def repeat_last(*, submission: Submission, by: Any) -> list[Saved]:
    """As last year: into the newest period asked for, where it is empty, the newest published national figure before it.

    The footnote and the note say from which period it was carried. Older periods are left: what was carried into several
    years would look like a measured line. Errors: as ``enter_typed``; ``StepRefused`` where there is nothing to carry.
    """
    found = grid_of(submission)
    empty = {cell.place[0::2]: cell for cell in _newest_asked(found) if _is_free(cell)}
    typed = []
    for row in _published_before(submission, empty.values()):
        cell = empty.get((row.series__code, row.breakdown__key))
        if cell is not None and row.period__end < cell.period.start and row.period__frequency == cell.period.frequency:
            del empty[row.series__code, row.breakdown__key]
            typed.append(_carried(cell, row))
    if not typed:
        raise StepRefused(
            _(
                "There is nothing to carry over: nothing is empty in the newest period, or nothing was published before it."
            )
        )
    return _saved(enter_typed(submission=submission, typed=typed, by=by, language=PLAIN, way="carried"))


@transaction.atomic
def report_nothing(*, submission: Submission, reason: str, by: Any) -> list[Saved]:
    """Nothing to report: every value asked for that is empty says the reason why there is none.

    Where the country has a published figure nothing is said: that would take it back. Errors: as ``enter_typed``;
    ``StepRefused`` for a reason that is none, or where nothing is empty.
    """
    if reason not in MISSING:
        raise StepRefused(_("Choose the reason why there is no value."))
    free = [cell for cell in grid_of(submission).cells if cell.asked and _is_free(cell)]
    typed = [Typed(*cell.place, seen=cell.version, fields={"status": reason}) for cell in free]
    if not typed:
        raise StepRefused(_("Nothing is empty: every value asked for is entered or published already."))
    return _saved(enter_typed(submission=submission, typed=typed, by=by, language=PLAIN, way="nothing"))


def _is_free(cell: GridCell) -> bool:
    return not cell.is_filled and cell.national is None


def _newest_asked(found: Grid) -> Iterable[GridCell]:
    """Of each row the newest period that is asked for; columns stand in the order of time."""
    for sheet in found.sheets:
        for series in sheet.series:
            for row in series.rows:
                asked = [cell for cell in row.cells if cell.asked]
                yield from asked[-1:]


def _published_before(submission: Submission, cells: Iterable[GridCell]) -> Iterable[Any]:
    """The country's own published figures of some rows, the newest first."""
    rows = Observation.objects.current().with_value()
    of_country = rows.filter(dataset=submission.dataset_id, area=submission.area_id)
    wanted = of_country.filter(series__code__in={cell.place[0] for cell in cells})
    return wanted.order_by("-period__end", "-period__start").values_list(*_CARRIED, named=True)


def _carried(cell: GridCell, row: Any) -> Typed:
    fields = {
        "value": format(row.value, "f"),
        "status": row.status,
        "nature": row.nature,
        "multiplier": str(row.multiplier),
        "source": row.source__text or "",
        "footnote": _("As in %(period)s: carried over, not measured anew.") % {"period": row.period__code},
        "note": _("Entered with “As last year”, from %(period)s.") % {"period": row.period__code},
    }
    return Typed(*cell.place, seen=cell.version, fields=fields)


def _saved(outcomes: Sequence[Saved | Refused]) -> list[Saved]:
    """What was saved. Errors: ``StepRefused`` where a published figure cannot be entered, so that it is not half done."""
    for outcome in outcomes:
        if isinstance(outcome, Refused):
            raise StepRefused(f"{' '.join(outcome.typed.place)}: {outcome.why}")
    return [outcome for outcome in outcomes if isinstance(outcome, Saved)]
