"""Erasing: every trace of one observation's value goes out of the tables, the caches and the space of deleted rows.

The deed that needs it is ``confidentiality``; this is how it is done.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from sdg_targets.models import OPEN, Dataset, EvidenceItem, Import, Observation, Revision, Upload, UploadState
from sdg_targets.models.uploads import AT_REST

from .observations import begin_touching, renew_touched

_DIGIT: Final = re.compile(r"[0-9]")
_KEY: Final = ("dataset_id", "series_id", "area_id", "period_id", "breakdown_id")
_NUMBERS: Final = ("value", "lower_bound", "upper_bound", "numerator", "denominator")
_TEXTS: Final = ("value_text", "base_period", "time_detail")
#: Columns of a file whose cells tell a value when they are refused.
_TELLING: Final = (*_NUMBERS, "value_text", "")
#: Rules of readers that quote what they met.
QUOTING: Final = ("R02", "R03")
#: Tables in which deleted rows may have held it.
_SWEPT: Final = (
    "sdg_targets_observation_current",
    "sdg_targets_observation_past",
    "sdg_targets_latest",
    "sdg_targets_note",
    "sdg_targets_refusal",
    "sdg_targets_import",
    "sdg_targets_cell",
    "sdg_targets_cellversion",
    "sdg_targets_comment",
    "sdg_targets_countrycomment",
)
#: What stands in the place of a problem of a file that held the value.
ERASED: Final = "This text was removed: it held a value that was withdrawn for confidentiality."


@dataclass(frozen=True, slots=True)
class Trace:
    """What is to be erased: the key, its versions, the notes they name, and every spelling of their numbers."""

    key: tuple[int, ...]
    versions: int
    first: int
    unit_id: int
    notes: tuple[int, ...]
    spellings: tuple[str, ...]

    @property
    def patterns(self) -> list[str]:
        """Regular expressions (of PostgreSQL) that find a spelling where it is no part of a longer number."""
        return [f"(^|[^0-9.]){re.escape(text)}([.]?0*)([^0-9.]|$)" for text in self.spellings]


def trace_of(observation: Observation) -> Trace:
    """Everything that is stored of an observation, over all its versions."""
    rows = list(Observation.objects.versions_of(observation))
    notes = {note for row in rows for note in (row.source_id, row.footnote_id) if note is not None}
    numbers = {getattr(row, name) for row in rows for name in _NUMBERS} - {None}
    texts = {getattr(row, name) for row in rows for name in _TEXTS} - {None, ""}
    return Trace(
        key=tuple(getattr(observation, name) for name in _KEY),
        versions=len(rows),
        first=min((row.known_from for row in rows), default=0),
        unit_id=observation.unit_id,
        notes=tuple(sorted(notes)),
        spellings=tuple(sorted({text for text in texts if _DIGIT.search(text)} | set(map(_plain, numbers)))),
    )


def _plain(number: Decimal) -> str:
    """A number without the zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def erase_versions(trace: Trace, *, dataset: Dataset, revision: Revision) -> None:
    """Every version goes; from the first on the observation is suppressed, and again from this revision on.

    Two rows without a value, so that a comparison with an earlier moment shows that something happened now.
    """
    places = ", ".join(["%s"] * len(_KEY))
    with connection.cursor() as cursor:
        begin_touching(cursor)
        cursor.execute(
            f"delete from sdg_targets_observation where ({', '.join(_KEY)}) = ({places})",
            trace.key,
        )
        cursor.execute(
            f"""insert into sdg_targets_observation ({", ".join(_KEY)}, unit_id, status, known_from, known_to)
                select {places}, %s, 'Q', first, last
                from (values (%s, %s), (%s, {OPEN})) as suppressed (first, last)""",
            [*trace.key, trace.unit_id, trace.first, revision.number, revision.number],
        )
        _dataset, series, area, _period, breakdown = trace.key
        cursor.execute("insert into touched values (%s, %s, %s)", [series, area, breakdown])
        renew_touched(cursor, dataset, revision)


