"""A trial shows some of the changes it would make: the revised ones first, with what stands now."""

from pathlib import Path

import pytest

from sdg_targets.actions.imports import Options, import_file
from sdg_targets.actions.samples import OF_EACH_KIND
from sdg_targets.models import Dataset
from tests.factories import make_catalogue, observe
from tests.factories.uploads import own_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset() -> Dataset:
    return make_catalogue()[0]


def tried(folder: Path, dataset: Dataset, content: bytes, *, complete: bool = False) -> list[tuple[str, ...]]:
    path = folder / "a.csv"
    path.write_bytes(content)
    record = import_file(path, dataset=dataset, by=None, options=Options(dry_run=True, complete=complete))
    record.refresh_from_db()
    return [(c["kind"], c["area"], c["period"], c["breakdown"], c["before"], c["after"]) for c in record.sample]


def test_what_would_be_revised_withdrawn_and_added_with_every_digit(tmp_path: Path, dataset: Dataset) -> None:
    observe("KEN", "2015", "6.20")
    observe("UGA", "2015", "7")
    observe("FRA", "2015", None, status="L")
    content = (
        b"series,area,period,breakdown,value,status\nSI_RMT_COST,KEN,2015,_T,6.25,A\n"
        b"SI_RMT_COST,FRA,2015,_T,3,E\nSI_RMT_COST,KEN,2016,SEX=F,1.0,A\n"
    )
    assert tried(tmp_path, dataset, content) == [
        ("revised", "FRA", "2015", "_T", "L", "3"),
        ("revised", "KEN", "2015", "_T", "6.20", "6.25"),
        ("new", "KEN", "2016", "SEX=F", None, "1.0"),
    ]
    withdrawn = [change for change in tried(tmp_path, dataset, content, complete=True) if change[0] == "withdrawn"]
    assert withdrawn == [("withdrawn", "UGA", "2015", "_T", "7", None)]


def test_there_are_only_a_few_of_each_kind_in_order_of_time(tmp_path: Path, dataset: Dataset) -> None:
    changes = tried(tmp_path, dataset, own_csv(*(f"KEN,{year},_T,1" for year in range(2019, 1999, -1))))
    assert [change[2] for change in changes] == [str(2000 + n) for n in range(OF_EACH_KIND)]


def test_an_import_that_is_written_keeps_no_sample(tmp_path: Path, dataset: Dataset) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(own_csv("KEN,2015,_T,5"))
    assert import_file(path, dataset=dataset, by=None).sample == []
