"""Whatever is given, an import ends with a clear word, in bounded time and memory, and stores nothing of a refused file."""

import gzip
import resource
import time
import zlib
from pathlib import Path

import pytest

from sdg_targets.actions.imports import import_file
from sdg_targets.models import Dataset, ImportState, Observation, Period
from tests.factories import hostile
from tests.sources import Source
from tests.sources.all import SOURCES

pytestmark = pytest.mark.django_db
#: Seconds and mebibytes that no file may cost more than.
SECONDS, MEBIBYTES = 60, 1024
#: Of a large file so many bytes are mutated: readers meet each of its rows the same way.
TAKEN = 200_000


@pytest.mark.slow
@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_file_is_refused_with_a_sentence(name: str, shipped_catalogue: None, tmp_path: Path) -> None:
    path = tmp_path / "given"
    path.write_bytes(hostile.FILES[name]())
    periods = Period.objects.count()
    peak, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    record = import_file(path, dataset=Dataset.objects.get(code="UNSD-SDG"), by=None)
    assert record.state == ImportState.REFUSED
    assert record.problem.endswith(".")
    assert 20 < len(record.problem) < 1000
    assert "Traceback" not in record.problem
    assert Observation.objects.count() == 0
    assert Period.objects.count() == periods
    assert time.monotonic() - start < SECONDS
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak) / 1024 < MEBIBYTES


@pytest.mark.slow
@pytest.mark.parametrize("source", [s for s in SOURCES if not s.path.endswith("/")], ids=lambda source: source.path)
def test_a_damaged_file_of_a_publisher_is_taken_or_refused_and_never_fails(
    source: Source, shipped_catalogue: None, shared: Path, tmp_path: Path
) -> None:
    """Each damage ends in a record that adds up: a constraint of the record sees to it."""
    given = shared / source.path
    if given.is_dir():
        pytest.skip("a folder: its files are of the formats beside")
    data = given.read_bytes()
    if data.startswith(b"\x1f\x8b"):
        data = zlib.decompressobj(wbits=31).decompress(data, TAKEN)
    dataset, path = Dataset.objects.get(code=source.dataset), tmp_path / "given"
    for damaged in hostile.mutations(
        data[:TAKEN] if not data.startswith(b"PK") else data, seed=zlib.crc32(given.name.encode()), count=4
    ):
        path.write_bytes(damaged)
        record = import_file(path, dataset=dataset, by=None)
        assert record.state != ImportState.REFUSED or record.problem


def test_a_damaged_own_file_is_refused_with_nothing_stored(shipped_catalogue: None, tmp_path: Path) -> None:
    """A quick look at the same, with a file of our own."""
    whole = hostile.HEADING + hostile.ROW
    dataset = Dataset.objects.get(code="UNSD-SDG")
    for name, data in {
        "cut": gzip.compress(whole)[:-3],
        "other": b"%PDF-1.7",
        "nul": whole.replace(b"KEN", b"K\0N"),
    }.items():
        path = tmp_path / name
        path.write_bytes(data)
        record = import_file(path, dataset=dataset, by=None)
        assert (record.state, Observation.objects.count()) == (ImportState.REFUSED, 0), name
        assert record.problem
