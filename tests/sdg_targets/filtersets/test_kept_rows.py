"""Rows kept by their codes: asked for once for each state of the catalogue, and never found under an old code."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sdg_targets.filtersets.kept_rows import KeptRows, kept_in
from sdg_targets.models import Area, Breakdown, Series
from tests.factories import make_catalogue, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def figures() -> None:
    make_catalogue()
    write_rows([row("KEN", "2015", "1"), row("UGA", "2015", "2")])


def test_a_row_is_asked_for_once_and_a_code_that_is_none_each_time() -> None:
    kept = KeptRows()
    with CaptureQueriesContext(connection) as captured:
        assert [row.code for row in kept.find(Area, ["UGA", "KEN"]).values()] == ["UGA", "KEN"]
        assert list(kept.find(Area, ["KEN"])) == ["KEN"]
        assert len(captured) == 1
        assert list(kept.find(Area, ["ZZZ", "KEN"])) == list(kept.find(Area, ["ZZZ", "KEN"])) == ["KEN"]
        assert len(captured) == 3
    assert kept.find(Breakdown, ["_T"], field="key")["_T"].pk == Breakdown.objects.get(key="_T").pk


def test_each_state_has_its_own() -> None:
    assert kept_in("one state") is kept_in("one state")
    assert kept_in("one state") is not kept_in("another")


def test_a_code_that_was_given_to_another_row_is_read_anew() -> None:
    def areas(query: str) -> list[str]:
        response = Client().get(f"/api/v1/observations/?{query}")
        return [one["area"] for one in response.json()["data"]] if response.status_code == 200 else []

    assert (areas("area=KEN"), areas("area=UGA")) == (["KEN"], ["UGA"])
    Area.objects.filter(code="KEN").update(code="WAS")
    assert areas("area=KEN") == []
    Area.objects.filter(code="UGA").update(code="KEN")
    assert (areas("area=KEN"), areas("area=WAS"), areas("area=UGA")) == (["KEN"], ["WAS"], [])


def test_a_series_that_is_renamed_is_not_known_by_its_old_code() -> None:
    ask = Client().get
    assert ask("/api/v1/observations/?series=SI_RMT_COST").status_code == 200
    Series.objects.update(code="NEWER")
    assert ask("/api/v1/observations/?series=SI_RMT_COST").status_code == 400
    assert len(ask("/api/v1/observations/?series=NEWER").json()["data"]) == 2
