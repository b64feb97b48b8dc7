"""Imports: a file becomes observations, whole or not at all, with a record of every row.

Reader -> staging by COPY -> rules -> comparison -> one atomic write -> ``Import``. The deed is the same for the
command, the admin and the shipped figures.
"""

import gzip
import hashlib
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from django.db import transaction
from django.utils import timezone

from sdg_targets.domain.roles import Permission
from sdg_targets.domain.rows import OPTIONAL, FileProblem, ObservationRow, Problem
from sdg_targets.domain.vintages import is_older
from sdg_targets.formats import plain_csv, reader_for
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

from . import filling, observations, staging

#: An unpacked file may have this many bytes, declared and counted, before it is refused unread.
MAX_UNPACKED: Final = 2 * 1024**3
#: The longest label of a publication.
LONGEST_VINTAGE: Final = 40
_HEAD: Final = 64 * 1024


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


class _DryRun(Exception):  # noqa: N818 - no error: the way out of a transaction that is only tried
    """Leave the transaction without writing."""


def import_file(path: Path, *, dataset: Dataset, by: Any, options: Options | None = None) -> Import:
    """Import one file (plain or gzip) into a dataset; returns the record.

    ``by`` is the user who imports, ``None`` for the system itself. Errors: ``PermissionDenied``; a file that cannot be
    read at all is recorded as refused, with why. Rows that break a rule are refused one by one, with their place.
    """
    require(by, Permission.IMPORT_DATA)
    chosen = options or Options()
    started = timezone.now()
    outcome = _Outcome()
    try:
        with opened(path) as stream, transaction.atomic():
            record = _take(stream, path, dataset, by, chosen, started, outcome)
            if chosen.dry_run:
                raise _DryRun
            return record
    except _DryRun:
        return _record(path, dataset, by, chosen, started, outcome, state=ImportState.TRIED)
    except FileProblem as problem:
        outcome = _Outcome(format=outcome.format, vintage=outcome.vintage)
        return _record(path, dataset, by, chosen, started, outcome, state=ImportState.REFUSED, problem=str(problem))


def _take(
    stream: IO[bytes], path: Path, dataset: Dataset, by: Any, options: Options, started: datetime, outcome: _Outcome
) -> Import:
    """The import itself, inside its transaction."""
    staging.create_tables()
    _fill(stream, dataset, options, outcome)
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
    if not outcome.written.changed:
        return _record(path, dataset, by, options, started, outcome, state=ImportState.UNCHANGED)
    revision = Revision.objects.take(by=by, note=options.note or f"{dataset.code} {outcome.vintage}".strip())
    record = _record(path, dataset, by, options, started, outcome, state=ImportState.APPLIED, revision=revision)
    observations.write_compared(dataset=dataset, revision=revision, import_id=record.pk, complete=options.complete)
    return record


def _fill(stream: IO[bytes], dataset: Dataset, options: Options, outcome: _Outcome) -> None:
    head = stream.read(_HEAD)
    stream.seek(0)
    reader = reader_for(head)
    outcome.format = reader.format
    problems: list[Problem] = []
    if reader.format == plain_csv.FORMAT:
        names = plain_csv.heading(stream.readline())
        filling.fill_with_csv(stream, names, on_rows=options.on_rows)
        outcome.carries = frozenset(names) & frozenset(OPTIONAL)
        outcome.vintage = options.vintage or _one_provenance("vintage")
        if (said := _one_provenance("dataset")) and said != dataset.code:
            raise FileProblem(f"The rows are of the dataset {said}, not of {dataset.code}.")
    else:
        reading = reader.read(stream, code_maps(reader.provider))
        outcome.carries = reading.carries
        outcome.vintage = options.vintage or reading.vintage
        problems = filling.fill_with_rows(_counted(reading.items, options.on_rows))
    outcome.series = staging.staged_series()
    outcome.read = staging.count_rows() + len(problems)
    outcome.refused_rows = len(problems)
    outcome.refused = [
        Refusal(place=p.place, column=p.column, rule=p.rule, found=p.found, expected=p.expected) for p in problems
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
    written = outcome.written
    record = Import.objects.create(
        dataset=dataset,
        revision=revision,
        state=state,
        file_name=path.name,
        file_size=path.stat().st_size,
        sha256=sha256_of(path),
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
            )
            for r in outcome.refused
        ],
        batch_size=5000,
    )
    return record


def code_maps(provider: str) -> CodeMaps:
    """The mappings of a provider and the codes of our own, as plain data for a reader."""
    maps: dict[str, dict[str, str]] = {}
    for concept, given, code in CodeMapping.objects.filter(provider=provider).values_list("concept", "given", "code"):
        maps.setdefault(concept, {})[given] = code
    areas = {m49: code for m49, code in Area.objects.values_list("m49", "code") if m49}
    maps["area"] = {**areas, **maps.get("area", {})}
    own: dict[str, set[str]] = {"iso3": {iso3 for iso3 in Area.objects.values_list("iso3", flat=True) if iso3}}
    for dimension, code in Category.objects.values_list("dimension__code", "code"):
        own.setdefault(dimension, set()).add(code)
    own["unit"] = set(Unit.objects.values_list("code", flat=True))
    own["nature"] = set(Nature.values)
    return CodeMaps(maps, {concept: frozenset(codes) for concept, codes in own.items()})


def sha256_of(path: Path) -> str:
    """The checksum of a file as it was given, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def opened(path: Path) -> IO[bytes]:
    """The bytes of a file, unpacked where it is gzip. Errors: ``FileProblem``."""
    with path.open("rb") as stream:
        packed = stream.read(2) == b"\x1f\x8b"
    if not packed:
        if path.stat().st_size > MAX_UNPACKED:
            raise FileProblem(f"The file has more than {MAX_UNPACKED // 1024**2} MiB.")
        return path.open("rb")
    whole = tempfile.SpooledTemporaryFile(max_size=64 * 1024**2)  # noqa: SIM115 - the caller closes it
    try:
        _unpack(path, whole)
    except BaseException:
        whole.close()
        raise
    whole.seek(0)
    return whole


def _unpack(path: Path, into: IO[bytes]) -> None:
    """Unpack gzip, counting what comes out: declared sizes can lie. Errors: ``FileProblem``."""
    try:
        with gzip.open(path, "rb") as unpacked:
            for block in iter(lambda: unpacked.read(1 << 20), b""):
                into.write(block)
                if into.tell() > MAX_UNPACKED:
                    raise FileProblem(f"The file unpacks to more than {MAX_UNPACKED // 1024**2} MiB.")
    except (OSError, EOFError, zlib.error) as error:
        raise FileProblem(f"The file is not whole gzip: {error}.") from error
