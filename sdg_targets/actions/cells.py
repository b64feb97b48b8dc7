"""Saving what is typed into cells: nothing is lost, nothing is overwritten in silence, every version is kept.

Whoever saves says which version of the cell they saw. Where somebody else was there in between, nothing is written and
both values come back. The same change sent twice, with the same key, is one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sdg_targets.domain.roles import Permission
from sdg_targets.domain.validation import MISSING
from sdg_targets.models import Cell, CellVersion, Mark, Revision, Series, Submission
from sdg_targets.models.cells import CONTENT
from sdg_targets.permissions import require

from .stepping import StepRefused, locked

#: The most cells that are saved at once; a longer list is sent in parts.
MOST_AT_ONCE: Final = 20_000
#: The way in of values that the product computes itself.
COMPUTED: Final = "computed"


@dataclass(frozen=True, slots=True)
class Content:
    """What one cell says. ``value`` is what was read from ``typed``; both are kept, so that nothing typed is lost."""

    unit_id: int
    typed: str = ""
    value: Decimal | None = None
    status: str = "A"
    nature: str = "C"
    multiplier: int = 0
    lower_bound: Decimal | None = None
    upper_bound: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    base_period: str = ""
    time_detail: str = ""
    source: str = ""
    footnote: str = ""
    note: str = ""
    explanation: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it says neither a value nor why there is none."""
        return self.value is None and not self.typed and self.status not in MISSING


def content_of(row: Cell | CellVersion) -> Content:
    """What a cell, or one version of it, says."""
    return Content(**{name: getattr(row, name) for name in CONTENT})


