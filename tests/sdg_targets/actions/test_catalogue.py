"""Loading the shipped catalogue: once, whole or not at all, and never over what people edited."""

import csv
import shutil
from pathlib import Path

import pytest

from sdg_targets.actions.catalogue import FILES, load_catalogue
from sdg_targets.formats.shipped_csv import DATA, read_rows
from sdg_targets.models import (
    CodeMapping,
    Goal,
    ShippedFile,
    Target,
    Unit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files, to change."""
    for name in FILES:
        shutil.copy(DATA / name, tmp_path)
    return tmp_path


def rewrite(path: Path, key: str, **changed: str | None) -> None:
    """Change the cells of one row, or take the row out where no cells are given."""
    rows = read_rows(path)
    first = next(iter(rows[0]))
    kept = [row | changed if row[first] == key else row for row in rows if changed or row[first] != key]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


def test_loading_again_reads_nothing() -> None:
    assert load_catalogue()[0].table == "sdg_targets.goal"
    assert load_catalogue() == []


def test_a_row_that_was_edited_stays_and_is_named(folder: Path) -> None:
    load_catalogue(folder=folder)
    Target.objects.filter(code="10.7").update(name_fr="Corrigé à la main")
    rewrite(folder / "targets.csv", "10.7", name_fr="Nouveau texte", name_es="Texto nuevo")
    rewrite(folder / "targets.csv", "10.c", name_fr="Autre texte")
    (targets,) = [done for done in load_catalogue(folder=folder) if done.table == "sdg_targets.target"]
    assert (targets.new, targets.updated, targets.kept) == (0, 1, ("10.7",))
    assert Target.objects.get(code="10.7").name_fr == "Corrigé à la main"
    assert Target.objects.get(code="10.c").name_fr == "Autre texte"


def test_a_row_that_left_the_file_is_left_and_named_but_a_mapping_goes(folder: Path) -> None:
    load_catalogue(folder=folder)
    rewrite(folder / "units.csv", "IX")
    given = CodeMapping.objects.filter(provider="unsd-ddf").count()
    rewrite(folder / "mappings.csv", "unsd-ddf")
    done = {result.table: result for result in load_catalogue(folder=folder)}
    assert done["sdg_targets.unit"].left_over == ("IX",) and Unit.objects.filter(code="IX").exists()
    assert done["sdg_targets.codemapping"].removed == given > 0
    assert not CodeMapping.objects.filter(provider="unsd-ddf").exists()


@pytest.mark.parametrize(
    ("name", "key", "changed", "error"),
    [
        ("targets.csv", "10.7", {"goal": "99"}, KeyError),
        ("migration_profiles.csv", "10.7.1", {"may_map": "perhaps"}, ValueError),
        ("goals.csv", "10", {"number": "ten"}, ValueError),
        ("series.csv", "SI_RMT_COST", {"value_labels": "no_such_list"}, KeyError),
    ],
)
def test_a_broken_file_writes_nothing(
    folder: Path, name: str, key: str, changed: dict[str, str], error: type[Exception]
) -> None:
    rewrite(folder / name, key, **changed)
    with pytest.raises(error):
        load_catalogue(folder=folder)
    assert not Goal.objects.exists() and not ShippedFile.objects.exists()
