"""A template goes down, is filled in, comes up, is looked at, and is saved: nothing before somebody says so."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sdg_targets.models import Cell, CellVersion, Event, RoundUpload
from tests.factories.filled import MY, download, filled, give
from tests.factories.submissions import make_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def client_of_kenya(focal_point: Any, sign_in: Any) -> Client:
    client: Client = sign_in(focal_point)
    return client


def test_a_template_is_filled_in_looked_at_and_saved(client_of_kenya: Client, focal_point: Any, folder: Path) -> None:
    make_round()
    data = filled(
        download(client_of_kenya), {"2014": {"value": 6.5, "source": "Survey 2014"}, "2015": {"value": "7,25"}}
    )
    answer = give(client_of_kenya, data)
    upload = RoundUpload.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{MY}/upload/{upload.pk}/")
    page = client_of_kenya.get(answer["Location"])
    assert page.status_code == 200
    assert page.context["preview"].all_count == 2
    assert not Cell.objects.exists()
    assert len(list((folder / "filled").iterdir())) == 1
    client_of_kenya.post(answer["Location"], {"deed": "apply_all", "seen": upload.compared})
    cells = {cell.period.code: cell for cell in Cell.objects.select_related("period")}
    assert {code: cell.value for code, cell in cells.items()} == {"2014": Decimal("6.5"), "2015": Decimal("7.25")}
    assert (cells["2014"].source, cells["2015"].typed) == ("Survey 2014", "7,25")
    assert set(CellVersion.objects.values_list("way", "by")) == {("upload", focal_point.pk)}
    event = Event.objects.get(step="upload")
    assert (event.facts["new"], event.facts["changed"], event.by) == (2, 0, focal_point)
