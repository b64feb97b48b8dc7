"""The publishers' own files, whole, against counts made independently of the readers."""

import csv
import gzip
import json
from decimal import Decimal
from pathlib import Path

import pytest

from sdg_targets.actions.curation import FIGURES, curate, shipped_files
from sdg_targets.actions.imports import Options, import_file
from sdg_targets.models import Dataset, ImportState, Observation, Release, SeriesCoverage
from tests.factories.shipped import load_shipped

pytestmark = pytest.mark.django_db
LONG = "data/un-sdg-2019/{vintage}/long-json/Indicator_{name}.json.gz"


@pytest.fixture
def dataset() -> Dataset:
    load_shipped(figures=False)
    return Dataset.objects.get(code="UNSD-SDG")


def long_file(shared: Path, vintage: str, name: str) -> Path:
    return shared / LONG.format(vintage=vintage, name=name)


def test_remittances_of_2019_q2_are_5344_observations_and_again_none_changes(shared: Path, dataset: Dataset) -> None:
    path = long_file(shared, "2019.Q2.G.01", "17.3.2_Series_BX_TRF_PWKR")
    first = import_file(path, dataset=dataset, by=None)
    assert (first.read, first.new, first.refused, first.vintage) == (5344, 5344, 0, "2019.Q2.G.01")
    again = import_file(path, dataset=dataset, by=None)
    assert (again.state, again.unchanged, again.new, again.revised) == (ImportState.UNCHANGED, 5344, 0, 0)
    raw = json.loads(gzip.decompress(path.read_bytes()))
    printed = sum(Decimal(cell["value_detail"]) for area in raw["refAreas"] for cell in area["data"])
    assert sum(Observation.objects.current().values_list("value", flat=True)) == printed


def test_remittance_costs_of_q2_and_q3_are_the_same_414_once_codes_are_ours(shared: Path, dataset: Dataset) -> None:
    import_file(long_file(shared, "2019.Q2.G.01", "10.c.1_Series_SI_RMT_COST"), dataset=dataset, by=None)
    record = import_file(long_file(shared, "2019.Q3.G.01", "10.c.1_Series_SI_RMT_COST"), dataset=dataset, by=None)
    assert (record.read, record.unchanged, record.new, record.revised) == (414, 414, 0, 0)


def test_an_older_release_after_a_newer_one_is_refused(shared: Path, dataset: Dataset) -> None:
    import_file(long_file(shared, "2019.Q3.G.01", "10.c.1_Series_SI_RMT_COST"), dataset=dataset, by=None)
    record = import_file(long_file(shared, "2019.Q2.G.01", "10.c.1_Series_SI_RMT_COST"), dataset=dataset, by=None)
    assert record.state == ImportState.REFUSED and "2019.Q3.G.01" in record.problem


def test_thousands_commas_are_read_to_their_values(shared: Path, dataset: Dataset) -> None:
    path = long_file(shared, "2019.Q3.G.01", "1.5.1_Series_VC_DSR_AFFCT")
    record = import_file(path, dataset=dataset, by=None)
    raw = json.loads(gzip.decompress(path.read_bytes()))
    printed = [cell["value_detail"] for area in raw["refAreas"] for cell in area["data"]]
    assert sum("," in text for text in printed) == 681
    assert (record.new, record.refused) == (941, 0)
    stored = Observation.objects.current().values_list("value", flat=True)
    assert sum(stored) == sum(Decimal(text.replace(",", "")) for text in printed)


def test_areas_that_were_not_asked_have_no_value_and_the_letter_is_kept(shared: Path, dataset: Dataset) -> None:
    record = import_file(long_file(shared, "2019.Q3.G.01", "10.7.2_Series_SG_CPA_MIGR"), dataset=dataset, by=None)
    assert (record.new, record.refused) == (1127, 0)
    assert Observation.objects.current().filter(value=None, value_text="N").count() == 350
    assert SeriesCoverage.objects.get().countries == 111


def test_every_long_file_is_taken_whole(shared: Path, dataset: Dataset) -> None:
    for path in sorted(shared.glob("data/un-sdg-2019/2019.Q3.G.01/long-json/*.json.gz")):
        raw = json.loads(gzip.decompress(path.read_bytes()))
        count = sum(len(area["data"]) for area in raw["refAreas"])
        record = import_file(path, dataset=dataset, by=None)
        assert record.read == count == record.new + record.unchanged, path.name
        if path.name.startswith(("11.5.1", "13.1.1")):
            assert record.state == ImportState.UNCHANGED


def test_every_datapoint_file_is_taken_whole(shared: Path, dataset: Dataset) -> None:
    for path in sorted(shared.glob("data/un-sdg-ddf-2020-10/ddf--datapoints--*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            count = sum(1 for _row in csv.reader(stream)) - 1
        record = import_file(path, dataset=dataset, by=None, options=Options(vintage="2020-10"))
        assert (record.read, record.new, record.refused) == (count, count, 0), path.name


def test_the_shipped_figures_are_what_the_publishers_files_make(
    shared: Path, dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``make curate`` gives the committed bytes, in at most 2 MB."""
    committed = {item.file: item.path.read_bytes() for item in shipped_files()}
    assert sum(map(len, committed.values())) < 2_000_000
    (tmp_path / "shipped.csv").write_bytes((FIGURES / "shipped.csv").read_bytes())
    monkeypatch.setattr("sdg_targets.actions.curation.FIGURES", tmp_path)
    for result in curate(shared):
        assert not result.problems
        made = gzip.decompress((tmp_path / result.file).read_bytes())
        assert made == gzip.decompress(committed[result.file]), result.file


def test_the_shipped_publications_load_in_order_with_their_history() -> None:
    load_shipped()
    assert list(Release.objects.order_by("revision__number").values_list("name", flat=True)) == [
        "2019.Q2.G.01",
        "2019.Q3.G.01",
        "2020-10",
        "2021",
    ]
    kenya = {"series__code": "BX_TRF_PWKR", "area__code": "KEN", "period__code": "2012"}
    then = Observation.objects.known_at(1).get(**kenya)
    now = Observation.objects.current().get(**kenya)
    assert (str(then.value), str(now.value)) == ("2.40221", "2.4022124")
    assert Observation.objects.current().count() == 47_965
    load_shipped()
    assert Release.objects.count() == 4
