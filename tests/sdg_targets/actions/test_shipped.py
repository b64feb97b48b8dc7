"""The shipped figures at set-up: datasets first, each publication once, whole or not at all."""

import gzip
from pathlib import Path

import pytest
from django.db import connection, transaction

from sdg_targets.actions import shipped
from sdg_targets.actions.confidentiality import withdraw_confidential
from sdg_targets.actions.curation import Shipped
from sdg_targets.actions.shipped import DATASETS, is_loaded, load_datasets, load_figures
from sdg_targets.formats.shipped_csv import read_rows
from sdg_targets.models import Dataset, Import, Observation, Release, ShippedFile
from tests.factories import make_area, make_catalogue
from tests.factories.shipped import load_shipped

pytestmark = pytest.mark.django_db
HEADING = "dataset,vintage,retrieved,series,area,period,breakdown,value\n"


@pytest.fixture
def publications(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two small publications in the place of the shipped ones: the second revises the first."""
    make_catalogue()
    for vintage, value in (("2019.Q3.G.01", "5"), ("2020-10", "6")):
        row = f"UNSD-SDG,{vintage},2026-11-20,SI_RMT_COST,KEN,2015,_T,{value}\n"
        (tmp_path / f"{vintage}.csv.gz").write_bytes(gzip.compress((HEADING + row).encode()))
    files = [
        Shipped(f"{vintage}.csv.gz", "UNSD-SDG", vintage, "2026-11-20", complete=False, origin="there")
        for vintage in ("2019.Q3.G.01", "2020-10")
    ]
    monkeypatch.setattr("sdg_targets.actions.curation.FIGURES", tmp_path)
    monkeypatch.setattr(shipped, "shipped_files", lambda: files)
    return tmp_path


def test_each_publication_becomes_a_release_in_its_order(publications: Path) -> None:
    said: list[str] = []
    assert load_figures(say=said.append) == 2
    assert said == [
        "2019.Q3.G.01: 1 new, 0 revised, 0 unchanged, 0 withdrawn",
        "2020-10: 0 new, 1 revised, 0 unchanged, 0 withdrawn",
    ]
    assert list(Release.objects.values_list("name", "revision_id")) == [("2020-10", 2), ("2019.Q3.G.01", 1)]
    assert str(Observation.objects.known_at(1).get().value) == "5"
    assert Import.objects.filter(origin="there", by=None).count() == 2


def test_what_is_loaded_is_not_read_again(publications: Path) -> None:
    load_figures()
    assert load_figures() == 0
    assert is_loaded(publications / "2020-10.csv.gz")
    (publications / "2020-10.csv.gz").write_bytes(gzip.compress(HEADING.encode()))
    assert not is_loaded(publications / "2020-10.csv.gz")


def test_what_was_withdrawn_for_confidentiality_does_not_come_back_with_a_new_version(publications: Path) -> None:
    load_figures()
    withdraw_confidential(observation=Observation.objects.current().with_names().get(), by=None, reason="disclosed")
    rows = "".join(f"UNSD-SDG,2020-10,2026-11-20,SI_RMT_COST,KEN,{year},_T,6\n" for year in (2015, 2016))
    (publications / "2020-10.csv.gz").write_bytes(gzip.compress((HEADING + rows).encode()))
    assert load_figures() == 1
    assert [(o.period.code, o.status, o.value) for o in Observation.objects.current().with_names()] == [
        ("2015", "Q", None),
        ("2016", "A", 6),
    ]


def test_a_publication_with_a_refused_row_is_a_fault_of_ours_and_leaves_nothing(publications: Path) -> None:
    odd = HEADING + "UNSD-SDG,2020-10,2026-11-20,SI_RMT_COST,QQQ,2015,_T,1\n"
    (publications / "2020-10.csv.gz").write_bytes(gzip.compress(odd.encode()))
    with pytest.raises(RuntimeError, match=r"2020-10\.csv\.gz was not taken whole: line 2"):
        load_figures()
    assert list(Release.objects.values_list("name", flat=True)) == ["2019.Q3.G.01"]
    assert not ShippedFile.objects.filter(name="2020-10.csv.gz").exists()


def test_a_dataset_that_is_there_keeps_what_was_edited() -> None:
    made = load_datasets()
    assert made == Dataset.objects.count() > 1
    Dataset.objects.filter(code="UNSD-SDG").update(name_fr="Corrigé à la main")
    assert load_datasets() == 0
    assert Dataset.objects.get(code="UNSD-SDG").name_fr == "Corrigé à la main"


def test_a_dataset_of_a_country_waits_for_its_area() -> None:
    load_datasets()
    assert not Dataset.objects.filter(reporting_type="N").exists()
    area = make_area("GBR")
    assert load_datasets() == 1
    made = Dataset.objects.get(code="national:GBR")
    assert (made.area, made.reporting_type, made.rank) == (area, "N", 50)


def test_a_dataset_has_its_names_and_notes_in_three_languages() -> None:
    for code in ("GBR", "ARM", "USA", "CAN"):
        make_area(code)
    assert load_datasets() == len(read_rows(DATASETS))
    for row in Dataset.objects.all():
        assert row.name_fr and row.name_es and row.note_en and row.note_fr and row.note_es and row.licence


@pytest.mark.slow
def test_after_an_import_that_was_rolled_back_the_next_one_reads_no_more_than_it_must() -> None:
    """Statistics taken over dead rows call the tables empty; joins of thousands of rows then read each other whole."""
    load_shipped(figures=False)
    with transaction.atomic():
        load_figures()
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
        cursor.execute("select bool_and(reltuples = 0) from pg_class where relname like 'sdg_targets_observation_%t'")
        assert cursor.fetchone() == (True,)
    before = rows_read()
    load_figures()
    assert rows_read() - before < 20 * Observation.objects.count()


def rows_read() -> int:
    """How many rows of the observations this transaction has read so far, dead ones not counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) from pg_stat_xact_all_tables
               where relname in ('sdg_targets_observation_current', 'sdg_targets_observation_past')"""
        )
        (count,) = cursor.fetchone()
    return int(count)
