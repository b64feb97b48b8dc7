"""Every publisher's file at hand is imported whole, and every row of it is accounted for."""

from collections import Counter
from pathlib import Path

import pytest

from sdg_targets.actions.imports import Options, import_file
from sdg_targets.models import Dataset, Import, ImportState
from tests.sources import Source
from tests.sources.all import SOURCES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def refused_by_rule(record: Import) -> dict[str, int]:
    """Rows that an import refused, by rule. A row that breaks several counts under the first."""
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for place, rule, rows in record.refusals.order_by("rule", "id").values_list("place", "rule", "rows"):
        if place not in seen:
            counts[rule] += rows
            seen.add(place)
    return dict(counts)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.path)
def test_every_row_is_taken_or_refused_by_a_rule(source: Source, shipped_catalogue: None, shared: Path) -> None:
    path = shared / source.path
    rows = source.count(path)
    record = import_file(
        path, dataset=Dataset.objects.get(code=source.dataset), by=None, options=Options(vintage=source.vintage)
    )
    assert (record.state, record.problem) == (ImportState.APPLIED, "")
    assert (record.read, record.repeated, record.gathered) == (rows, source.repeated, source.gathered)
    assert refused_by_rule(record) == dict(source.refused)
    assert record.new == source.taken(rows)
