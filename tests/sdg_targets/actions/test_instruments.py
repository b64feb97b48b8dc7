"""Questionnaires come in whole, once; what was edited is kept; what is open is not changed."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from idm.accounts.models import User
from sdg_targets.actions.instruments import (
    FOLDER,
    close_version,
    copy_version,
    load_instruments,
    open_version,
)
from sdg_targets.domain.questionnaires import InstrumentError
from sdg_targets.models import Category, Instrument, InstrumentVersion, Option, Question, ScoreClass, Section
from sdg_targets.queries.instruments import definition_of, document_of, whole_versions
from tests.factories import make_series
from tests.factories.catalogue import make_dimension
from tests.factories.questionnaires import benchmark, make_version, scored

pytestmark = pytest.mark.django_db
NAME = "10.7.2-2021.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped folder, with the series that it names."""
    dimension = make_dimension("POLICY_DOMAIN")
    for number in range(1, 7):
        Category.objects.create(dimension=dimension, code=f"PD_{number}", name_en=f"Domain {number}", position=number)
    for code in ("SG_CPA_MIGRS", "SELF_CPA_MIGR"):
        make_series(code, indicator="10.7.2", dimensions=("POLICY_DOMAIN",))
    shutil.copy(FOLDER / NAME, tmp_path / NAME)
    return tmp_path


def rewrite(folder: Path, old: str, new: str) -> None:
    path = folder / NAME
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def counts(folder: Path) -> tuple[int, ...]:
    (done,) = load_instruments(folder=folder)
    return done.new, done.updated, done.unchanged, len(done.kept)


def test_the_shipped_questionnaire_comes_in_open_and_once(folder: Path) -> None:
    assert counts(folder) == (1, 0, 0, 0)
    assert load_instruments(folder=folder) == []
    version = whole_versions().get()
    assert (str(version), version.is_open, version.instrument.indicator.code) == ("10.7.2 (2021)", True, "10.7.2")
    assert (Section.objects.count(), Question.objects.count(), Option.objects.count()) == (6, 30, 65)
    assert ScoreClass.objects.count() == 4


def test_a_newer_file_updates_what_nobody_edited(folder: Path) -> None:
    load_instruments(folder=folder)
    rewrite(folder, "Access to justice", "Access to the courts")
    assert counts(folder) == (0, 1, 0, 0)
    assert Question.objects.get(code="1e").name_en == "Access to the courts"
    rewrite(folder, "Migration policies", "Policies of migration")
    assert counts(folder) == (0, 1, 0, 0)
    assert Instrument.objects.get().name_en == "Policies of migration"
    (folder / NAME).write_text(json.dumps(json.loads((folder / NAME).read_text())))
    assert counts(folder) == (0, 0, 1, 0)


def test_what_an_editor_changed_is_kept_and_reported(folder: Path, catalogue_editor: User) -> None:
    load_instruments(folder=folder)
    version = InstrumentVersion.objects.get()
    close_version(version, by=catalogue_editor)
    Question.objects.filter(code="1e").update(name_fr="Accès aux tribunaux")
    open_version(version, by=catalogue_editor)
    rewrite(folder, "Access to justice", "Access to the courts")
    (done,) = load_instruments(folder=folder)
    assert done.kept == ("10.7.2 2021",)
    assert Question.objects.get(code="1e").name_en == "Access to justice"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"weight": "0.5"', '"weight": "5"', "not from 0 to 1"),
        ('"weight": "0.5"', '"weight": "half"', "is missing or not of its kind"),
        ('"scoring": "overall"', '"scored": "overall"', "'scoring'"),
        ('"fr": "Accès à la justice"', '"fr": ""', "question 1e has no text in fr"),
        ('"answers": "yes_no"', '"answers": "maybe"', "'maybe'"),
        ('"sections": [', '"sections": {', "Expecting"),
    ],
)
def test_a_broken_file_names_itself_and_nothing_is_written(folder: Path, old: str, new: str, said: str) -> None:
    rewrite(folder, old, new)
    with pytest.raises(ValueError, match=said) as error:
        load_instruments(folder=folder)
    assert NAME in str(error.value)
    assert not Instrument.objects.exists()


def test_definition_and_document_are_read_back_as_they_were_written() -> None:
    for given in (scored(), benchmark()):
        version = make_version(given)
        assert document_of(whole_versions().get(pk=version.pk)) == given


def test_a_whole_version_is_read_in_as_many_queries_however_large_it_is(
    folder: Path, django_assert_num_queries: Any
) -> None:
    load_instruments(folder=folder)
    with django_assert_num_queries(5):
        definition_of(whole_versions().get())


def test_who_may_not_edit_the_catalogue_opens_closes_and_copies_nothing(focal_point: User) -> None:
    version = make_version(scored())
    for deed in (open_version, close_version, copy_version):
        with pytest.raises(PermissionDenied):
            deed(version, by=focal_point)


def test_a_copy_is_closed_and_takes_the_next_free_number(catalogue_editor: User) -> None:
    version = make_version(scored(code="2021-and-longer"))
    first, second = (copy_version(version, by=catalogue_editor) for _ in range(2))
    assert (first.code, second.code, first.is_open) == ("2021-and-longer-2", "2021-and-longer-3", False)
    assert definition_of(first) == definition_of(version)


def test_what_cannot_be_scored_is_not_opened(catalogue_editor: User) -> None:
    version = make_version(scored(), is_open=False)
    Option.objects.filter(question__code="a1", code="SOME").update(weight=None)
    with pytest.raises(InstrumentError, match="Question a1: answer SOME does not say what it counts"):
        open_version(version, by=catalogue_editor)
    version.refresh_from_db()
    assert not version.is_open


def test_a_section_whose_figures_have_nowhere_to_stand_is_not_opened(catalogue_editor: User) -> None:
    version = make_version(scored(), is_open=False)
    Section.objects.filter(code="A").update(breakdown="POLICY=NONE")
    with pytest.raises(InstrumentError, match="no breakdown POLICY=NONE"):
        open_version(version, by=catalogue_editor)


@pytest.mark.parametrize(
    "statement",
    [
        "update sdg_targets_option set weight = 1",
        "update sdg_targets_question set name_en = 'Otherwise'",
        "update sdg_targets_section set counts_shown = true",
        "update sdg_targets_scoreclass set minimum = 60 where value = 2",
        "update sdg_targets_instrumentversion set scoring = 'sections'",
        "delete from sdg_targets_option",
        "delete from sdg_targets_scoreclass",
        (
            "insert into sdg_targets_question (section_id, code, position, name_en, name_fr, name_es)"
            " select id, 'z9', 9, 'z', 'z', 'z' from sdg_targets_section limit 1"
        ),
    ],
)
def test_the_database_keeps_what_is_open(statement: str) -> None:
    version = make_version(scored())
    with connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match="an open questionnaire is not changed"), transaction.atomic():
            cursor.execute(statement)
        cursor.execute("update sdg_targets_instrumentversion set valid_to = '2030-12-31'")
        version.close()
        cursor.execute(statement)
        assert cursor.rowcount > 0


def test_an_open_version_is_not_deleted_and_a_closed_one_is() -> None:
    version = make_version(benchmark())
    with pytest.raises(IntegrityError, match="an open questionnaire is not changed"), transaction.atomic():
        version.delete()
    version.close()
    version.delete()
    assert not Question.objects.exists()
