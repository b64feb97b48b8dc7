"""A template goes down, is filled in, comes up, is looked at, and is saved: nothing before somebody says so."""

import threading
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sdg_targets.actions.erasing import Trace, erase_cells
from sdg_targets.actions.round_upload_saving import apply_upload
from sdg_targets.actions.round_uploads import UploadEnded, discard_old_uploads, discard_upload
from sdg_targets.actions.submissions import submit
from sdg_targets.models import (
    Cell,
    CellVersion,
    Event,
    Period,
    RoundItem,
    RoundUpload,
    RoundUploadLine,
    RoundUploadState,
    Series,
    Submission,
)
from tests.factories import accounts, observe
from tests.factories.filled import MY, changed, content_of, download, filled, give, opened, put, row_of
from tests.factories.hostile import FILES
from tests.factories.submissions import enter, make_round, make_submission

pytestmark = pytest.mark.django_db
UPLOAD = f"{MY}/upload/"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads" / "filled"


@pytest.fixture
def kenya(focal_point: Any, sign_in: Any) -> Client:
    client: Client = sign_in(focal_point)
    return client


@pytest.fixture
def submission(focal_point: Any) -> Submission:
    """A submission with a value for 2014, entered."""
    made = make_submission(focal_point, of_round=make_round())
    enter(made, focal_point, "8.4", of="2014", source="Survey")
    return made


def given(client: Client, data: bytes, **more: Any) -> RoundUpload:
    """Upload a file that is taken; what is kept of it."""
    answer = give(client, data, **more)
    assert answer.status_code == 302, answer.context["problem"] or answer.context["form"].errors
    return RoundUpload.objects.latest("pk")


def outcomes(upload: RoundUpload) -> dict[str, str]:
    return dict(upload.lines.values_list("period_code", "outcome"))


def act(client: Client, upload: RoundUpload, deed: str, **more: Any) -> Any:
    """Press a button of the preview; the page that comes after it."""
    address = f"{UPLOAD}{upload.pk}/"
    return client.post(address, {"deed": deed, "seen": upload.compared, **more}, follow=True)


