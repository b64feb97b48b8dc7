"""Metadata comes in with a file, once; with the product, without undoing what people edited."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from sdg_targets.actions import imports
from sdg_targets.actions.imports import Options, import_file
from sdg_targets.actions.metadata import LONGEST, load_metadata, take_metadata
from sdg_targets.domain.metadata import MetadataText
from sdg_targets.domain.rows import ObservationRow, Reading
from sdg_targets.models import Dataset, Import, ImportState, Metadata, Observation, Refusal, Revision
from tests.factories import make_area, make_catalogue, make_dataset
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


@pytest.fixture
def national() -> Dataset:
    make_catalogue()
    return make_dataset("national:KEN", reporting_type="N", area=make_area("KEN"), rank=50)


def text(said: str = "Share of the amount sent.", **given: str) -> MetadataText:
    values = {"place": "meta/10-c-1.yml", "indicator": "10.c.1", "field": "definition", "language": "en"} | given
    return MetadataText(**values, text=said)


def held() -> dict[tuple[str, str], str]:
    return {(row.field, row.language): row.text for row in Metadata.objects.all()}


def test_texts_are_new_then_unchanged_then_changed(national: Dataset) -> None:
    texts = [text(), text("Part de la somme.", language="fr"), text("Per cent.", field="unit")]
    first, again = (take_metadata(texts, dataset=national, by=None) for _ in range(2))
    assert (first.new, first.changed, first.unchanged) == (3, 0, 0)
    assert (again.new, again.changed, again.unchanged, again.written) == (0, 0, 3, 0)
    changed = take_metadata([text("Said otherwise.")], dataset=national, by=None)
    assert (changed.new, changed.changed, changed.unchanged) == (0, 1, 0)
    assert held() == {
        ("definition", "en"): "Said otherwise.", ("definition", "fr"): "Part de la somme.", ("unit", "en"): "Per cent.",
    }  # fmt: skip
    assert set(Metadata.objects.values_list("source", flat=True)) == {
        "In the words of the office, as its file has them"
    }


def test_two_datasets_do_not_overwrite_each_other(national: Dataset) -> None:
    take_metadata([text("Global.")], dataset=make_dataset(), by=None)
    take_metadata([text("National.")], dataset=national, by=None)
    assert sorted(Metadata.objects.values_list("dataset__code", "text")) == [
        ("UNSD-SDG", "Global."), ("national:KEN", "National."),
    ]  # fmt: skip


def test_what_cannot_be_taken_is_named_and_the_rest_is_taken(national: Dataset) -> None:
    wrong = [
        text(indicator="99.9.9"),
        text(field="colour"),
        text(language="english"),
        text("  "),
        text("x" * (LONGEST + 1)),
        text("Another definition of the same."),
    ]
    taken = take_metadata([text(), *wrong], dataset=national, by=None)
    assert (taken.new, taken.refused) == (1, tuple(wrong))
    assert held() == {("definition", "en"): "Share of the amount sent."}


def test_who_may_not_import_takes_nothing(national: Dataset, focal_point: Any) -> None:
    with pytest.raises(PermissionDenied):
        take_metadata([text()], dataset=national, by=focal_point)
    assert not Metadata.objects.exists()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A function that makes the next file be read as these rows and texts."""

    def as_(rows: list[ObservationRow], texts: list[MetadataText]) -> None:
        made = Reading("test", "2024", (), frozenset(), iter(rows), tuple(texts))
        monkeypatch.setattr(imports, "reading_of", lambda stream, codes_of: made)

    return as_


def give(folder: Path, dataset: Dataset, **options: Any) -> Import:
    path = folder / "given.json"
    path.write_text("{}")
    return import_file(path, dataset=dataset, by=None, options=Options(**options))


def test_a_file_s_texts_come_with_its_figures_and_its_record_says_so(
    tmp_path: Path, national: Dataset, read: Callable[..., None]
) -> None:
    read([row("KEN", "2015", "5")], [text(), text(indicator="99.9.9", place="meta/99-9-9.yml")])
    record = give(tmp_path, national)
    assert (record.state, record.read, record.new, record.refused) == (ImportState.APPLIED, 1, 1, 0)
    assert (record.texts, record.texts_new, record.texts_refused) == (2, 1, 1)
    assert Metadata.objects.get().imported_id == record.pk
    refusal = Refusal.objects.get()
    assert (refusal.rule, refusal.place, refusal.found, refusal.rows) == ("M01", "meta/99-9-9.yml", "99.9.9 (en)", 0)


def test_the_same_file_again_changes_nothing_and_a_new_text_alone_is_a_change(
    tmp_path: Path, national: Dataset, read: Callable[..., None]
) -> None:
    for texts, state, revision in (
        ([text()], ImportState.APPLIED, 1),
        ([text()], ImportState.UNCHANGED, None),
        ([text("Said otherwise.")], ImportState.APPLIED, 2),
    ):
        read([row("KEN", "2015", "5")], texts)
        record = give(tmp_path, national)
        assert (record.state, record.revision_id) == (state, revision)
    assert (record.unchanged, record.texts_changed) == (1, 1)
    assert Observation.objects.count() == 1


def test_a_trial_counts_and_writes_nothing(tmp_path: Path, national: Dataset, read: Callable[..., None]) -> None:
    read([row("KEN", "2015", "5")], [text()])
    record = give(tmp_path, national, dry_run=True)
    assert (record.state, record.new, record.texts_new) == (ImportState.TRIED, 1, 1)
    assert not Metadata.objects.exists() and not Revision.objects.exists()


def test_a_refused_file_leaves_no_text(tmp_path: Path, national: Dataset, read: Callable[..., None]) -> None:
    read([row("KEN", "2015", "5")], [text()])
    record = give(tmp_path, national, vintage="x" * 50)
    assert (record.state, record.texts) == (ImportState.REFUSED, 0)
    assert not Metadata.objects.exists()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_catalogue()
    write(tmp_path, "What it costs.")
    return tmp_path


def write(folder: Path, said: str) -> None:
    with (folder / "metadata.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["dataset", "indicator", "field", "language", "text", "source"])
        writer.writerow(["UNSD-SDG", "10.c.1", "definition", "en", said, "in our words"])


def test_shipped_texts_are_loaded_once_and_brought_up_to_date(folder: Path) -> None:
    assert [done.new for done in load_metadata(folder=folder)] == [1]
    assert load_metadata(folder=folder) == []
    before = Metadata.objects.get().updated
    write(folder, "What sending money costs.")
    assert [done.updated for done in load_metadata(folder=folder)] == [1]
    assert (Metadata.objects.get().text, Metadata.objects.get().updated > before) == ("What sending money costs.", True)


def test_a_shipped_text_that_was_edited_is_kept_and_reported(folder: Path) -> None:
    load_metadata(folder=folder)
    Metadata.objects.update(text="Edited by hand.")
    write(folder, "What sending money costs.")
    (done,) = load_metadata(folder=folder)
    assert done.kept == ("UNSD-SDG 10.c.1 definition en",)
    assert Metadata.objects.get().text == "Edited by hand."


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"field": "colour"}, "metadata_field_known"),
        ({"language": "EN"}, "metadata_language_is_a_code"),
        ({"text": ""}, "metadata_text_says_something"),
    ],
)
def test_the_database_holds_what_a_text_must_be(folder: Path, wrong: dict[str, str], constraint: str) -> None:
    load_metadata(folder=folder)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Metadata.objects.update(**wrong)
