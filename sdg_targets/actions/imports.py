"""Imports: a file becomes observations, whole or not at all, with a record of every row.

Reader -> staging by COPY -> rules -> comparison -> one atomic write -> ``Import``. The deed is the same for the
command, the admin and the shipped figures.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sdg_targets.domain.metadata import MetadataText
from sdg_targets.domain.roles import Permission
from sdg_targets.domain.rows import COLUMNS, OPTIONAL, FileProblem, ObservationRow, Problem, Reading
from sdg_targets.domain.vintages import is_older
from sdg_targets.formats import HEAD, plain_csv, reading_of, reading_of_folder
from sdg_targets.formats.given import fingerprint, folder_of, is_folder, opened
from sdg_targets.models import (
    Dataset,
    Import,
    ImportState,
    Refusal,
    Revision,
    RevisionReason,
)
from sdg_targets.permissions import require
from sdg_targets.queries.code_maps import code_maps

from . import filling, metadata, observations, recognising, resolving, staging
from .confidentiality import stage_tombstones
from .erasing import QUOTING
from .samples import sample_of_changes
from .space import require_room_to_import

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


@dataclass(slots=True)
class _Outcome:
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


class _DryRun(Exception):  # noqa: N818 - no error: the way out of a transaction that is only tried
    """Leave the transaction without writing."""


def import_file(path: Path, *, dataset: Dataset, by: Any, options: Options | None = None) -> Import:
    """Import one file (plain or gzip) or one folder of files into a dataset; returns the record.

    ``by`` is the user who imports, ``None`` for the system itself. Errors: ``PermissionDenied``; a file that cannot be
    read at all is recorded as refused, with why. Rows that break a rule are refused one by one, with their place.
    """
    require(by, Permission.IMPORT_DATA)
    chosen = options or Options()
    started = timezone.now()
    outcome = _Outcome()
    try:
        require_room_to_import(path)
        with transaction.atomic():
            record = _recognised(path, dataset, by, chosen, started) or _take(
                path, dataset, by, chosen, started, outcome
            )
            if chosen.dry_run:
                raise _DryRun
            return record
    except _DryRun:
        return _record(path, dataset, by, chosen, started, outcome, state=ImportState.TRIED)
    except FileProblem as problem:
        outcome = _Outcome(format=outcome.format, provider=outcome.provider, vintage=outcome.vintage)
        return _record(path, dataset, by, chosen, started, outcome, state=ImportState.REFUSED, problem=str(problem))


def _recognised(path: Path, dataset: Dataset, by: Any, options: Options, started: datetime) -> Import | None:
    """The record of a file that is known to change nothing, made from that of the time before; else ``None``."""
    if options.dry_run or is_folder(path):
        return None
    before = recognising.same_as_before(dataset, fingerprint(path).sha256, *options.asked)
    if before is None:
        return None
    stands = before.new + before.revised + before.unchanged
    outcome = _Outcome(
        format=before.format,
        provider=before.provider,
        vintage=before.vintage,
        series=before.series_codes,
        read=before.read,
        repeated=before.repeated,
        refused=list(before.refusals.all()),
        refused_rows=before.refused,
        written=observations.Written(0, 0, stands, 0),
    )
    options.on_rows(before.read)
    return _record(path, dataset, by, options, started, outcome, state=ImportState.UNCHANGED)


def _take(path: Path, dataset: Dataset, by: Any, options: Options, started: datetime, outcome: _Outcome) -> Import:
    """The import itself, inside its transaction."""
    staging.create_tables()
    _fill(path, dataset, options, outcome)
    observations.lock_writing()
    if stage_tombstones(dataset):
        _tell_nothing_unreadable(outcome)
    _refuse_impossible(options, outcome)
    _refuse_older_vintage(dataset, options, outcome)
    staging.resolve()
    broken = resolving.refuse_broken_rows(today=timezone.localdate(), filled=outcome.columns)
    outcome.refused_rows += len({row.number for row in broken})
    outcome.refused += [
        Refusal(place=r.place, column=r.column, rule=r.rule, found=r.found, expected=r.expected) for r in broken
    ]
    taken = resolving.count_taken()
    outcome.repeated = taken.repeated
    outcome.series = list(taken.series.values())  # those of which something was taken
    outcome.written = observations.compare_staged(
        taken, dataset=dataset, carries=outcome.carries, complete=options.complete, backfill=options.backfill
    )
    if options.dry_run:
        outcome.sample = sample_of_changes(complete=options.complete)
    _compare_texts(dataset, outcome)
    if not outcome.written.changed and not outcome.taken.written:
        return _record(path, dataset, by, options, started, outcome, state=ImportState.UNCHANGED)
    revision = Revision.objects.take(
        by=by,
        reason=options.reason,
        note=options.note or f"{dataset.code} {outcome.vintage}".strip(),
        is_break=options.is_break,
    )
    record = _record(path, dataset, by, options, started, outcome, state=ImportState.APPLIED, revision=revision)
    observations.write_compared(dataset=dataset, revision=revision, import_id=record.pk, complete=options.complete)
    if outcome.taken.written:
        metadata.take_metadata(outcome.texts, dataset=dataset, by=by, import_id=record.pk)
    return record


def _compare_texts(dataset: Dataset, outcome: _Outcome) -> None:
    """What becomes of the texts beside the figures; one that cannot be taken is a refusal that stands for no row."""
    if not outcome.texts:
        return
    outcome.taken = metadata.compare_metadata(outcome.texts, dataset=dataset).counts
    outcome.refused += [
        Refusal(place=text.place, column=text.field, rule="M01", found=f"{text.indicator} ({text.language})", rows=0)
        for text in outcome.taken.refused
    ]


def _fill(path: Path, dataset: Dataset, options: Options, outcome: _Outcome) -> None:
    """Put what was given into staging, read by the reader that knows it."""
    codes_of = partial(code_maps, dataset=dataset)
    if is_folder(path):
        with folder_of(path) as folder:
            _fill_with_reading(reading_of_folder(folder, codes_of), dataset, options, outcome)
        return
    with opened(path) as stream:
        own = plain_csv.looks_like(stream.read(HEAD))
        stream.seek(0)
        if own:
            _fill_with_own_csv(stream, dataset, options, outcome)
        else:
            _fill_with_reading(reading_of(stream, codes_of), dataset, options, outcome)


def _fill_with_own_csv(stream: IO[bytes], dataset: Dataset, options: Options, outcome: _Outcome) -> None:
    """The bulk path: no row of it becomes a Python object."""
    outcome.format = plain_csv.FORMAT
    line = stream.readline()
    names, separator = plain_csv.heading(line), plain_csv.separator_of(line)
    outcome.read = filling.fill_with_csv(stream, names, separator=separator, on_rows=options.on_rows)
    outcome.carries, outcome.columns = frozenset(names) & frozenset(OPTIONAL), names
    outcome.vintage = options.vintage or _one_provenance("vintage")
    _refuse_other_dataset(_one_provenance("dataset"), dataset)
    outcome.series = staging.texts("series")


def _fill_with_reading(reading: Reading, dataset: Dataset, options: Options, outcome: _Outcome) -> None:
    outcome.format, outcome.provider = reading.format, reading.provider
    outcome.carries = reading.carries
    _refuse_other_dataset(reading.dataset, dataset)
    outcome.texts = reading.metadata
    outcome.vintage = options.vintage or reading.vintage
    outcome.gathered = reading.gathered
    problems = filling.fill_with_rows(_counted(reading.items, options.on_rows))
    outcome.series = staging.texts("series")
    outcome.refused_rows = sum(problem.rows for problem in problems)
    outcome.read = staging.count_rows() + outcome.gathered + outcome.refused_rows
    outcome.refused = [
        Refusal(place=p.place, column=p.column, rule=p.rule, found=p.found, expected=p.expected, rows=p.rows)
        for p in problems
    ]


def _refuse_other_dataset(said: str, dataset: Dataset) -> None:
    if said and said != dataset.code:
        raise FileProblem(f"The rows are of the dataset {said}, not of {dataset.code}.")


def _tell_nothing_unreadable(outcome: _Outcome) -> None:
    """Where a value was withdrawn for confidentiality, a number that cannot be read may be that value: it is not kept."""
    for refusal in outcome.refused:
        if refusal.rule in QUOTING:
            refusal.found = refusal.expected = ""


def _one_provenance(column: str) -> str:
    """The one vintage or dataset of the rows. Errors: ``FileProblem`` where there are several."""
    texts = staging.texts(column)
    if len(texts) > 1:
        raise FileProblem(f"One file is of one {column}; this one has {len(texts)}: {', '.join(texts[:5])}.")
    return texts[0] if texts else ""


def _counted(
    items: Iterable[ObservationRow | Problem], on_rows: Callable[[int], None]
) -> Iterator[ObservationRow | Problem]:
    for item in items:
        on_rows(1)
        yield item


def _refuse_impossible(options: Options, outcome: _Outcome) -> None:
    """What is asked for, or said of the file, must be possible. Errors: ``FileProblem``."""
    if options.backfill and options.complete:
        raise FileProblem("A backfill withdraws nothing: import it without --complete.")
    if options.reason not in RevisionReason.values:
        raise FileProblem(f"A reason is one of {', '.join(RevisionReason.values)}, not {options.reason[:20]}.")
    if len(outcome.vintage) > LONGEST_VINTAGE:
        raise FileProblem(f"A vintage has at most {LONGEST_VINTAGE} signs; this one begins {outcome.vintage[:20]}.")


def _refuse_older_vintage(dataset: Dataset, options: Options, outcome: _Outcome) -> None:
    """An older publication than the one loaded would undo what is newer, unless that is what is asked for.

    An import that was undone is no longer loaded, nor is what a reading of the same file had found unchanged.
    """
    if options.backfill or not outcome.vintage:
        return
    undone = Import.objects.filter(dataset=dataset, undone_in__isnull=False)
    loaded = Import.objects.filter(
        dataset=dataset, state__in=[ImportState.APPLIED, ImportState.UNCHANGED], backfill=False, undone_in=None
    ).exclude(Q(vintage="") | Q(state=ImportState.UNCHANGED, sha256__in=undone.values("sha256")))
    for vintage, codes in loaded.values_list("vintage", "series_codes"):
        both = sorted(set(codes) & set(outcome.series))
        if both and is_older(outcome.vintage, than=vintage):
            raise FileProblem(
                f"This file is of {outcome.vintage}; {', '.join(both[:5])} is already loaded from {vintage}, which is"
                " newer. To put the older publication into the past on purpose, import it with --backfill."
            )


def _record(
    path: Path,
    dataset: Dataset,
    by: Any,
    options: Options,
    started: datetime,
    outcome: _Outcome,
    *,
    state: str,
    revision: Revision | None = None,
    problem: str = "",
) -> Import:
    """Write the record of an import, with its refusals."""
    written, given = outcome.written, fingerprint(path)
    stands = state in (ImportState.APPLIED, ImportState.UNCHANGED)
    record = Import.objects.create(
        dataset=dataset,
        revision=revision,
        state=state,
        file_name=options.file_name or path.name,
        file_size=given.size,
        sha256=given.sha256,
        held_against=recognising.held_against(*options.asked) if stands else "",
        origin=options.origin[:400],
        format=outcome.format,
        provider=outcome.provider,
        vintage=_storable(outcome.vintage, LONGEST_VINTAGE),
        series_codes=outcome.series,
        complete=options.complete,
        backfill=options.backfill,
        by=by,
        started_at=started,
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
