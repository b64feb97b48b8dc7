"""Curation: the list of shipped files, and what happens where a publication is missing."""

import gzip
import itertools
from pathlib import Path

import pytest

from sdg_targets.actions.curation import FIGURES, curate, shipped_files
from sdg_targets.domain.vintages import is_older
from sdg_targets.formats import plain_csv
from sdg_targets.models import CodeMapping, Series
from tests.factories import make_area, make_series

pytestmark = pytest.mark.django_db


def test_the_list_names_every_file_in_the_order_of_publication() -> None:
    files = shipped_files()
    assert {item.file for item in files} == {path.name for path in FIGURES.glob("*.csv.gz")}
    assert all(is_older(a.vintage, than=b.vintage) for a, b in itertools.pairwise(files))
    assert all(item.origin and item.retrieved for item in files)


def test_each_row_says_where_it_is_from() -> None:
    for item in shipped_files():
        with gzip.open(item.path, "rb") as stream:
            names = plain_csv.heading(stream.readline())
            assert set(plain_csv.PROVENANCE) <= set(names)
            first = dict(zip(names, stream.readline().decode().split(","), strict=False))
        assert (first["dataset"], first["vintage"], first["retrieved"]) == (item.dataset, item.vintage, item.retrieved)


def test_a_missing_publication_is_an_error_that_says_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"2019\.Q2\.G\.01"):
        curate(tmp_path)


def test_only_series_of_the_catalogue_are_taken_and_the_same_input_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, out = tmp_path / "shared", tmp_path / "out"
    folder = shared / "data/un-sdg-ddf-2020-10"
    folder.mkdir(parents=True)
    out.mkdir()
    listed = "file,dataset,vintage,retrieved,complete,origin\na.csv.gz,UNSD-SDG,2020-10,2026-11-20,yes,there\n"
    (out / "shipped.csv").write_text(listed)
    for name in ("si_rmt_cost", "other"):
        (folder / f"ddf--datapoints--{name}.csv").write_text(f"geo_area,nature,units,year,{name}\n404,C,PT,2015,6.20\n")
    monkeypatch.setattr("sdg_targets.actions.curation.FIGURES", out)
    make_area("KEN")
    make_series()
    assert list(Series.objects.values_list("code", flat=True)) == ["SI_RMT_COST"]
    assert not CodeMapping.objects.exists()
    (first,) = curate(shared)
    content = (out / "a.csv.gz").read_bytes()
    (again,) = curate(shared)
    assert (first.rows, first.problems) == (again.rows, again.problems) == (1, ())
    assert (out / "a.csv.gz").read_bytes() == content
    assert (
        gzip.decompress(content)
        .decode()
        .splitlines()[1]
        .startswith("UNSD-SDG,2020-10,2026-11-20,SI_RMT_COST,KEN,2015,_T,6.20")
    )
