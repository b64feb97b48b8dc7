"""What codes mean, in the administration: a mapping is one that a reader reads, to a code that exists; edits stay."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from idm.accounts.models import User
from sdg_targets.actions import catalogue
from sdg_targets.models import CodeMapping
from sdg_targets.queries.mappings import codes_of, is_concept
from tests.factories import make_catalogue

pytestmark = pytest.mark.django_db
LIST = "/admin/sdg_targets/codemapping/"


@pytest.fixture
def editor(catalogue_editor: User, sign_in: Callable[[User], Client]) -> Client:
    make_catalogue()
    return sign_in(catalogue_editor)


def save(client: Client, address: str = f"{LIST}add/", **changed: str) -> Any:
    cells = {"provider": "unsd", "concept": "unit", "given": "PCT", "code": "PT", "_save": "Save"}
    return client.post(address, {**cells, **changed})


def errors(response: Any) -> dict[str, Any]:
    assert response.status_code == 200
    return dict(response.context["adminform"].form.errors)


@pytest.mark.parametrize(
    ("concept", "code"),
    [
        ("unit", "PT"),
        ("area", "KEN"),
        ("nature", "C"),
        ("no_value", "L"),
        ("status", "E"),
        ("series", "SI_RMT_COST"),
        ("indicator", "10.c.1"),
        ("column", "SEX"),
        ("column", "unit"),
        ("SEX", "F"),
        ("AGE", "_T"),
    ],
)
def test_a_code_of_each_concept_can_be_given_a_meaning(editor: Client, concept: str, code: str) -> None:
    assert save(editor, concept=concept, code=code).status_code == 302
    assert CodeMapping.objects.get().code == code


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"code": "PTT"}, "code", "for example: PT"),
        ({"concept": "area", "code": "KAN"}, "code", "for example: KEN"),
        ({"concept": "SEX", "code": "Y0T4"}, "code", "for example: F, M, _T"),
        ({"concept": "no_value", "code": "A"}, "code", "for example: K, L, M, O, Q"),
        ({"concept": "colour"}, "concept", "not one of the available choices"),
        ({"provider": "nobody"}, "provider", "not one of the available choices"),
        ({"given": " "}, "given", "required"),
    ],
)
def test_a_mapping_that_would_mean_nothing_is_refused_with_what_would_be_right(
    editor: Client, changed: dict[str, str], field: str, said: str
) -> None:
    assert said in str(errors(save(editor, **changed))[field])
    assert not CodeMapping.objects.exists()


def test_a_code_has_one_meaning(editor: Client) -> None:
    save(editor)
    assert "already exists" in str(errors(save(editor))["__all__"])


def test_a_mapping_of_a_provider_that_is_no_more_can_still_be_corrected(editor: Client) -> None:
    old = CodeMapping.objects.create(provider="gone", concept="colour", given="x", code="PT")
    form = editor.get(f"{LIST}{old.pk}/change/").context["adminform"].form
    assert form["provider"].value() == "gone"
    saved = save(editor, f"{LIST}{old.pk}/change/", provider="gone", concept="unit", given="y")
    assert saved.status_code == 302
    old.refresh_from_db()
    assert (old.concept, old.given) == ("unit", "y")


def test_an_importer_adds_a_meaning_and_changes_none(
    importer: User, editor: Client, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(importer)
    assert save(client).status_code == 302
    made = CodeMapping.objects.get()
    assert save(client, f"{LIST}{made.pk}/change/", code="PT", given="other").status_code == 403
    assert client.post(f"{LIST}{made.pk}/delete/", {"post": "yes"}).status_code == 403
    made.refresh_from_db()
    assert made.given == "PCT"
    assert "PCT" in editor.get(f"{LIST}{made.pk}/history/").content.decode()


def test_mappings_are_found_by_provider_concept_and_text(editor: Client) -> None:
    save(editor)
    save(editor, given="USD1")
    for query, found in (("q=usd", 1), ("provider=unsd", 2), ("concept=nature", 0), ("concept=unit&q=PCT", 1)):
        assert editor.get(f"{LIST}?{query}").context["cl"].result_count == found, query


@pytest.mark.usefixtures("shipped_catalogue")
def test_an_edited_mapping_survives_a_newer_version_of_the_product(
    catalogue_editor: User, sign_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(catalogue_editor)
    shipped = CodeMapping.objects.get(provider="unsd", concept="nature", given="NA")
    assert shipped.code != "E"
    cells = {"provider": "unsd", "concept": "nature", "given": "NA", "code": "E"}
    assert save(client, f"{LIST}{shipped.pk}/change/", **cells).status_code == 302
    monkeypatch.setattr("sdg_targets.models.shipping.LOADER", "newer")
    told = [str(line) for line in catalogue.load_catalogue()]
    shipped.refresh_from_db()
    assert shipped.code == "E"
    assert any("kept as edited: unsd nature NA" in line for line in told)


def test_a_dimension_is_a_concept_and_its_categories_are_what_codes_of_it_can_mean() -> None:
    make_catalogue()
    assert is_concept("SEX") and not is_concept("COLOUR") and not is_concept("breakdown")
    assert codes_of("COLOUR") == frozenset()
