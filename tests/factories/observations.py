"""Observations through the product's own write path: tests see what users would."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from sdg_targets.actions import filling, observations, resolving, staging
from sdg_targets.domain.rows import OPTIONAL, ObservationRow
from sdg_targets.models import Dataset, Revision

from .catalogue import make_dataset


def row(
    area: str = "KEN",
    period: str = "2015",
    value: str | None = "1",
    *,
    series: str = "SI_RMT_COST",
    breakdown: str = "_T",
    **given: Any,
) -> ObservationRow:
    """One row, with defaults."""
    return ObservationRow(
        place="test", series=series, area=area, period=period, breakdown=breakdown, value=value, **given
    )


@transaction.atomic
def write_rows(
    rows: Iterable[ObservationRow],
    *,
    dataset: Dataset | None = None,
    complete: bool = False,
    carries: frozenset[str] = frozenset(OPTIONAL),
) -> observations.Written:
    """Write rows as one revision; a row that breaks a rule is an error of the test."""
    into = dataset or make_dataset()
    staging.create_tables()
    filling.fill_with_rows(rows)
    observations.lock_writing()
    staging.resolve()
    refused = resolving.refuse_broken_rows(today=timezone.localdate())
    assert not refused, refused
    written = observations.compare_staged(resolving.count_taken(), dataset=into, carries=carries, complete=complete)
    if written.changed:
        revision = Revision.objects.take(note="test")
        observations.write_compared(dataset=into, revision=revision, import_id=None, complete=complete)
    return written


def observe(area: str = "KEN", period: str = "2015", value: str | None = "1", **given: Any) -> observations.Written:
    """Write one observation as one revision; ``series`` and ``breakdown`` may be given."""
    return write_rows([row(area, period, value, **given)])
