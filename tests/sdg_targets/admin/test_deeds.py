"""The pages of grave deeds: what would happen is said, a reason is asked for, and nothing is done by looking."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from idm.accounts.models import User
from sdg_targets.models import Import, Observation, Revision, SealedRecord, Tombstone
from tests.factories import make_catalogue
from tests.factories.imports import believed, import_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(tmp_path: Path) -> Import:
    """The second of two imports: one figure revised, one new, one withdrawn."""
    make_catalogue()
    import_rows(tmp_path, "KEN,2015,_T,5", "UGA,2015,_T,6")
    return import_rows(tmp_path, "KEN,2015,_T,7.25", "FRA,2015,_T,8", complete=True)


def text_of(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    text: str = response.content.decode()
    return text


def test_an_import_is_undone_from_its_page(made: Import, importer: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(importer)
    page = f"/admin/sdg_targets/import/{made.pk}/"
    assert f'href="{page}undo/"' in text_of(client.get(f"{page}change/"))
    shown = text_of(client.get(f"{page}undo/"))
    for words in ("Back to the version before", "Withdrawn, because there was none before", "Published again"):
        assert f"<dt>{words}" in shown
    assert Revision.objects.latest_number() == 2, "looking does nothing"
    said = text_of(client.post(f"{page}undo/", {"reason": "The wrong file"}, follow=True))
    assert "Undone: 3 observations were changed back, 0 were left as they are." in said
    assert "Undone in revision 3" in said and "The wrong file" in said and "undo/" not in said
    assert believed() == {"KEN 2015": "5", "UGA 2015": "6"}
    assert "There is nothing to undo in this import." in text_of(client.get(f"{page}undo/"))
    client.post(f"{page}undo/", {"reason": "again"})
    assert Revision.objects.latest_number() == 3


def test_without_a_reason_nothing_is_undone(made: Import, importer: User, sign_in: Callable[[User], Client]) -> None:
    answer = sign_in(importer).post(f"/admin/sdg_targets/import/{made.pk}/undo/", {"reason": " "})
    assert "This field is required." in text_of(answer)
    assert Revision.objects.latest_number() == 2


def test_what_happened_in_between_is_said_on_the_page(
    made: Import, importer: User, sign_in: Callable[[User], Client], tmp_path: Path
) -> None:
    """The page was opened; another import came; the counts that are shown again are the new ones."""
    import_rows(tmp_path, "KEN,2015,_T,9", "FRA,2015,_T,10", "UGA,2015,_T,11")
    answer = sign_in(importer).post(f"/admin/sdg_targets/import/{made.pk}/undo/", {"reason": "late"})
    assert "There is nothing to undo in this import." in text_of(answer)
    assert believed() == {"KEN 2015": "9", "FRA 2015": "10", "UGA 2015": "11"}


def test_a_value_is_withdrawn_from_its_page(made: Import, reviewer: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(reviewer)
    row = Observation.objects.current().get(area__code="KEN")
    page = f"/admin/sdg_targets/observation/{row.pk}/"
    assert f'href="{page}withdraw/"' in text_of(client.get(f"{page}change/"))
    shown = text_of(client.get(f"{page}withdraw/"))
    assert "<dd>SI_RMT_COST KEN 2015</dd>" in shown and "<dd>2</dd>" in shown and "7.25" not in shown
    for sent, said in (
        ({"reason": "", "typed": "SI_RMT_COST KEN 2015"}, "This field is required."),
        ({"reason": "why", "typed": ""}, "This field is required."),
        ({"reason": "why", "typed": "SI_RMT_COST KEN 2016"}, "This is not “SI_RMT_COST KEN 2015”."),
    ):
        assert said in text_of(client.post(f"{page}withdraw/", sent))
    assert believed()["KEN 2015"] == "7.25" and not Tombstone.objects.exists()
    sent = {"reason": "A household could be recognised", "typed": " SI_RMT_COST  KEN 2015 "}
    said = text_of(client.post(f"{page}withdraw/", sent, follow=True))
    assert "Withdrawn in revision 3: 2 versions were removed." in said and "withdraw/" not in said
    assert believed()["KEN 2015"] == "(Q)"
    assert client.get(f"{page}withdraw/").status_code == 404, "that version is gone"
    stands = Observation.objects.current().get(area__code="KEN")
    again = f"/admin/sdg_targets/observation/{stands.pk}/withdraw/"
    assert "This value was withdrawn before." in text_of(client.get(again))
    assert Tombstone.objects.get().by == reviewer


def test_a_withdrawal_is_lifted_from_the_tombstone(
    made: Import, administrator: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(administrator)
    row = Observation.objects.current().get(area__code="FRA")
    sent = {"reason": "why", "typed": "SI_RMT_COST FRA 2015"}
    client.post(f"/admin/sdg_targets/observation/{row.pk}/withdraw/", sent)
    page = f"/admin/sdg_targets/tombstone/{Tombstone.objects.get().pk}/"
    assert f'href="{page}lift/"' in text_of(client.get(f"{page}change/"))
    assert "This field is required." in text_of(client.post(f"{page}lift/", {}))
    said = text_of(client.post(f"{page}lift/", {"reason": "Published by the office"}, follow=True))
    assert "Lifted: imports may write this value again." in said and "Published by the office" in said
    assert "This withdrawal was lifted before." in text_of(client.get(f"{page}lift/"))
    listed = text_of(client.get("/admin/sdg_targets/sealedrecord/"))
    assert all(record.sha256 in listed for record in SealedRecord.objects.all())
    assert SealedRecord.objects.count() == 2


@pytest.mark.parametrize(
    "address", ["import/9999/undo/", "observation/9999/withdraw/", "tombstone/9999/lift/", "import/x/undo/"]
)
def test_a_deed_on_nothing_is_not_found(
    made: Import, administrator: User, sign_in: Callable[[User], Client], address: str
) -> None:
    assert sign_in(administrator).get(f"/admin/sdg_targets/{address}").status_code == 404
