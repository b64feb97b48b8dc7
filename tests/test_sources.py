"""Every publisher's file at hand is imported whole, and every row of it is accounted for."""

from pathlib import Path

import pytest

from sdg_targets.actions.imports import Options, import_file
from sdg_targets.models import Dataset, ImportState
from tests.sources import Source, line, refused_by_rule
from tests.sources.all import SOURCES

DOCUMENT = Path(__file__).parents[1] / "docs" / "sources.md"
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


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
    assert line(source, rows, record) in DOCUMENT.read_text(encoding="utf-8").splitlines()
