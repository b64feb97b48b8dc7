"""The record of an import: what was asked, what became of every row, and each refusal with its place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from sdg_targets.domain.metadata import MetadataText
from sdg_targets.domain.rows import COLUMNS
from sdg_targets.formats.given import fingerprint
from sdg_targets.models import Dataset, Import, ImportState, Refusal, Revision, RevisionReason

from . import metadata, observations, recognising

#: The longest text of a refusal.
LONGEST_TEXT: Final = 2000
#: The longest label of a publication.
LONGEST_VINTAGE: Final = 40


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be taken, and what is said of the revision: its reason, a note, and whether it is a break.

    ``file_name`` is what the record calls the file, where it is stored under another name.
    """

    dry_run: bool = False
    backfill: bool = False
    complete: bool = False
    vintage: str = ""
    origin: str = ""
    reason: str = RevisionReason.ROUTINE
    note: str = ""
    is_break: bool = False
    file_name: str = ""
    on_rows: Callable[[int], None] = field(default=lambda count: None)

    @property
    def asked(self) -> tuple[object, ...]:
        """What decides, besides the file, what becomes of its rows."""
        return self.backfill, self.complete, self.vintage


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be imported into what, by whom (``None``: the system itself), how, and since when that has been under way."""

    path: Path
    dataset: Dataset
    by: Any
    options: Options
    started: datetime


@dataclass(slots=True)
class Outcome:
    """What is known of an import while it runs."""

    format: str = ""
    provider: str = ""
    vintage: str = ""
    series: list[str] = field(default_factory=list)
    carries: frozenset[str] = frozenset()
    columns: tuple[str, ...] = COLUMNS
    read: int = 0
    repeated: int = 0
    gathered: int = 0
    refused: list[Refusal] = field(default_factory=list)
    refused_rows: int = 0
    sample: list[dict[str, Any]] = field(default_factory=list)
    written: observations.Written = field(default_factory=lambda: observations.Written(0, 0, 0, 0))
    texts: tuple[MetadataText, ...] = ()
    taken: metadata.TakenTexts = field(default_factory=metadata.TakenTexts)


def write_record(
    task: Task, outcome: Outcome, *, state: str, revision: Revision | None = None, problem: str = ""
) -> Import:
    """Write the record of an import, with its refusals."""
    written, given = outcome.written, fingerprint(task.path)
    stands = state in (ImportState.APPLIED, ImportState.UNCHANGED)
    record = Import.objects.create(
        dataset=task.dataset,
        revision=revision,
        state=state,
        file_name=task.options.file_name or task.path.name,
        file_size=given.size,
        sha256=given.sha256,
        held_against=recognising.held_against(*task.options.asked) if stands else "",
        origin=task.options.origin[:400],
        format=outcome.format,
        provider=outcome.provider,
        vintage=_storable(outcome.vintage, LONGEST_VINTAGE),
        series_codes=outcome.series,
        complete=task.options.complete,
        backfill=task.options.backfill,
        by=task.by,
        started_at=task.started,
        finished_at=timezone.now(),
        read=outcome.read,
        new=written.new,
        revised=written.revised,
        unchanged=written.unchanged,
        repeated=outcome.repeated,
        gathered=outcome.gathered,
        withdrawn=written.withdrawn,
        refused=outcome.refused_rows,
        sample=outcome.sample,
        texts_new=outcome.taken.new,
        texts_changed=outcome.taken.changed,
        texts_unchanged=outcome.taken.unchanged,
        texts_refused=len(outcome.taken.refused),
        problem=_storable(problem, LONGEST_TEXT),
    )
    Refusal.objects.bulk_create(
        [
            Refusal(
                of_import=record,
                place=_storable(r.place, 200),
                column=_storable(r.column, 60),
                rule=r.rule,
                found=_storable(r.found, LONGEST_TEXT),
                expected=_storable(r.expected, LONGEST_TEXT),
                rows=r.rows,
            )
            for r in outcome.refused
        ],
        batch_size=5000,
    )
    return record


def _storable(text: str, longest: int) -> str:
    """What of a text from a file the database takes: no NUL, no half of a pair of UTF-16, and no more than so many signs."""
    return text[:longest].replace("\0", "\N{REPLACEMENT CHARACTER}").encode(errors="replace").decode()
