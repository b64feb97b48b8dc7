"""Questionnaires in the administration: edited while closed, opened when they can be scored, copied to be reworded."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from idm.accounts.models import User
from sdg_targets.models import Instrument, InstrumentVersion, Option, Question, Section
from tests.factories.questionnaires import benchmark, make_version, scored
from tests.sdg_targets.admin.test_editing import page, send

pytestmark = pytest.mark.django_db
LIST = "/admin/sdg_targets/instrumentversion/"


@pytest.fixture
def editor(catalogue_editor: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(catalogue_editor)


def act(client: Client, action: str, *versions: InstrumentVersion) -> str:
    chosen = {"action": action, "_selected_action": [version.pk for version in versions]}
    return strip_tags(client.post(LIST, chosen, follow=True).content.decode())


def test_a_closed_version_is_edited_part_by_part(editor: Client) -> None:
    version = make_version(scored(), is_open=False)
    assert send(editor, page(InstrumentVersion, version.pk), source="Another source").status_code == 302
    section = Section.objects.get(code="A")
    assert send(editor, page(Section, section.pk), lead_fr="Le fait-il ?").status_code == 302
    question = Question.objects.get(code="a1")
    assert send(editor, page(Question, question.pk), name_es="¿Qué?").status_code == 302
    version.refresh_from_db(), section.refresh_from_db(), question.refresh_from_db()
    assert (version.source, section.lead_fr, question.name_es) == ("Another source", "Le fait-il ?", "¿Qué?")


@pytest.mark.parametrize("model", [Section, Question])
def test_parts_of_an_open_version_are_read_only(editor: Client, model: type[Any]) -> None:
    make_version(scored())
    row = model.objects.first()
    shown = editor.get(page(model, row.pk))
    assert shown.status_code == 200
    assert not shown.context["has_change_permission"] and not shown.context["has_delete_permission"]
    assert editor.post(page(model, row.pk), {"code": "zz"}).status_code == 403
    assert editor.post(page(model, row.pk).replace("change", "delete"), {"post": "yes"}).status_code == 403


def test_of_an_open_version_only_the_dates_are_changed(editor: Client) -> None:
    version = make_version(scored())
    shown = editor.get(page(InstrumentVersion, version.pk))
    assert list(shown.context["adminform"].form.fields) == ["valid_from", "valid_to"]
    assert send(editor, page(InstrumentVersion, version.pk), valid_to="2030-12-31", scoring="none").status_code == 302
    version.refresh_from_db()
    assert (str(version.valid_to), version.scoring, version.is_open) == ("2030-12-31", "overall", True)
    assert editor.post(page(InstrumentVersion, version.pk).replace("change", "delete")).status_code == 403


def test_numbers_are_shown_as_they_were_written(editor: Client) -> None:
    version = make_version(scored())
    html = editor.get(page(InstrumentVersion, version.pk)).content.decode()
    assert '<div class="readonly">25</div>' in html and "25.0" not in html


def test_a_version_is_opened_closed_and_copied_and_the_history_says_by_whom(editor: Client) -> None:
    version = make_version(scored(), is_open=False)
    assert "can be filled in, and is no longer changed" in act(editor, "open", version)
    version.refresh_from_db()
    assert version.is_open
    assert "copied as policies (2021-2)" in act(editor, "copy", version)
    assert "can be edited" in act(editor, "close", version)
    version.refresh_from_db()
    assert not version.is_open
    assert InstrumentVersion.objects.get(code="2021-2").sections.count() == 2
    history = editor.get(page(InstrumentVersion, version.pk).replace("change", "history")).content.decode()
    assert "no longer changed" in history and "catalogue" in history


def test_what_cannot_be_scored_is_said_with_its_place(editor: Client) -> None:
    good, bad = make_version(benchmark(), is_open=False), make_version(scored(), is_open=False)
    Option.objects.filter(question__code="b2", code="NO").delete()
    shown = act(editor, "open", good, bad)
    assert "Policies (2021): Question b2 has fewer than two answers" in shown
    assert "City-governance (2021): can be filled in" in shown


def test_a_questionnaire_with_versions_is_not_removed(editor: Client) -> None:
    make_version(benchmark(), is_open=False)
    instrument = Instrument.objects.get()
    shown = editor.post(page(Instrument, instrument.pk).replace("change", "delete"), {"post": "yes"})
    assert shown.status_code == 200 and Instrument.objects.exists()


@pytest.mark.parametrize("account", ["focal_point", "reviewer", "outsider", "partner_editor"])
def test_nobody_else_edits_or_opens(account: str, request: Any, sign_in: Callable[[User], Client]) -> None:
    version = make_version(scored(), is_open=False)
    client = sign_in(request.getfixturevalue(account))
    act(client, "open", version)
    client.post(page(InstrumentVersion, version.pk), {"source": "mine"})
    version.refresh_from_db()
    assert (version.is_open, version.source) == (False, "test")
