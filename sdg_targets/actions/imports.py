"""Imports: a file becomes observations, whole or not at all, with a record of every row.

Reader -> staging by COPY -> rules -> comparison -> one atomic write -> ``Import``. The deed is the same for the
command, the admin and the shipped figures.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sdg_targets.domain.roles import Permission
from sdg_targets.domain.rows import OPTIONAL, FileProblem, ObservationRow, Problem, Reading
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
from .import_records import LONGEST_VINTAGE, Options, Outcome, Task, write_record
from .samples import sample_of_changes
from .space import require_room_to_import


class _DryRun(Exception):  # noqa: N818 - no error: the way out of a transaction that is only tried
    """Leave the transaction without writing."""


def import_file(path: Path, *, dataset: Dataset, by: Any, options: Options | None = None) -> Import:
    """Import one file (plain or gzip) or one folder of files into a dataset; returns the record.

    ``by`` is the user who imports, ``None`` for the system itself. Errors: ``PermissionDenied``; a file that cannot be
    read at all is recorded as refused, with why. Rows that break a rule are refused one by one, with their place.
    """
    require(by, Permission.IMPORT_DATA)
    task = Task(path, dataset, by, options or Options(), timezone.now())
    outcome = Outcome()
    try:
        require_room_to_import(path)
        with transaction.atomic():
            record = _recognised(task) or _take(task, outcome)
            if task.options.dry_run:
                raise _DryRun
            return record
    except _DryRun:
        return write_record(task, outcome, state=ImportState.TRIED)
    except FileProblem as problem:
        outcome = Outcome(format=outcome.format, provider=outcome.provider, vintage=outcome.vintage)
        return write_record(task, outcome, state=ImportState.REFUSED, problem=str(problem))


def _recognised(task: Task) -> Import | None:
    """The record of a file that is known to change nothing, made from that of the time before; else ``None``."""
    if task.options.dry_run or is_folder(task.path):
        return None
    before = recognising.same_as_before(task.dataset, fingerprint(task.path).sha256, *task.options.asked)
    if before is None:
        return None
    stands = before.new + before.revised + before.unchanged
    outcome = Outcome(
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
    task.options.on_rows(before.read)
    return write_record(task, outcome, state=ImportState.UNCHANGED)


def _take(task: Task, outcome: Outcome) -> Import:
    """The import itself, inside its transaction."""
    dataset, options = task.dataset, task.options
    staging.create_tables()
    _fill(task.path, dataset, options, outcome)
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
        return write_record(task, outcome, state=ImportState.UNCHANGED)
    revision = Revision.objects.take(
        by=task.by,
        reason=options.reason,
        note=options.note or f"{dataset.code} {outcome.vintage}".strip(),
        is_break=options.is_break,
    )
    record = write_record(task, outcome, state=ImportState.APPLIED, revision=revision)
    observations.write_compared(dataset=dataset, revision=revision, import_id=record.pk, complete=options.complete)
    if outcome.taken.written:
        metadata.take_metadata(outcome.texts, dataset=dataset, by=task.by, import_id=record.pk)
    return record


def _compare_texts(dataset: Dataset, outcome: Outcome) -> None:
    """What becomes of the texts beside the figures; one that cannot be taken is a refusal that stands for no row."""
    if not outcome.texts:
        return
    outcome.taken = metadata.compare_metadata(outcome.texts, dataset=dataset).counts
    outcome.refused += [
        Refusal(place=text.place, column=text.field, rule="M01", found=f"{text.indicator} ({text.language})", rows=0)
        for text in outcome.taken.refused
    ]


def _fill(path: Path, dataset: Dataset, options: Options, outcome: Outcome) -> None:
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


def _fill_with_own_csv(stream: IO[bytes], dataset: Dataset, options: Options, outcome: Outcome) -> None:
    """The bulk path: no row of it becomes a Python object."""
    outcome.format = plain_csv.FORMAT
    line = stream.readline()
    names, separator = plain_csv.heading(line), plain_csv.separator_of(line)
    outcome.read = filling.fill_with_csv(stream, names, separator=separator, on_rows=options.on_rows)
    outcome.carries, outcome.columns = frozenset(names) & frozenset(OPTIONAL), names
    outcome.vintage = options.vintage or _one_provenance("vintage")
    _refuse_other_dataset(_one_provenance("dataset"), dataset)
    outcome.series = staging.texts("series")


def _fill_with_reading(reading: Reading, dataset: Dataset, options: Options, outcome: Outcome) -> None:
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


def _tell_nothing_unreadable(outcome: Outcome) -> None:
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


def _refuse_impossible(options: Options, outcome: Outcome) -> None:
    """What is asked for, or said of the file, must be possible. Errors: ``FileProblem``."""
    if options.backfill and options.complete:
        raise FileProblem("A backfill withdraws nothing: import it without --complete.")
    if options.reason not in RevisionReason.values:
        raise FileProblem(f"A reason is one of {', '.join(RevisionReason.values)}, not {options.reason[:20]}.")
    if len(outcome.vintage) > LONGEST_VINTAGE:
        raise FileProblem(f"A vintage has at most {LONGEST_VINTAGE} signs; this one begins {outcome.vintage[:20]}.")


def _refuse_older_vintage(dataset: Dataset, options: Options, outcome: Outcome) -> None:
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


__all__ = ["Options", "import_file"]
