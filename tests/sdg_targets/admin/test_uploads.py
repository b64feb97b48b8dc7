"""Uploads in the administration: given, checked, read, applied or thrown away; by those who import, and never served."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils.translation import override

from idm.accounts.models import User
from sdg_targets.actions.uploads import discard
from sdg_targets.models import CodeMapping, Import, Observation, Refusal, Upload, UploadState
from sdg_targets.queries.imports import CODES_SHOWN
from tests.factories import observe
from tests.factories.accounts import make_account
from tests.factories.uploads import checked, make_upload, own_csv
from tests.sdg_targets.admin.uploading import LIST, page, press, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
UNSD = '{"seriesCode": "SI_RMT_COST", "release": "2020", "refAreas": [{"geoAreaCode": "404", "data": [%s]}]}'
CELL = '{"timePeriod": %d, "value_detail": "5", "unitsCode": "%s"}'


def test_a_file_is_given_read_about_and_applied(client: Client, importer: User, folder: Path) -> None:
    upload = sent(
        client, own_csv("KEN,2015,_T,5", "ZZZ,2015,_T,5", "KEN,2016,_T,x"), vintage="2020-10", origin="a letter"
    )
    assert (upload.state, upload.by, upload.origin) == (UploadState.CHECKED, importer, "a letter")
    assert upload.tried is not None
    text = page(client, upload)
    for said in (
        "Checked, nothing written yet",
        "What would become of the rows",
        "add up to the 3 that were read",
        "The reference area is in the list of areas.",
        "A value is a plain number, such as 1234.5.",
        '<th scope="row">line 3</th>',
        f"/admin/sdg_targets/import/{upload.tried.pk}/refusals.csv",
        f'name="seen" value="{upload.tried.pk}"',
        importer.name,
    ):
        assert said in text
    assert not Observation.objects.exists()
    press(client, upload, "apply", seen=upload.tried.pk)
    assert (upload.state, upload.applied.new, upload.applied.by) == (UploadState.APPLIED, 1, importer)
    text = page(client, upload)
    assert "What became of the rows" in text and "Revision 1" in text
    assert f"/{upload.pk}/apply/" not in text and f"/{upload.pk}/discard/" not in text


def test_the_history_says_who_took_which_step(client: Client, sign_in: Callable[[User], Client]) -> None:
    upload = sent(client, own_csv("KEN,2015,_T,5"))
    other = sign_in(make_account("administrator"))
    press(other, upload, "check")
    press(other, upload, "apply", seen=upload.tried_id)
    taken = LogEntry.objects.order_by("pk").values_list("user__email", "change_message")
    assert [(who.split("@")[0], said) for who, said in taken][1:] == [
        ("administrator", "Asked for a check"),
        ("administrator", "Approved and applied"),
    ]
    assert "Approved and applied" in client.get(f"{LIST}{upload.pk}/history/").content.decode()


def test_a_file_of_the_wrong_kind_is_refused_in_words(client: Client) -> None:
    upload = sent(client, b"\x89PNG\r\n", name="chart.png")
    text = page(client, upload)
    assert "Refused, nothing written" in text and "No reader knows this file" in text
    assert f"/{upload.pk}/apply/" not in text and f"/{upload.pk}/check/" in text


def test_no_file_is_ever_given_back(client: Client, folder: Path) -> None:
    upload = make_upload(b"<script>alert(1)</script>", name="a.html")
    places = (f"/static/{upload.stored}", f"/media/{upload.stored}", f"{LIST}{upload.pk}/{upload.stored}")
    for address in (*places, f"/var/uploads/{upload.stored}"):
        assert b"<script>alert" not in client.get(address, follow=True).content
    response = client.get(f"{LIST}{upload.pk}/change/")
    assert "<script>alert" not in response.content.decode()
    assert response["X-Content-Type-Options"] == "nosniff"


def test_codes_without_a_meaning_are_grouped_and_lead_to_a_mapping_and_back(client: Client) -> None:
    cells = ",".join(CELL % (year, unit) for year, unit in ((2014, "PCT"), (2015, "PCT"), (2016, "P=&C"), (2017, "PT")))
    upload = sent(client, (UNSD % cells).encode(), name="a.json")
    text = page(client, upload)
    assert "Codes without a meaning here" in text
    codes = client.get(f"{LIST}{upload.pk}/change/").context["report"].unmapped
    assert [(c.provider, c.concept, c.given, c.rows) for c in codes] == [
        ("unsd", "unit", "PCT", 2),
        ("unsd", "unit", "P=&C", 1),
    ]
    back = f"%2Fadmin%2Fsdg_targets%2Fupload%2F{upload.pk}%2Fchange%2F"
    link = f"/admin/sdg_targets/codemapping/add/?provider=unsd&concept=unit&given=P%3D%26C&back={back}"
    assert link.replace("&", "&amp;") in text
    form = client.get(link).context["adminform"].form
    assert [form[name].value() for name in ("provider", "concept", "given")] == ["unsd", "unit", "P=&C"]
    filled = {"provider": "unsd", "concept": "unit", "given": "P=&C", "code": "PT", "_save": "Save"}
    saved = client.post(link, filled)
    assert (saved.status_code, saved["Location"]) == (302, f"{LIST}{upload.pk}/change/")
    press(client, upload, "check")
    assert (upload.tried.new, upload.tried.refused) == (2, 2)


def test_the_way_back_never_leads_elsewhere(client: Client) -> None:
    filled = {"provider": "unsd", "concept": "unit", "code": "PT", "_save": "Save"}
    for number, back in enumerate(("https://evil.example.com/", "//evil.example.com", "/\\evil.example.com", "")):
        address = "/admin/sdg_targets/codemapping/add/"
        saved = client.post(f"{address}?back={back}", {**filled, "given": str(number)})
        assert saved["Location"] == "/admin/sdg_targets/codemapping/"


def test_many_codes_do_not_make_the_page_endless(client: Client) -> None:
    cells = ",".join(CELL % (2000 + n % 20, f"U{n}") for n in range(CODES_SHOWN + 7))
    upload = sent(client, (UNSD % cells).encode(), name="a.json")
    text = page(client, upload)
    assert text.count("Say what it means") == CODES_SHOWN
    assert "7 more codes are in the list of refusals." in text


def test_all_refusals_come_as_csv_in_the_reader_s_language_and_as_text(
    client: Client, sign_in: Callable[[User], Client], partner_editor: User
) -> None:
    upload = sent(client, own_csv("=1+1,2015,_T,5", "KEN,2015,_T,-x", "KEN,2016,SEX=F,@A1", "ZZZ,2015,_T,-5"))
    address = f"/admin/sdg_targets/import/{upload.tried_id}/refusals.csv"
    response = client.get(address)
    assert response.streaming and response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="refusals-{upload.tried_id}.csv"'
    rows = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
    assert rows[0] == ["file", "place", "column", "rule", "sentence", "found", "expected", "rows"]
    assert [(row[1], row[3], row[5], row[7]) for row in rows[1:]] == [
        ("line 2", "V02", "'=1+1", "1"),
        ("line 3", "V07", "'-x", "1"),
        ("line 4", "V07", "'@A1", "1"),
        ("line 5", "V02", "ZZZ", "1"),
    ]
    with override("fr"):
        french = b"".join(client.get(f"/fr{address}")).decode("utf-8-sig")
    assert "La zone de référence" in french
    assert client.get("/admin/sdg_targets/import/999999/refusals.csv").status_code == 404
    assert sign_in(partner_editor).get(address).status_code == 403


def test_refusals_are_counted_in_rows_and_the_first_five_places_of_each_rule_are_shown(client: Client) -> None:
    lines = [f"ZZZ,{year},_T,5" for year in range(2000, 2012)] + ["KEN,2015,_T,x"]
    upload = sent(client, own_csv(*lines))
    Refusal.objects.filter(place="line 2").update(rows=40)
    text = page(client, upload)
    assert "51 rows" in text and "1 row<" in text
    assert text.count('<th scope="row">line ') == 6


def test_the_record_of_every_import_has_the_same_account(client: Client) -> None:
    upload = sent(client, own_csv("KEN,2015,_T,5", "ZZZ,2015,_T,5"))
    text = client.get(f"/admin/sdg_targets/import/{upload.tried_id}/change/").content.decode()
    for said in ("What would become of the rows", "The reference area is in the list of areas.", "refusals.csv"):
        assert said in text


def test_a_page_that_is_behind_the_times_changes_nothing(client: Client) -> None:
    upload = sent(client, own_csv("KEN,2015,_T,5"))
    seen = upload.tried_id
    press(client, upload, "check")
    for data in ({"seen": seen}, {"seen": ""}, {"seen": "x"}):
        press(client, upload, "apply", **data)
        assert upload.state == UploadState.CHECKED
    assert "somebody else took a step before you" in page(client, upload)
    observe("KEN", "2015", "4")
    press(client, upload, "apply", seen=upload.tried_id)
    assert (upload.state, upload.tried.revised) == (UploadState.CHECKED, 1)
    assert "The figures here changed since the check" in page(client, upload)
    press(client, upload, "apply", seen=upload.tried_id)
    press(client, upload, "apply", seen=upload.tried_id)
    press(client, upload, "check")
    press(client, upload, "discard")
    assert upload.state == UploadState.APPLIED
    assert Import.objects.filter(state="applied").count() == 1


def test_discarding_asks_once_more(client: Client, folder: Path, django_capture_on_commit_callbacks: Any) -> None:
    upload = sent(client, own_csv("KEN,2015,_T,5"))
    asked = client.get(f"{LIST}{upload.pk}/discard/").content.decode()
    assert "is removed from this machine" in asked
    assert upload.path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        press(client, upload, "discard")
    assert upload.state == UploadState.DISCARDED and list(folder.iterdir()) == []
    assert client.get(f"{LIST}{upload.pk}/discard/").status_code == 302


def test_steps_are_taken_by_buttons_alone(client: Client) -> None:
    upload = sent(client, own_csv("KEN,2015,_T,5"))
    for step in ("check", "apply"):
        assert client.get(f"{LIST}{upload.pk}/{step}/")["Location"] == f"{LIST}{upload.pk}/change/"
    assert client.post(f"{LIST}{upload.pk}/change/", {"state": "applied"}).status_code == 403
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(email="importer@example.org"))
    for step in ("check", "apply", "discard"):
        assert strict.post(f"{LIST}{upload.pk}/{step}/", {"seen": upload.tried_id}).status_code == 403
        assert client.post(f"{LIST}999999/{step}/").status_code == 404
    upload.refresh_from_db()
    assert upload.state == UploadState.CHECKED


def test_work_that_stopped_is_said_to_whoever_looks_and_offered_again(client: Client) -> None:
    upload = make_upload(own_csv("KEN,2015,_T,5"))
    text = page(client, upload)
    assert "Waiting for its turn" in text and "js/progress.js" in text and "Look again" in text
    Upload.objects.update(state=UploadState.CHECKING)
    assert "Interrupted, nothing written" in client.get(LIST).content.decode()
    text = page(client, upload)
    assert "The program was stopped in the midst of it." in text and "js/progress.js" not in text
    assert press(client, upload, "check").state == UploadState.CHECKED


def test_an_upload_that_is_none_is_said(client: Client) -> None:
    assert client.get(f"{LIST}999/change/")["Location"] == "/admin/"


def test_a_list_is_searched_and_has_no_row_to_edit(client: Client) -> None:
    upload = sent(client, own_csv("KEN,2015,_T,5"))
    discard(upload=upload, by=None)
    assert "figures.csv" in client.get(f"{LIST}?q=figures").content.decode()
    text = client.get(f"{LIST}?q={upload.sha256}").content.decode()
    assert "figures.csv" in text and "Upload a file" in text
    assert client.post(f"{LIST}{upload.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_catalogue_editor_sees_on_the_import_what_may_be_mapped(
    client: Client, catalogue_editor: User, reviewer: User, sign_in: Callable[[User], Client]
) -> None:
    upload = sent(client, (UNSD % (CELL % (2015, "PCT"))).encode(), name="a.json")
    address = f"/admin/sdg_targets/import/{upload.tried_id}/change/"
    assert "Say what it means" in sign_in(catalogue_editor).get(address).content.decode()
    text = sign_in(reviewer).get(address).content.decode()
    assert "Say what it means" not in text and "none yet" in text
    assert not CodeMapping.objects.exists()


def test_a_check_of_many_refusals_is_one_page_of_few_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    upload = checked(own_csv(*(f"ZZZ,{year},_T,x" for year in range(1000, 2000))))
    with django_assert_max_num_queries(22):
        page(client, upload)