def erase_notes(trace: Trace) -> int:
    """Sources and footnotes that no other observation names; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            """delete from sdg_targets_note n where n.id = any(%s) and not exists (
                 select from sdg_targets_observation o where o.source_id = n.id or o.footnote_id = n.id)""",
            [list(trace.notes)],
        )
        return int(cursor.rowcount)


def erase_refusals(trace: Trace, *, dataset: Dataset, series: str) -> int:
    """What was found in refused cells that may have told the value, and problems of files that did; returns how many.

    A refused row keeps its place and its rule but not its key. So every refused number of the imports of this dataset
    that read the series is emptied, and of its other imports every cell in which the value is found.
    """
    asked: dict[str, Any] = {
        "dataset": dataset.pk,
        "series": series,
        "columns": list(_TELLING),
        "rules": list(QUOTING),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            """update sdg_targets_refusal r
               set found = '', expected = case when r.rule = any(%(rules)s) then '' else r.expected end
               from sdg_targets_import i
               where i.id = r.of_import_id and i.dataset_id = %(dataset)s and r.found <> ''
                 and ((r."column" = any(%(columns)s) or r.rule = any(%(rules)s))
                      and (i.series_codes @> to_jsonb(%(series)s::text) or i.series_codes = '[]'::jsonb)
                      or r.found ~ any(%(told)s))""",
            asked | {"told": trace.patterns},
        )
        found = int(cursor.rowcount)
        cursor.execute(
            "update sdg_targets_import set problem = %s where dataset_id = %s and problem ~ any(%s)",
            [ERASED, dataset.pk, trace.patterns],
        )
        return found + int(cursor.rowcount)


def erase_cells(trace: Trace) -> int:
    """What submissions say of the key, in every version, and what was said of it; returns how many rows.

    Versions and comments are otherwise never changed: the trigger that sees to it lets this transaction pass.
    """
    nothing = """typed = '', value = null, lower_bound = null, upper_bound = null, numerator = null, denominator = null,
        base_period = '', time_detail = '', source = '', footnote = '', note = '', explanation = '',
        status = 'Q', is_empty = true"""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('sdg_targets.erasing', 'on', true)")
        cursor.execute(
            f"""with erased as (
                  update sdg_targets_cell c set {nothing} from sdg_targets_submission s
                  where s.id = c.submission_id
                    and (s.dataset_id, c.series_id, s.area_id, c.period_id, c.breakdown_id) = (%s, %s, %s, %s, %s)
                  returning c.id),
                versions as (
                  update sdg_targets_cellversion v set {nothing} from erased where v.cell_id = erased.id returning v.id),
                said as (
                  update sdg_targets_comment m set text = %s from erased where m.cell_id = erased.id returning m.id)
                select (select count(*) from versions) + (select count(*) from said)""",
            [*trace.key, ERASED],
        )
        (count,) = cursor.fetchone()
        # What the country said of a custodian's figure may tell the figure.
        cursor.execute(
            """update sdg_targets_countrycomment set text = %s
                where (dataset_id, series_id, area_id, period_id) = (%s, %s, %s, %s)""",
            [ERASED, *trace.key[:4]],
        )
        count += cursor.rowcount
        cursor.execute("select set_config('sdg_targets.erasing', 'off', true)")
    return int(count) + _erase_evidence(trace)


def _erase_evidence(trace: Trace) -> int:
    """What stands behind the value goes too, with its title and its name; returns how many pieces."""
    dataset, series, area, period, breakdown = trace.key
    items = EvidenceItem.objects.filter(
        submission__dataset=dataset, submission__area=area, cell__series=series, cell__period=period,
        cell__breakdown=breakdown,
    )  # fmt: skip
    for item in items:
        if item.is_file:
            transaction.on_commit(partial(item.path.unlink, missing_ok=True))
    items.filter(removed_at=None).update(removed_at=timezone.now())
    items.filter(url="").update(file_name="-", title=ERASED)
    items.exclude(url="").update(url="https://removed.invalid/", title=ERASED)
    return items.count()


def erase_trials(dataset: Dataset) -> int:
    """What trials of this dataset's files showed of the changes to come, and its files that wait to be applied.

    Returns how many. Such a file holds what a publisher or an office gave, the value perhaps too: it is given again.
    """
    shown = Import.objects.filter(dataset=dataset).exclude(sample=[]).update(sample=[])
    waiting = Upload.objects.filter(dataset=dataset, state__in=AT_REST)
    for upload in waiting:
        transaction.on_commit(partial(upload.path.unlink, missing_ok=True))
    return shown + waiting.update(state=UploadState.DISCARDED, changed_at=timezone.now())


def forget_images() -> None:
    """Delete every kept image of a chart: each is drawn again from the figures when it is asked for."""
    folder = Path(settings.CHART_CACHE)
    for image in folder.iterdir() if folder.is_dir() else ():
        image.unlink(missing_ok=True)


def sweep() -> None:
    """Free the space of deleted rows, and take new samples for the planner: old ones hold values.

    Not inside a transaction. What it frees is written over in time; ``docs/operations.md`` says what remains where.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"vacuum (analyze) {', '.join(_SWEPT)}")
