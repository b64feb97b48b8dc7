"""Everything ever known of an observation."""

from pathlib import Path

import pytest

from sdg_targets.actions.imports import Options, import_file
from sdg_targets.models import Observation
from sdg_targets.queries.history import history_of
from tests.factories import make_catalogue, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db
HEADING = "series,area,period,breakdown,value\n"


def test_versions_are_newest_first_with_the_revisions_that_brought_and_replaced_them(tmp_path: Path) -> None:
    dataset, _series = make_catalogue()
    path = tmp_path / "a.csv"
    for vintage, value in (("2019.Q2.G.01", "5"), ("2019.Q3.G.01", "6")):
        path.write_text(HEADING + f"SI_RMT_COST,KEN,2015,_T,{value}\n")
        import_file(path, dataset=dataset, by=None, options=Options(vintage=vintage))
    versions = history_of(Observation.objects.current().get())
    assert [(str(v.row.value), v.vintage) for v in versions] == [("6", "2019.Q3.G.01"), ("5", "2019.Q2.G.01")]
    newest, first = versions
    assert newest.until is None and first.until == newest.since
    assert first.known_since is not None and newest.known_since is not None
    assert first.known_since < newest.known_since
    assert history_of(first.row) == versions


def test_a_withdrawn_observation_keeps_its_history() -> None:
    make_catalogue()
    write_rows([row("KEN"), row("UGA")])
    write_rows([row("UGA")], complete=True)
    gone = Observation.objects.get(area__code="KEN")
    (version,) = history_of(gone)
    assert version.until is not None and version.until.number == 2
    assert version.vintage == ""