def said(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def test_a_template_is_filled_in_looked_at_and_saved(
    kenya: Client, focal_point: Any, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    make_round()
    data = filled(download(kenya), {"2014": {"value": 6.5, "source": "Survey 2014"}, "2015": {"value": "7,25"}})
    upload = given(kenya, data, name="C:\\Documents\\à envoyer.xlsx")
    assert upload.file_name == "à envoyer.xlsx"
    page = kenya.get(f"{UPLOAD}{upload.pk}/")
    assert (page.status_code, page.context["preview"].all_count) == (200, 2)
    assert page["Cache-Control"] == "private, no-store"
    assert not Cell.objects.exists() and len(list(folder.iterdir())) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert "2 values were saved as drafts" in said(act(kenya, upload, "apply_all"))
    cells = {cell.period.code: cell for cell in Cell.objects.select_related("period")}
    assert {code: cell.value for code, cell in cells.items()} == {"2014": Decimal("6.5"), "2015": Decimal("7.25")}
    assert (cells["2014"].source, cells["2015"].typed) == ("Survey 2014", "7,25")
    assert set(CellVersion.objects.values_list("way", "by")) == {("upload", focal_point.pk)}
    event = Event.objects.get(step="upload")
    assert (event.facts["new"], event.facts["changed"], event.by) == (2, 0, focal_point)
    assert list(folder.iterdir()) == []
    # What the template says now is what was saved, and it changes nothing.
    again = given(kenya, download(kenya))
    assert set(outcomes(again).values()) == {"unchanged"}


def test_the_template_shows_what_is_published_and_entered_and_never_takes_the_global_figure(
    kenya: Client, submission: Submission
) -> None:
    observe("KEN", "2014", "9.1")
    sheet = opened(download(kenya))
    row = [cell.value for cell in sheet[row_of(sheet, "2014")]]
    assert row[:12] == [
        "SI_RMT_COST", "Series SI_RMT_COST", "_T", "Total", "2014", None, 9.1, 8.4, "A: Normal value", "%",
        "0: as written", "Survey",
    ]  # fmt: skip
    assert row[-2:] == [1, f"KEN/2026/{submission.pk}/en"]
    assert sheet.cell(row_of(sheet, "2015"), 8).value is None


def test_headings_and_numbers_are_in_the_person_s_language(kenya: Client, submission: Submission) -> None:
    french = download(kenya, f"/fr{MY}/template.csv").decode("utf-8-sig").splitlines()
    assert french[0].startswith("series;series_label;breakdown")
    assert f"8,4;A;%;0;Survey;;;;;;;;;;1;KEN/2026/{submission.pk}/fr" in french[1]
    upload = given(kenya, "\n".join(french).replace(";2015;;;;", ";2015;;;7,125 ;").encode(), name="a.csv")
    assert upload.language == "fr"
    (line,) = upload.lines.filter(period_code="2015")
    assert (line.outcome, line.slips[0]["rule"]) == ("refused", "V07")  # 7,125 has two readings in French


def test_a_row_without_changes_stays_whatever_a_colleague_did(kenya: Client, submission: Submission) -> None:
    data = download(kenya)
    enter(submission, accounts.make_account("lead_focal_point"), "9.9", of="2014")
    upload = given(kenya, filled(data, {"2015": {"value": 5}}))
    assert outcomes(upload) == {"2014": "unchanged", "2015": "new", "2016": "unchanged"}


def test_who_changed_a_value_that_a_colleague_changed_since_is_shown_both_and_chooses(
    kenya: Client, submission: Submission
) -> None:
    data = filled(download(kenya), {"2014": {"value": 7}, "2015": {"value": 5}})
    colleague = accounts.make_account("lead_focal_point")
    enter(submission, colleague, "9.9", of="2014")
    upload = given(kenya, data)
    line = upload.lines.get(outcome="clash")
    assert (line.said["value"], line.stood["value"], line.chosen) == ("7", "9.9", False)
    page = kenya.get(f"{UPLOAD}{upload.pk}/?show=clash")
    (shown,) = page.context["preview"].lines
    assert (shown.value, shown.stood, shown.other) == ("7", "9.9", "lead focal point")
    act(kenya, upload, "apply_all")
    assert Cell.objects.get(period__code="2014").value == Decimal("9.9")  # all does not take what clashes
    again = given(kenya, data)
    ours = again.lines.get(outcome="clash")
    act(kenya, again, "apply", shown=[ours.pk], line=[ours.pk])
    cell = Cell.objects.get(period__code="2014")
    assert (cell.value, cell.version) == (Decimal(7), 3)
    assert [str(version.value) for version in cell.versions.all()] == ["8.4", "9.9", "7"]


def test_a_value_that_changes_while_the_page_is_looked_at_is_not_saved_over(
    kenya: Client, submission: Submission
) -> None:
    upload = given(kenya, filled(download(kenya), {"2014": {"value": 7}, "2015": {"value": 5}}))
    colleague = accounts.make_account("lead_focal_point")
    enter(submission, colleague, "9.9", of="2014")
    enter(submission, colleague, "4", of="2015")
    assert kenya.get(f"{UPLOAD}{upload.pk}/").context["preview"].moved == 2
    answer = act(kenya, upload, "apply_all")
    assert "Nothing was saved: values changed since" in said(answer)
    assert set(Cell.objects.values_list("typed", flat=True)) == {"9.9", "4"}
    upload.refresh_from_db()
    assert (upload.compared, outcomes(upload)) == (2, {"2014": "clash", "2015": "clash", "2016": "unchanged"})
    assert "Nothing was saved" in said(act(kenya, RoundUpload(pk=upload.pk, compared=1), "apply_all"))
    act(kenya, upload, "apply", shown=[*upload.lines.values_list("pk", flat=True)], line=[upload.lines.first().pk])
    assert Cell.objects.get(period__code="2014").value == 7
    assert Cell.objects.get(period__code="2015").value == 4


def test_comparing_anew_keeps_what_was_left_out(kenya: Client, submission: Submission) -> None:
    upload = given(kenya, filled(download(kenya), {"2015": {"value": 5}, "2016": {"value": 6}}))
    left_out = upload.lines.get(period_code="2016").pk
    act(kenya, upload, "next", shown=[left_out])
    enter(submission, accounts.make_account("lead_focal_point"), "5", of="2015", source="")
    act(kenya, upload, "compare")
    upload.refresh_from_db()
    assert outcomes(upload) == {"2014": "unchanged", "2015": "unchanged", "2016": "new"}
    assert not upload.lines.get(period_code="2016").chosen


def test_only_what_is_ticked_is_saved_over_all_pages(kenya: Client, submission: Submission) -> None:
    RoundItem.objects.update(first_year=1950, last_year=2020)
    cells = {str(year): {"value": year % 10 + 1} for year in range(1950, 2014)}
    cells |= {str(year): {"value": year % 10 + 1} for year in range(2015, 2021)}
    RoundItem.objects.update(breakdowns=["_T", "SEX=F"])

    def write(sheet: Any) -> None:
        for period, said_ in cells.items():
            put(sheet, period, **said_)
            put(sheet, period, "SEX=F", **said_)

    upload = given(kenya, changed(download(kenya), write))
    first = kenya.get(f"{UPLOAD}{upload.pk}/").context["preview"]
    assert (first.pages, len(first.lines), first.all_count) == (2, 100, 140)
    act(kenya, upload, "none")
    assert not upload.lines.filter(chosen=True).exists()
    assert "Nothing is ticked" in said(act(kenya, upload, "apply"))
    shown = [line.pk for line in first.lines]
    second = act(kenya, upload, "next", shown=shown, line=shown[:3], page=1).context["preview"]
    assert (second.page, second.chosen) == (2, 3)
    act(kenya, upload, "apply", shown=[line.pk for line in second.lines], line=[second.lines[0].pk], page=2)
    assert Cell.objects.count() == 1 + 4
    assert kenya.get(f"{UPLOAD}{upload.pk}/?page=99&show=new").context["preview"].page == 2


def test_a_row_of_another_page_or_one_that_is_refused_cannot_be_ticked(kenya: Client, submission: Submission) -> None:
    upload = given(kenya, filled(download(kenya), {"2015": {"value": "few"}, "2016": {"value": 6}}))
    refused = upload.lines.get(outcome="refused").pk
    act(kenya, upload, "apply", shown=[refused, "x", "-1"], line=[refused])
    assert Cell.objects.filter(period__code="2016").exists()  # was ticked before, and was not on that page
    assert not Cell.objects.filter(period__code="2015").exists()


def test_a_double_click_saves_once(kenya: Client, submission: Submission) -> None:
    upload = given(kenya, filled(download(kenya), {"2015": {"value": 5}}))
    act(kenya, upload, "apply_all")
    answer = act(kenya, upload, "apply_all")
    assert "saved or thrown away before" in said(answer)
    assert (CellVersion.objects.count(), Event.objects.filter(step="upload").count()) == (2, 1)


def test_what_was_refused_stays_to_be_read_after_the_save(kenya: Client, submission: Submission) -> None:
    upload = given(kenya, filled(download(kenya), {"2015": {"value": 5}, "2016": {"value": "few"}}))
    answer = act(kenya, upload, "apply_all")
    lines = {line.period: line for line in answer.context["preview"].lines}
    assert lines["2015"].saved and not lines["2016"].saved
    (refusal,) = lines["2016"].refusals
    assert (refusal.place, refusal.rule) == ("Data!H5", "V07")
    assert "is no number" in refusal.expected


def test_findings_of_the_checks_stand_beside_the_row(kenya: Client, submission: Submission) -> None:
    Series.objects.update(maximum=Decimal(100))
    upload = given(kenya, filled(download(kenya), {"2015": {"value": 250}}))
    (line,) = kenya.get(f"{UPLOAD}{upload.pk}/").context["preview"].lines
    rules = {(finding.rule, finding.strength) for finding in line.findings}
    assert ("V13", "error") in rules


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"series": "NO_SUCH"}, "V01"),
        ({"period": "twenty"}, "V03"),
        ({"period": "2090"}, "V04"),
        ({"breakdown": "SEX=X"}, "V05"),
        ({"breakdown": "MIGRATORY_STATUS=MS_MIGRANT"}, "V05"),
        ({"breakdown": "nonsense"}, "V05"),
        ({"source": "Census", "value": None}, "V09"),
        ({"status": "L: Not collected"}, "V10"),
    ],
)
def test_what_is_refused_is_told_with_cell_and_rule(
    kenya: Client, submission: Submission, change: dict[str, Any], rule: str
) -> None:
    def write(sheet: Any) -> None:
        at = row_of(sheet, "2015")
        put(
            sheet,
            "2015",
            **({"value": 5} | {k: v for k, v in change.items() if k not in ("series", "period", "breakdown")}),
        )
        for column, text in change.items():
            sheet.cell(at, {"series": 1, "breakdown": 3, "period": 5}.get(column, 30)).value = text

    upload = given(kenya, changed(download(kenya), write))
    (line,) = upload.lines.filter(outcome="refused")
    assert [slip["rule"] for slip in line.slips] == [rule]
    assert line.slips[0]["place"].startswith("Data!")
    page = kenya.get(f"{UPLOAD}{upload.pk}/?show=refused")
    assert page.status_code == 200 and rule in page.content.decode()


