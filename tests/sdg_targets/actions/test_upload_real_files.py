"""Publishers' own files through an upload, beside a count that owes nothing to the reader."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from sdg_targets.models import Dataset, Observation, UploadState
from tests.factories.uploads import applied, checked

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("release", ["2019.Q2.G.01", "2019.Q3.G.01"])
@pytest.mark.usefixtures("shipped_catalogue")
def test_a_real_file_is_checked_to_the_row_applied_and_unchanged_the_second_time(
    shared: Path, tmp_path: Path, settings: Any, release: str
) -> None:
    """Counted apart from the reader: the cells of the file that hold a value."""
    settings.UPLOADS = tmp_path / "uploads"
    path = shared / f"data/un-sdg-2019/{release}/long-json/Indicator_10.c.1_Series_SI_RMT_COST.json.gz"
    content = path.read_bytes()
    areas = json.loads(gzip.decompress(content))["refAreas"]
    count = sum(len(area["data"]) for area in areas)
    dataset = Dataset.objects.get(code="UNSD-SDG")
    upload = checked(content, name=path.name, dataset=dataset)
    assert (upload.tried.read, upload.tried.new, upload.tried.refused) == (count, count, 0)
    assert upload.tried.vintage == release and count > 300
    assert applied(upload).applied.new == Observation.objects.current().count() == count
    again = checked(content, name=path.name, dataset=dataset)
    assert (again.tried.unchanged, applied(again).state) == (count, UploadState.UNCHANGED)
