"""A file that was read before is recognised, and read again as soon as anything that decides about its rows has changed."""

from pathlib import Path

import pytest

from sdg_targets.actions import staging
from sdg_targets.actions.imports import Options, import_file
from sdg_targets.models import Dataset, Import, ImportState, Revision, Series
from tests.factories import make_area, make_catalogue

pytestmark = pytest.mark.django_db
LINES = ("series,area,period,breakdown,value", "SI_RMT_COST,KEN,2015,_T,5", "SI_RMT_COST,ZZZ,2015,_T,6")


class ReadAgain(Exception):  # noqa: N818 - what a test looks for
    """The rows were staged."""


@pytest.fixture
def dataset() -> Dataset:
    return make_catalogue()[0]


@pytest.fixture
def read_once(tmp_path: Path, dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that was imported; reading its rows once more is an error of the test."""
    path = tmp_path / "figures.csv"
    path.write_text("\n".join([*LINES, "SI_RMT_COST,KEN,2015,_T,5.0", ""]))
    assert import_file(path, dataset=dataset, by=None).state == ImportState.APPLIED
    monkeypatch.setattr(staging, "create_tables", raise_read_again)
    return path


def raise_read_again() -> None:
    raise ReadAgain


def test_the_same_file_is_recognised_and_its_record_is_as_if_it_had_been_read(
    read_once: Path, dataset: Dataset
) -> None:
    told: list[int] = []
    record = import_file(read_once, dataset=dataset, by=None, options=Options(on_rows=told.append))
    assert (record.state, record.revision_id, sum(told)) == (ImportState.UNCHANGED, None, 3)
    assert (record.read, record.new, record.unchanged, record.repeated, record.refused) == (3, 0, 1, 1, 1)
    assert [(r.place, r.rule, r.found) for r in record.refusals.all()] == [("line 3", "V02", "ZZZ")]
    assert record.series_codes == ["SI_RMT_COST"]
    assert import_file(read_once, dataset=dataset, by=None).unchanged == 1
    assert Import.objects.count() == 3


def test_what_was_written_since_has_it_read_again(read_once: Path, dataset: Dataset) -> None:
    Revision.objects.take()
    with pytest.raises(ReadAgain):
        import_file(read_once, dataset=dataset, by=None)


def test_a_catalogue_that_knows_more_or_other_limits_has_it_read_again(read_once: Path, dataset: Dataset) -> None:
    Series.objects.update(maximum=4)
    with pytest.raises(ReadAgain):
        import_file(read_once, dataset=dataset, by=None)


def test_a_new_area_lets_the_refused_row_in(tmp_path: Path, dataset: Dataset) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("\n".join([*LINES, ""]))
    import_file(path, dataset=dataset, by=None)
    make_area("ZZZ")
    again = import_file(path, dataset=dataset, by=None)
    assert (again.new, again.unchanged, again.refused) == (1, 1, 0)


@pytest.mark.parametrize("options", [Options(complete=True), Options(vintage="2021"), Options(dry_run=True)])
def test_another_way_to_take_it_has_it_read_again(read_once: Path, dataset: Dataset, options: Options) -> None:
    with pytest.raises(ReadAgain):
        import_file(read_once, dataset=dataset, by=None, options=options)


def test_other_bytes_are_another_file(read_once: Path, dataset: Dataset) -> None:
    read_once.write_text(read_once.read_text() + "SI_RMT_COST,KEN,2016,_T,5\n")
    with pytest.raises(ReadAgain):
        import_file(read_once, dataset=dataset, by=None)


def test_a_period_that_had_not_begun_is_asked_again(
    tmp_path: Path, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("\n".join([*LINES[:2], "SI_RMT_COST,KEN,2100,_T,5", ""]))
    assert import_file(path, dataset=dataset, by=None).refused == 1
    monkeypatch.setattr(staging, "create_tables", raise_read_again)
    with pytest.raises(ReadAgain):
        import_file(path, dataset=dataset, by=None)