def test_the_same_observation_twice_is_refused_where_it_says_something_else(
    kenya: Client, submission: Submission
) -> None:
    heading, *rows = ["series,breakdown,period,value", "SI_RMT_COST,_T,2015,5", "SI_RMT_COST,_T,2015,6"]
    upload = given(kenya, "\n".join([heading, *rows, rows[0]]).encode(), name="own.csv")
    lines = list(upload.lines.values_list("place", "outcome"))
    assert lines == [("2: value", "new"), ("3: value", "refused")]
    assert upload.lines.last().slips[0]["values"] == {"place": "2: value"}


def test_a_file_made_by_hand_takes_nothing_away_and_leaves_columns_it_lacks(
    kenya: Client, submission: Submission
) -> None:
    text = "series,breakdown,period,value\nSI_RMT_COST,_T,2014,\nSI_RMT_COST,SEX=F,2019,3\n"
    upload = given(kenya, text.encode(), name="own.csv")
    assert upload.is_of_another and outcomes(upload) == {"2014": "unchanged", "2019": "new"}
    over = given(kenya, text.replace("2014,", "2014,9").encode(), name="own.csv")
    act(kenya, over, "apply_all")
    cell = Cell.objects.get(period__code="2014")
    assert (cell.value, cell.source) == (9, "Survey")
    assert Period.objects.filter(code="2019").exists()  # beyond what is asked, and welcome


