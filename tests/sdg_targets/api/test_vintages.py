"""The first of two publications is read as it was on every door: the API, the CSV and the page."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from sdg_targets.models import Area
from tests.factories.shipped import load_shipped
from tests.factories.vintages import Q2, SERIES, SNAPSHOT, Publications, Values, publish, twin

pytestmark = pytest.mark.django_db(transaction=True)  # COPY reads through a connection of its own


@pytest.fixture(params=["twin", "publishers' files"])
def published(request: pytest.FixtureRequest, tmp_path: Path) -> Publications:
    load_shipped(figures=False)
    if request.param == "twin":
        return publish(*twin(tmp_path))
    shared = request.getfixturevalue("shared")
    return publish(shared / Q2, shared / SNAPSHOT)


def test_the_first_is_read_as_it_was_on_every_door(published: Publications, anonymous: Client) -> None:
    moments = {
        "1": published.before,
        "2019.Q2.G.01": published.before,
        "2": published.after,
        "2020-10": published.after,
    }
    for as_of, expected in moments.items():
        assert read_as_csv(anonymous, as_of) == expected, as_of
    for number, expected in ((1, published.before), (2, published.after)):
        key = next(key for key in sorted(published.before) if published.after.get(key, key) != published.before[key])
        asked = {"area": Area.objects.get(m49=f"{key[0]:03}").code, "period": str(key[1]), "as_of": str(number)}
        rows = anonymous.get("/api/v1/observations/", {"series": SERIES, **asked}).json()["data"]
        assert [Decimal(str(row["value"])) for row in rows] == [expected[key]] * (key in expected)
        page = anonymous.get("/data/", {"series": SERIES, **asked}).content.decode()
        assert f"<strong>{expected[key]:f}</strong>" in page


def read_as_csv(client: Client, as_of: str) -> Values:
    answer = client.get("/api/v1/observations/", {"series": SERIES, "as_of": as_of, "format": "csv"})
    rows = csv.DictReader(io.StringIO(answer.getvalue().decode()))  # type: ignore[attr-defined]
    return {(int(row["area_m49"]), int(row["period"])): Decimal(row["value"]) for row in rows}
