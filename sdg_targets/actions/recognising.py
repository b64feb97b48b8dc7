"""A file that was read before, since which nothing was written, is recognised: what became of its rows is known.

Its bytes alone do not decide that. ``held_against`` is a digest of everything else that does: the newest revision, the
catalogue, the rules, and how the file is to be taken. Where both are the same, reading again could find nothing else.
"""

import hashlib
from typing import Final

from django.db import connection

from sdg_targets.domain.validation import RULES
from sdg_targets.formats import plain_csv
from sdg_targets.models import Dataset, Import, ImportState

from .resolving import BODY

#: The tables that decide whether a row is taken, and as what.
_DECIDING: Final = (
    "area",
    "dataset",
    "series",
    "series_dimensions",
    "dimension",
    "category",
    "unit",
    "tombstone",
)
#: Rules that hang on the day: a period that had not begun may have begun since.
_BY_DAY: Final = ("V04",)


def held_against(*asked: object) -> str:
    """The digest of what an own CSV file is held against now; ``asked`` is how it is to be taken."""
    rows = " union all ".join(
        f"select '{table}' as t, xmin::text || ctid::text as v from sdg_targets_{table}" for table in _DECIDING
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""select coalesce(max(number), 0)::text || '/' ||
                  (select coalesce(sum(hashtextextended(t || v, 0)), 0) from ({rows}) versions)::text
                from sdg_targets_revision"""
        )
        (state,) = cursor.fetchone()
    rules = [(number, rule.broken_sql) for number, rule in sorted(RULES.items())]
    return hashlib.sha256(repr((state, rules, BODY, asked)).encode()).hexdigest()


def same_as_before(dataset: Dataset, sha256: str, *asked: object) -> Import | None:
    """The last import of these bytes into this dataset, if nothing was written and nothing has changed since.

    Own CSV alone is recognised: what a reader makes of a publisher's file may change with the reader.
    """
    before = (
        Import.objects.filter(
            dataset=dataset,
            sha256=sha256,
            format=plain_csv.FORMAT,
            state__in=[ImportState.APPLIED, ImportState.UNCHANGED],
        )
        .order_by("-pk")
        .first()
    )
    if before is None or before.held_against != held_against(*asked):
        return None
    return None if before.refusals.filter(rule__in=_BY_DAY).exists() else before