def test_rows_and_templates_of_another_country_or_round_are_refused(kenya: Client, submission: Submission) -> None:
    own = "series,area,breakdown,period,value\nSI_RMT_COST,UGA,_T,2015,5\nSI_RMT_COST,KEN,_T,2016,5\n"
    assert outcomes(given(kenya, own.encode(), name="own.csv")) == {"2015": "refused", "2016": "new"}
    data = download(kenya)
    for made in ("UGA/2026/1/en", "KEN/2025/1/en", "nonsense", "KEN/2026/x/en", "KEN/2026/1/xx"):
        answer = give(kenya, filled(data, {year: {"template": made} for year in ("2014", "2015", "2016")}))
        assert answer.status_code == 400 and answer.context["problem"], made


def test_a_template_of_an_earlier_submission_is_compared_with_what_stands_now(
    kenya: Client, submission: Submission
) -> None:
    data = filled(
        download(kenya), {y: {"template": f"KEN/2026/{submission.pk + 1}/en"} for y in ("2014", "2015", "2016")}
    )
    enter(submission, submission.opened_by, "9.9", of="2014")
    upload = given(kenya, data)
    assert upload.is_of_another
    assert outcomes(upload) == {"2014": "changed", "2015": "unchanged", "2016": "unchanged"}  # shown, from 9.9 to 8.4


def test_a_cell_is_emptied_by_who_saw_its_value(kenya: Client, submission: Submission) -> None:
    upload = given(kenya, filled(download(kenya), {"2014": {"value": None, "source": None}}))
    (line,) = kenya.get(f"{UPLOAD}{upload.pk}/").context["preview"].lines
    assert (line.outcome, line.empties, line.stood) == ("changed", True, "8.4")
    act(kenya, upload, "apply_all")
    assert Cell.objects.get().is_empty


def test_nothing_is_taken_once_it_was_submitted(kenya: Client, submission: Submission, focal_point: Any) -> None:
    data = filled(download(kenya), {"2015": {"value": 5}})
    upload = given(kenya, data)
    submit(submission=submission, by=focal_point)
    assert "Nothing can be changed" in said(act(kenya, upload, "apply_all"))
    answer = give(kenya, data)
    assert answer.status_code == 400 and "Nothing can be changed" in answer.context["problem"]
    assert Cell.objects.count() == 1 and RoundUpload.objects.count() == 1


