"""How many queries each address takes, as committed in ``query_counts.json``: a loop that asks row by row is seen.

Figures come with the small catalogue of the tests. To write the file again after a change that was meant:
``QUERY_COUNTS=write pytest tests/test_query_counts.py``.
"""

import json
import os
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partners.models import IndicatorRole, Organisation
from sdg_targets.filtersets.kept_rows import kept_in
from sdg_targets.models import Indicator, Release, Revision
from sdg_targets.queries.series_notes import kept_notes
from sdg_targets.web.kept import KEPT
from tests.factories import make_catalogue, write_rows
from tests.factories.observations import row

FILE = Path(__file__).parent / "query_counts.json"
COUNTS: dict[str, int] = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture
def figures(db: None) -> None:
    make_catalogue()
    areas, years = ("KEN", "UGA", "FRA", "001"), range(2010, 2018)
    write_rows([row(area, str(year), str(year - 2000), source=f"Survey {year}") for area in areas for year in years])
    Release.objects.create(name="2020-10", revision=Revision.objects.get())
    for slug in ("world-bank", "ilo"):
        organisation = Organisation.objects.create(slug=slug, name_en=slug, kind="un_agency")
        IndicatorRole.objects.create(
            organisation=organisation, indicator=Indicator.objects.get(), role="custodian", source="test list"
        )


def count(address: str) -> int:
    """Queries of the second reading: what is remembered for the whole process is not an address's own."""
    ContentType.objects.clear_cache()
    assert Client().get(address).status_code == 200
    KEPT.clear()  # an answer that is kept would hide what it took to make it, and so would what is said beside it
    kept_notes.cache_clear()
    kept_in.cache_clear()
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("address", list(COUNTS))
@pytest.mark.usefixtures("figures")
def test_an_address_takes_as_many_queries_as_committed(address: str) -> None:
    counted = count(address)
    if os.environ.get("QUERY_COUNTS") == "write":
        COUNTS[address] = counted
        FILE.write_text(json.dumps(COUNTS, indent=2) + "\n", encoding="utf-8")
    assert counted == COUNTS[address]
