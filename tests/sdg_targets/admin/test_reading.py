"""How the pages of imports and metadata read: what was wrong in the reader's language, rules said once, lists that fit."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from idm.accounts.models import User
from sdg_targets.models import Import, Indicator, Metadata, Refusal
from tests.factories import make_catalogue, make_dataset
from tests.factories.imports import import_rows
from tests.factories.uploads import own_csv
from tests.sdg_targets.admin.uploading import LIST, page, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
OTHER = {
    "{count} cells": "{count} cellules",
    "{count} cells, as in the heading": "{count} cellules, comme dans l’en-tête",
    "The heading lacks: {names}.": "Il manque à l’en-tête : {names}.",
}


@pytest.fixture
def other_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some sentences have a translation, whatever the catalogues of this moment hold."""
    for module in ("models.imports", "queries.imports"):
        monkeypatch.setattr(f"sdg_targets.{module}.gettext", lambda text: OTHER.get(text, text))


@pytest.mark.usefixtures("other_language")
def test_what_was_wrong_is_said_in_the_reader_s_language_on_every_page_and_in_the_file(client: Client) -> None:
    upload = sent(client, own_csv("KEN,2015,_T,5"))
    made = upload.tried
    Refusal.objects.create(
        of_import=made, place="line 9", rule="R03", found="3 cells", expected="9 cells, as in the heading"
    )
    Refusal.objects.create(of_import=made, place="line 10", rule="V01", column="series", found="3 cells", expected="x")
    Import.objects.filter(pk=made.pk).update(problem="The heading lacks: area, value.")
    text = page(client, upload)
    assert "3 cellules" in text and "9 cellules, comme dans l’en-tête" in text
    assert "Il manque à l’en-tête : area, value." in text
    assert "3 cells" in text, "what stood in the file is shown as it stood there"
    listed = client.get(f"/admin/sdg_targets/refusal/?of_import__id__exact={made.pk}").content.decode()
    assert "3 cellules" in listed and "9 cellules, comme dans l’en-tête" in listed
    answer: Any = client.get(f"/admin/sdg_targets/import/{made.pk}/refusals.csv")
    rows = {row["place"]: row for row in csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")))}
    assert (rows["line 9"]["found"], rows["line 9"]["expected"]) == ("3 cellules", "9 cellules, comme dans l’en-tête")
    assert rows["line 10"]["found"] == "3 cells"


def test_a_rule_is_said_once_and_not_at_each_row(client: Client) -> None:
    text = page(client, sent(client, own_csv("ZZZ,2015,_T,5", "ZZY,2015,_T,5")))
    assert text.count("The reference area is in the list of areas.") == 1


def test_counts_have_separators_and_stand_with_their_words(client: Client) -> None:
    upload = sent(client, own_csv("KEN,2015,_T,5"))
    Import.objects.filter(pk=upload.tried_id).update(read=12_345, refused=12_344)
    text = re.sub(r"\s+", " ", page(client, upload))
    assert "<dt>Refused</dt><dd>12,344</dd>" in text and "add up to the 12,345 that were read" in text


def test_the_dataset_is_chosen_from_the_list_alone(client: Client) -> None:
    form = client.get(f"{LIST}add/").content.decode()
    assert 'name="dataset"' in form and "related-widget-wrapper" not in form


def test_the_page_of_an_import_begins_with_its_rows_and_ends_with_the_file(
    tmp_path: Path, importer: User, sign_in: Callable[[User], Client]
) -> None:
    make_catalogue()
    made = import_rows(tmp_path, "KEN,2015,_T,5")
    text = sign_in(importer).get(f"/admin/sdg_targets/import/{made.pk}/change/").content.decode()
    assert text.index("What became of the rows") < text.index("figures.csv</dd>")
    assert "<dd>SI_RMT_COST</dd>" in text and "bytes</dd>" in text and 'class="form-row' not in text


def test_metadata_are_listed_by_code_and_a_text_that_an_editor_changes_is_no_import_s(
    tmp_path: Path, catalogue_editor: User, sign_in: Callable[[User], Client]
) -> None:
    make_catalogue()
    made = import_rows(tmp_path, "KEN,2015,_T,5")
    row = Metadata.objects.create(
        dataset=make_dataset(), indicator=Indicator.objects.get(), field="unit", language="en", text="Per cent.",
        imported=made,
    )  # fmt: skip
    editor = sign_in(catalogue_editor)
    listed = editor.get("/admin/sdg_targets/metadata/").content.decode()
    assert ">10.c.1</a>" in listed and ">UNSD-SDG</td>" in listed and Indicator.objects.get().name_en not in listed
    sent_back = {
        "dataset": row.dataset_id, "indicator": row.indicator_id, "field": "unit", "language": "en", "source": "",
    }  # fmt: skip
    for text, imported in (("Per cent.", made.pk), ("Per cent of it.", None)):
        answer = editor.post(f"/admin/sdg_targets/metadata/{row.pk}/change/", sent_back | {"text": text})
        assert answer.status_code == 302
        row.refresh_from_db()
        assert (row.text, row.imported_id) == (text, imported)