def test_what_is_thrown_away_is_gone_and_what_nobody_saves_too(
    kenya: Client,
    submission: Submission,
    focal_point: Any,
    folder: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    first, second = (given(kenya, download(kenya)) for _ in range(2))
    with django_capture_on_commit_callbacks(execute=True):
        assert "thrown away" in said(act(kenya, first, "discard"))
    assert not first.lines.exists() and len(list(folder.iterdir())) == 1
    with pytest.raises(UploadEnded):
        discard_upload(upload=first, by=focal_point)
    RoundUpload.objects.update(received_at=timezone.now() - timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        assert discard_old_uploads() == 1
    second.refresh_from_db()
    assert (second.state, second.ended_by, list(folder.iterdir())) == (RoundUploadState.DISCARDED, None, [])


def test_what_is_withdrawn_for_confidentiality_goes_out_of_files_too(
    kenya: Client, submission: Submission, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    data = filled(download(kenya), {"2014": {"value": 777.25}, "2015": {"value": "777.25 persons"}})
    act(kenya, given(kenya, data), "apply_all")
    waiting = given(kenya, data)
    cell = Cell.objects.get(period__code="2014")
    key = (submission.dataset_id, cell.series_id, submission.area_id, cell.period_id, cell.breakdown_id)
    with django_capture_on_commit_callbacks(execute=True):
        erase_cells(Trace(key, versions=1, first=0, unit_id=cell.unit_id, notes=(), spellings=("777.25",)))
    assert not RoundUploadLine.objects.exists()
    waiting.refresh_from_db()
    assert waiting.state == RoundUploadState.DISCARDED and not waiting.path.exists()
    assert kenya.get(f"{UPLOAD}{waiting.pk}/").status_code == 200


@pytest.mark.parametrize("name", ["nothing at all", "a picture", "a workbook of external entities", "gzip of gzip"])
def test_hostile_files_are_refused_on_the_page_and_nothing_is_kept(
    name: str, kenya: Client, submission: Submission, folder: Path
) -> None:
    answer = give(kenya, FILES[name]())
    assert answer.status_code == 400
    assert answer.context["problem"] or answer.context["form"].errors
    assert not RoundUpload.objects.exists() and not (folder.exists() and list(folder.iterdir()))


def test_a_file_that_is_too_large_or_was_cut_off_is_said_to_be(
    kenya: Client, submission: Submission, settings: Any
) -> None:
    settings.TEMPLATE_LIMIT = settings.EVIDENCE_LIMIT = 1000
    assert "larger than may be uploaded" in str(give(kenya, bytes(2000)).context["form"].errors)
    assert "broke off" in str(kenya.post(UPLOAD, {}).context["form"].errors)
    assert not RoundUpload.objects.exists()


def test_other_people_find_nothing(
    kenya: Client, submission: Submission, validator: Any, reviewer: Any, outsider: Any, sign_in: Any
) -> None:
    upload = given(kenya, download(kenya))
    addresses = [f"{MY}/template.xlsx", f"{MY}/template.csv", UPLOAD, f"{UPLOAD}{upload.pk}/"]
    uganda = accounts.make_account("lead_focal_point", area="UGA")

    def answers(client: Client) -> list[int]:
        found = [client.get(address) for address in addresses]
        for answer in found:
            content_of(answer)
        return [answer.status_code for answer in found]

    for person in (reviewer, outsider, uganda):
        assert answers(sign_in(person)) == [404] * 4
        assert sign_in(person).post(addresses[3], {"deed": "apply_all"}).status_code == 404
    assert answers(sign_in(validator)) == [200, 200, 403, 403]
    assert answers(Client()) == [302] * 4
    assert kenya.get(f"{MY}/upload/{upload.pk + 1}/").status_code == 404
    assert kenya.get("/my/KEN/none/upload/").status_code == 404
    assert kenya.get("/my/UGA/2026/template.xlsx").status_code == 404


def test_an_upload_of_a_round_is_none_of_another(kenya: Client, submission: Submission) -> None:
    upload = given(kenya, download(kenya))
    make_round("2027")
    assert kenya.get(f"/my/KEN/2027/upload/{upload.pk}/").status_code == 404


def test_the_pages_take_as_many_queries_however_many_rows(kenya: Client, submission: Submission) -> None:
    def counts() -> list[int]:
        found = []
        upload = given(kenya, filled(download(kenya), {"2015": {"value": 5}}))
        for address in (f"{MY}/template.xlsx", UPLOAD, f"{UPLOAD}{upload.pk}/", f"{UPLOAD}{upload.pk}/?show=unchanged"):
            with CaptureQueriesContext(connection) as queries:
                answer = kenya.get(address)
                assert answer.status_code == 200
            content_of(answer)
            found.append(len(queries))
        act(kenya, upload, "discard")
        return found

    RoundItem.objects.update(breakdowns=["_T", "SEX=F"])
    few = counts()
    RoundItem.objects.update(first_year=1950, last_year=2020, breakdowns=["_T", "SEX=F", "SEX=M", "AGE=Y0T4"])
    assert counts() == few
    assert max(few) <= 35


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_save_once(kenya: Client, submission: Submission, focal_point: Any) -> None:
    upload = given(kenya, filled(download(kenya), {"2015": {"value": 5}, "2016": {"value": 6}}))
    found: list[Any] = []

    def press() -> None:
        try:
            found.append(apply_upload(upload=upload, seen=1, by=focal_point))
        except UploadEnded as ended:
            found.append(ended)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(str(one) for one in found) == ["", "2"]
    assert CellVersion.objects.count() == 3
