"""Undoing an import brings back the texts of metadata that it replaced, and takes away those that were new."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from sdg_targets.actions import imports
from sdg_targets.actions.imports import import_file
from sdg_targets.actions.undoing import CannotUndo, undo_import
from sdg_targets.domain.metadata import MetadataText
from sdg_targets.domain.rows import Reading
from sdg_targets.models import Dataset, EarlierMetadata, Import, Indicator, Metadata, Observation
from sdg_targets.queries.undoing import Undone, effect_of_undoing
from tests.factories import make_area, make_catalogue, make_dataset
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


@pytest.fixture
def national() -> Dataset:
    make_catalogue()
    return make_dataset("national:KEN", reporting_type="N", area=make_area("KEN"), rank=50)


@pytest.fixture
def take(national: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Import]:
    """A function that imports a file with these texts (by field) and, unless told otherwise, no figures."""

    def taken(*, figures: tuple[str, ...] = (), **texts: str) -> Import:
        said = tuple(MetadataText("meta/10-c-1.yml", "10.c.1", field, "en", text) for field, text in texts.items())
        rows = [row("KEN", "2015", value) for value in figures]
        made = Reading("test", "2024", (), frozenset(), iter(rows), said)
        monkeypatch.setattr(imports, "reading_of", lambda stream, codes_of: made)
        path = tmp_path / "national.json"
        path.write_text("{}")
        return import_file(path, dataset=national, by=None)

    return taken


def undo(made: Import) -> Undone:
    return undo_import(made=made, by=None, note="The wrong file")


def held() -> dict[str, str]:
    return dict(Metadata.objects.values_list("field", "text"))


def test_earlier_texts_stand_again_and_new_ones_go(take: Callable[..., Import]) -> None:
    first = take(definition="Fees.", unit="Per cent.")
    made = take(figures=("5",), definition="Fees and margins.", source="A survey.")
    assert effect_of_undoing(made) == Undone(0, 1, 0, 0, texts=2, texts_left=0)
    undo(made)
    assert held() == {"definition": "Fees.", "unit": "Per cent."}
    assert set(Metadata.objects.values_list("imported", flat=True)) == {first.pk}
    assert not Observation.objects.current().exists()
    made.refresh_from_db()
    assert effect_of_undoing(made) == Undone(0, 0, 0, 0)


def test_an_import_of_texts_alone_is_undone_too(take: Callable[..., Import]) -> None:
    made = take(definition="Fees.")
    assert undo(made).texts == 1
    assert held() == {}
    again = take(definition="Fees.")
    assert (again.texts_new, held()) == (1, {"definition": "Fees."})


def test_what_something_newer_changed_is_left_and_counted(take: Callable[..., Import]) -> None:
    made = take(definition="One.", unit="Per cent.")
    take(definition="Two.")
    assert undo(made) == Undone(0, 0, 0, 0, texts=1, texts_left=1)
    assert held() == {"definition": "Two."}


def test_a_text_that_an_editor_changed_is_left(take: Callable[..., Import]) -> None:
    made = take(definition="One.")
    Metadata.objects.update(text="By hand.", imported=None)
    with pytest.raises(CannotUndo, match="has been changed since"):
        undo(made)
    assert held() == {"definition": "By hand."}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_imports_that_were_undone_are_passed_over_on_the_way_back(
    take: Callable[..., Import], order: tuple[int, int]
) -> None:
    take(definition="Right.")
    both = [take(definition="Wrong.", unit="Wrong."), take(definition="Wrong again.", source="New.")]
    for turn in order:
        undo(both[turn])
    assert held() == {"definition": "Right."}


def test_a_text_that_is_said_again_unchanged_is_still_that_of_the_import_that_wrote_it(
    take: Callable[..., Import],
) -> None:
    made = take(definition="One.")
    take(figures=("5",), definition="One.")
    assert undo(made).texts == 1
    assert held() == {}


def test_what_nobody_knows_ends_the_way_back(take: Callable[..., Import]) -> None:
    """Of an import before texts were kept, what it replaced is not known: its own text is the oldest there is."""
    oldest = take(definition="Oldest.")
    made = take(definition="Newer.")
    EarlierMetadata.objects.filter(replaced_by=oldest).delete()
    Import.objects.filter(pk=oldest.pk).update(undone_in=made.revision)
    undo(made)
    assert held() == {"definition": "Oldest."}


def test_that_nothing_stood_there_is_nobody_s(take: Callable[..., Import], national: Dataset) -> None:
    made = take(definition="One.")
    with pytest.raises(IntegrityError, match="earlier_metadata_nothing"), transaction.atomic():
        EarlierMetadata.objects.create(
            replaced_by=made, dataset=national, indicator=Indicator.objects.get(), field="unit", language="en", text="",
            source="somebody",
        )  # fmt: skip


def test_the_migration_knows_what_was_before_first_texts(take: Callable[..., Import]) -> None:
    """Of an import that changed a text nobody kept the earlier one; of one whose texts were all new there was none."""
    take(definition="One.")
    changing = take(definition="Two.", unit="Per cent.")
    first = take(source="A survey.")
    EarlierMetadata.objects.all().delete()
    statement = import_module("sdg_targets.migrations.0030_earlier_texts").FIRST_TEXTS
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(EarlierMetadata.objects.values_list("replaced_by", "field", "text")) == [(first.pk, "source", "")]
    assert undo(first).texts == 1
    with pytest.raises(CannotUndo):
        undo(changing)
