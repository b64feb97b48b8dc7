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
from django.utils import timezone

from sdg_targets.domain.metadata import MetadataText
from sdg_targets.domain.roles import Permission
from sdg_targets.domain.rows import OPTIONAL, FileProblem, ObservationRow, Problem, Reading
from sdg_targets.domain.vintages import is_older
from sdg_targets.formats import HEAD, plain_csv, reading_of, reading_of_folder
from sdg_targets.formats.given import fingerprint, folder_of, is_folder, opened
from sdg_targets.formats.mapping import CodeMaps
from sdg_targets.models import (
    Area,
    Category,
    CodeMapping,
    Dataset,
    Import,
    ImportState,
    Nature,
    Refusal,
    Revision,
    Unit,
)
from sdg_targets.permissions import require

from . import filling, metadata, observations, staging

#: The longest label of a publication.
LONGEST_VINTAGE: Final = 40


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be taken."""

    dry_run: bool = False
    backfill: bool = False
    complete: bool = False
    vintage: str = ""
    origin: str = ""
    note: str = ""
    on_rows: Callable[[int], None] = field(default=lambda count: None)


@dataclass(slots=True)
class _Outcome:
    """What is known of an import while it runs."""

    format: str = ""
    vintage: str = ""
    series: list[str] = field(default_factory=list)
    carries: frozenset[str] = frozenset()
    read: int = 0
    repeated: int = 0
    refused: list[Refusal] = field(default_factory=list)
    refused_rows: int = 0
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
        with transaction.atomic():
            record = _take(path, dataset, by, chosen, started, outcome)
            if chosen.dry_run:
                raise _DryRun
            return record
    except _DryRun:
        return _record(path, dataset, by, chosen, started, outcome, state=ImportState.TRIED)
    except FileProblem as problem:
        outcome = _Outcome(format=outcome.format, vintage=outcome.vintage)
        return _record(path, dataset, by, chosen, started, outcome, state=ImportState.REFUSED, problem=str(problem))


def _take(path: Path, dataset: Dataset, by: Any, options: Options, started: datetime, outcome: _Outcome) -> Import:
    """The import itself, inside its transaction."""
    staging.create_tables()
    _fill(path, dataset, options, outcome)
    observations.lock_writing()
    _refuse_impossible(options, outcome)
    _refuse_older_vintage(dataset, options, outcome)
    staging.resolve()
    observations.spare_refused_keys()
    broken = staging.refuse_broken_rows(today=timezone.localdate())
    outcome.refused_rows += len({row.number for row in broken})
    outcome.refused += [
        Refusal(place=r.place, column=r.column, rule=r.rule, found=r.found, expected=r.expected) for r in broken
    ]
    outcome.repeated = staging.drop_repeats()
    outcome.series = staging.staged_series()  # those of which something was taken
    outcome.written = observations.compare_staged(
        dataset=dataset, carries=outcome.carries, complete=options.complete, backfill=options.backfill
    )
    _compare_texts(dataset, outcome)
    if not outcome.written.changed and not outcome.taken.written:
        return _record(path, dataset, by, options, started, outcome, state=ImportState.UNCHANGED)
    revision = Revision.objects.take(by=by, note=options.note or f"{dataset.code} {outcome.vintage}".strip())
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
            _fill_with_reading(reading_of_folder(folder, codes_of), options, outcome)
        return
    with opened(path) as stream:
        own = plain_csv.looks_like(stream.read(HEAD))
        stream.seek(0)
        if own:
            _fill_with_own_csv(stream, dataset, options, outcome)
        else:
            _fill_with_reading(reading_of(stream, codes_of), options, outcome)


def _fill_with_own_csv(stream: IO[bytes], dataset: Dataset, options: Options, outcome: _Outcome) -> None:
    """The bulk path: no row of it becomes a Python object."""
    outcome.format = plain_csv.FORMAT
    names = plain_csv.heading(stream.readline())
    filling.fill_with_csv(stream, names, on_rows=options.on_rows)
    outcome.carries = frozenset(names) & frozenset(OPTIONAL)
    outcome.vintage = options.vintage or _one_provenance("vintage")
    if (said := _one_provenance("dataset")) and said != dataset.code:
        raise FileProblem(f"The rows are of the dataset {said}, not of {dataset.code}.")
    _count_filled([], outcome)


def _fill_with_reading(reading: Reading, options: Options, outcome: _Outcome) -> None:
    outcome.format = reading.format
    outcome.carries = reading.carries
    outcome.texts = reading.metadata
    outcome.vintage = options.vintage or reading.vintage
    _count_filled(filling.fill_with_rows(_counted(reading.items, options.on_rows)), outcome)


def _count_filled(problems: list[Problem], outcome: _Outcome) -> None:
    outcome.series = staging.staged_series()
    outcome.refused_rows = sum(problem.rows for problem in problems)
    outcome.read = staging.count_rows() + outcome.refused_rows
    outcome.refused = [
        Refusal(place=p.place, column=p.column, rule=p.rule, found=p.found, expected=p.expected, rows=p.rows)
        for p in problems
    ]


def _one_provenance(column: str) -> str:
    """The one vintage or dataset of the rows. Errors: ``FileProblem`` where there are several."""
    texts = staging.staged_provenance(column)
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
    if len(outcome.vintage) > LONGEST_VINTAGE:
        raise FileProblem(f"A vintage has at most {LONGEST_VINTAGE} signs; this one begins {outcome.vintage[:20]}.")


def _refuse_older_vintage(dataset: Dataset, options: Options, outcome: _Outcome) -> None:
    """An older publication than the one loaded would undo what is newer, unless that is what is asked for."""
    if options.backfill or not outcome.vintage:
        return
    loaded = Import.objects.filter(
        dataset=dataset, state__in=[ImportState.APPLIED, ImportState.UNCHANGED], backfill=False
    ).exclude(vintage="")
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
    record = Import.objects.create(
        dataset=dataset,
        revision=revision,
        state=state,
        file_name=path.name,
        file_size=given.size,
        sha256=given.sha256,
        origin=options.origin[:400],
        format=outcome.format,
        vintage=outcome.vintage[:LONGEST_VINTAGE],
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
        withdrawn=written.withdrawn,
        refused=outcome.refused_rows,
        texts_new=outcome.taken.new,
        texts_changed=outcome.taken.changed,
        texts_unchanged=outcome.taken.unchanged,
        texts_refused=len(outcome.taken.refused),
        problem=problem,
    )
    Refusal.objects.bulk_create(
        [
            Refusal(
                of_import=record,
                place=r.place[:200],
                column=r.column[:60],
                rule=r.rule,
                found=r.found[:2000],
                expected=r.expected[:2000],
                rows=r.rows,
            )
            for r in outcome.refused
        ],
        batch_size=5000,
    )
    return record


def code_maps(provider: str, *, dataset: Dataset | None = None) -> CodeMaps:
    """The mappings of a provider and the codes of our own, as plain data for a reader.

    What is mapped for the dataset itself (its code as the provider) comes before what is mapped for the provider.
    """
    maps: dict[str, dict[str, str]] = {}
    for owner in (provider, dataset.code if dataset else ""):
        mapped = CodeMapping.objects.filter(provider=owner).values_list("concept", "given", "code")
        for concept, given, code in mapped:
            maps.setdefault(concept, {})[given] = code
    areas = {m49: code for m49, code in Area.objects.values_list("m49", "code") if m49}
    maps["area"] = {**areas, **maps.get("area", {})}
    own: dict[str, set[str]] = {"iso3": {iso3 for iso3 in Area.objects.values_list("iso3", flat=True) if iso3}}
    for dimension, code in Category.objects.values_list("dimension__code", "code"):
        own.setdefault(dimension, set()).add(code)
    own["unit"] = set(Unit.objects.values_list("code", flat=True))
    own["nature"] = set(Nature.values)
    return CodeMaps(maps, {concept: frozenset(codes) for concept, codes in own.items()})