@dataclass(frozen=True, slots=True)
class Entry:
    """One change asked for. ``seen`` is the version that the person saw, 0 where there was none."""

    series_id: int
    period_id: int
    breakdown_id: int
    content: Content
    seen: int
    key: UUID | None = None

    @property
    def place(self) -> tuple[int, int, int]:
        """The key of the cell within its submission."""
        return self.series_id, self.period_id, self.breakdown_id


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one entry: the cell as it stands now, and whether it clashed (then nothing was written of it)."""

    entry: Entry
    cell: Cell
    clashed: bool = False
    changed: bool = True


@dataclass(slots=True)
class _Batch:
    """What is to be written for a list of entries."""

    new: list[Cell] = field(default_factory=list)
    changed: list[Cell] = field(default_factory=list)
    ways: list[tuple[Cell, UUID | None]] = field(default_factory=list)


@transaction.atomic
def save_cells(*, submission: Submission, entries: Sequence[Entry], by: Any, way: str = "page") -> list[Saved]:
    """Save what was typed into some cells; returns what became of each, in the order given.

    The submission is locked for as long as it takes: nobody submits it while a value is on its way in. Two entries for the
    same cell are an error. ``way`` says how it came in (page, paste, upload, api, computed).
    Errors: ``PermissionDenied``; ``StepRefused`` where nothing can be entered now, with since when and who can open it.
    """
    now = locked(submission)
    require(by, Permission.ENTER_DATA, area=now.area)
    if way != COMPUTED:
        require_editable(now)
        _require_typed(entries)
    if len({entry.place for entry in entries}) < len(entries):
        raise StepRefused(_("The same value stands in the list twice."))
    if len(entries) > MOST_AT_ONCE:
        raise StepRefused(_("At most %(most)s values are saved at once.") % {"most": MOST_AT_ONCE})
    standing = _standing(now, entries)
    known = _keys_known(entries, standing.values())
    batch, newest = _Batch(), Revision.objects.latest_number()
    saved = [_decide(entry, standing.get(entry.place), now, known, batch, by, newest) for entry in entries]
    _write(batch, by, way)
    return saved


def _require_typed(entries: Sequence[Entry]) -> None:
    """What is computed from the answers to a questionnaire is not typed in."""
    computed = Series.objects.computed().filter(pk__in={entry.series_id for entry in entries}).first()
    if computed is not None:
        raise StepRefused(
            _("%(series)s is computed from the answers to its questionnaire: fill that in.") % {"series": computed.code}
        )


def require_editable(submission: Submission) -> None:
    """Go on only if something can be entered now. Errors: ``StepRefused``, with since when, and who can open it."""
    if not submission.is_editable:
        raise StepRefused(
            _("Nothing can be changed: the submission is “%(state)s” since %(day)s.")
            % {"state": submission.get_state_display(), "day": submission.changed_at.date().isoformat()}
        )
    if not submission.round.is_open(timezone.localdate()):
        raise StepRefused(_("Nothing can be changed: the round is closed. An administrator can open it again."))


def _standing(submission: Submission, entries: Sequence[Entry]) -> dict[tuple[int, int, int], Cell]:
    """The cells there are already, by key."""
    wanted = Q(
        series__in={entry.series_id for entry in entries},
        period__in={entry.period_id for entry in entries},
        breakdown__in={entry.breakdown_id for entry in entries},
    )
    return {
        (cell.series_id, cell.period_id, cell.breakdown_id): cell
        for cell in submission.cells.filter(wanted).select_related("changed_by")
    }


def _keys_known(entries: Sequence[Entry], cells: Iterable[Cell]) -> set[tuple[int, UUID]]:
    """Changes that were written before, by cell and idempotency key."""
    keys = {entry.key for entry in entries if entry.key is not None}
    if not keys:
        return set()
    written = CellVersion.objects.filter(cell__in=list(cells), key__in=keys)
    return {(cell, key) for cell, key in written.values_list("cell_id", "key") if key is not None}


def _decide(
    entry: Entry,
    cell: Cell | None,
    submission: Submission,
    known: set[tuple[int, UUID]],
    batch: _Batch,
    by: Any,
    newest: int,
) -> Saved:
    """What becomes of one entry; what is to be written goes into the batch."""
    if cell is None:
        made = Cell(submission=submission, based_on=newest, **dict(zip(_PLACE, entry.place, strict=True)))
        _put(made, entry, by, version=1)
        batch.new.append(made)
        batch.ways.append((made, entry.key))
        return Saved(entry, made)
    if entry.key is not None and (cell.pk, entry.key) in known:
        return Saved(entry, cell, changed=False)
    if content_of(cell) == entry.content:
        return Saved(entry, cell, changed=False)  # both said the same: there is nothing to choose between
    if entry.seen != cell.version:
        return Saved(entry, cell, clashed=True, changed=False)
    _put(cell, entry, by, version=cell.version + 1)
    batch.changed.append(cell)
    batch.ways.append((cell, entry.key))
    return Saved(entry, cell)


_PLACE: Final = ("series_id", "period_id", "breakdown_id")


def _put(cell: Cell, entry: Entry, by: Any, *, version: int) -> None:
    """Let a cell say something else; what a reviewer said was said of the version before."""
    for name, value in asdict(entry.content).items():
        setattr(cell, name, value)
    cell.is_empty = entry.content.is_empty
    cell.version, cell.changed_by, cell.changed_at = version, by, timezone.now()
    cell.mark, cell.marked_version, cell.marked_by, cell.marked_at = Mark.NONE, None, None, None


#: What a change writes into the row of a cell.
_WRITTEN: Final = (
    *(name.removesuffix("_id") for name in CONTENT),
    "is_empty", "version", "changed_by", "changed_at", "mark", "marked_version", "marked_by", "marked_at",
)  # fmt: skip


def _write(batch: _Batch, by: Any, way: str) -> None:
    Cell.objects.bulk_create(batch.new, batch_size=2000)
    if len(batch.changed) == 1:
        batch.changed[0].save(update_fields=_WRITTEN)
    elif batch.changed:
        Cell.objects.bulk_update(batch.changed, _WRITTEN, batch_size=500)
    CellVersion.objects.bulk_create(
        [
            CellVersion(
                cell=cell,
                version=cell.version,
                is_empty=cell.is_empty,
                by=by,
                at=cell.changed_at,
                way=way,
                key=key,
                **cell.content,
            )
            for cell, key in batch.ways
        ],
        batch_size=2000,
    )
