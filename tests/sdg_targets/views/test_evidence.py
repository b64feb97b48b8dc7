"""Evidence: attached by the country's team, read by those who may see the submission, as a download and nothing else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sdg_targets.actions import deciding, submissions
from sdg_targets.actions.confidentiality import withdraw_confidential
from sdg_targets.actions.evidence import attach_file, attach_link, remove_evidence
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.domain.rows import FileProblem
from sdg_targets.models import EvidenceItem, Observation, Submission
from tests.factories import accounts, observe
from tests.factories.submissions import enter, make_submission

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 a report"
AT = "/my/KEN/2026/evidence/"


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, settings: Any) -> Path:
    settings.UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def submission(focal_point: Any) -> Submission:
    made = make_submission(focal_point)
    enter(made, focal_point)
    return made


def status_of(client: Client, item: EvidenceItem) -> int:
    """How a download is answered, read to its end."""
    answer = client.get(f"/evidence/{item.pk}/")
    if answer.streaming:
        assert b"".join(answer.streaming_content) == PDF
    return int(answer.status_code)


def give(client: Client, content: bytes = PDF, name: str = "../../Rapport.exe", **more: Any) -> Any:
    return client.post(AT, {"file": SimpleUploadedFile(name, content), "whole": "1", "title": "Report"} | more)


def test_a_file_is_kept_outside_the_web_root_and_given_back_as_a_download(
    sign_in: Any, focal_point: Any, submission: Submission, uploads: Path
) -> None:
    client = sign_in(focal_point)
    assert give(client).status_code == 302
    item = EvidenceItem.objects.get()
    assert item.path.parent == uploads / "evidence"
    assert (item.file_name, item.media_type, item.path.read_bytes()) == ("Rapport.exe", "application/pdf", PDF)
    answer = client.get(f"/evidence/{item.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="Rapport.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    page = client.get(AT).content.decode()
    assert "Report" in page and f"/evidence/{item.pk}/" in page


@pytest.mark.parametrize("content", [b"", b"<html>", b"MZ\x90\x00", b"\0" * 10])
def test_what_is_no_document_is_refused_and_nothing_is_kept(
    sign_in: Any, focal_point: Any, submission: Submission, uploads: Path, content: bytes
) -> None:
    answer = give(sign_in(focal_point), content)
    assert answer.status_code == 422
    assert not EvidenceItem.objects.exists()
    assert not [path for path in uploads.rglob("*") if path.is_file()]


def test_either_a_file_or_a_link_and_a_link_is_of_the_web(
    sign_in: Any, focal_point: Any, submission: Submission
) -> None:
    client = sign_in(focal_point)
    assert client.post(AT, {"whole": "1"}).status_code == 422
    assert give(client, url="https://example.org/").status_code == 422
    for bad in ("javascript:alert(1)", "ftp://example.org/x", "https://", "file:///etc/passwd"):
        assert client.post(AT, {"whole": "1", "url": bad}).status_code == 422
    assert client.post(AT, {"whole": "1", "url": "https://example.org/survey"}).status_code == 302
    assert EvidenceItem.objects.get().url == "https://example.org/survey"


def test_only_those_who_see_the_submission_get_the_file(
    sign_in: Any, focal_point: Any, reviewer: Any, submission: Submission
) -> None:
    item = attach_file([PDF], submission=submission, file_name="a.pdf", by=focal_point)
    stranger = accounts.make_account("lead_focal_point", area="UGA")
    for person in (stranger, reviewer, accounts.make_account(None)):
        assert status_of(sign_in(person), item) == 404
        assert sign_in(person).get(AT).status_code == 404
        assert sign_in(person).post(f"/evidence/{item.pk}/remove/").status_code == 404
    assert Client().get(f"/evidence/{item.pk}/").status_code == 302
    submissions.submit(submission=submission, by=focal_point)
    assert status_of(sign_in(reviewer), item) == 200
    assert status_of(sign_in(stranger), item) == 404
    assert sign_in(focal_point).get(f"/evidence/{item.pk + 99}/").status_code == 404


def test_what_is_added_after_a_return_is_not_seen_before_it_is_handed_in(
    sign_in: Any, focal_point: Any, reviewer: Any, submission: Submission
) -> None:
    submissions.submit(submission=submission, by=focal_point)
    deciding.return_submission(submission=submission, by=reviewer, note="Send the report.")
    item = attach_file([PDF], submission=submission, file_name="a.pdf", by=focal_point)
    desk = sign_in(reviewer)
    assert status_of(desk, item) == 404
    submissions.submit(submission=submission, by=focal_point)
    assert status_of(desk, item) == 200


def test_nothing_is_attached_or_removed_while_the_desk_has_it(focal_point: Any, submission: Submission) -> None:
    item = attach_link(submission=submission, url="https://example.org/", by=focal_point)
    submissions.submit(submission=submission, by=focal_point)
    with pytest.raises(StepRefused, match="“Submitted”"):
        attach_link(submission=submission, url="https://example.org/", by=focal_point)
    with pytest.raises(StepRefused):
        remove_evidence(item=item, by=focal_point)


def test_a_letter_may_come_from_who_validates(validator: Any, focal_point: Any, submission: Submission) -> None:
    attach_file([PDF], submission=submission, file_name="letter.pdf", by=validator, purpose="letter")
    with pytest.raises(PermissionDenied):
        attach_file([PDF], submission=submission, file_name="a.pdf", by=validator)


def test_a_removed_file_is_gone_and_that_it_was_there_stays(
    sign_in: Any, focal_point: Any, submission: Submission, django_capture_on_commit_callbacks: Any
) -> None:
    item = attach_file([PDF], submission=submission, file_name="a.pdf", by=focal_point)
    client = sign_in(focal_point)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/evidence/{item.pk}/remove/").status_code == 302
    assert not item.path.exists()
    item.refresh_from_db()
    assert (item.removed_by, bool(item.sha256)) == (focal_point, True)
    assert status_of(client, item) == 404
    assert [event.step for event in submission.events.all()] == ["open", "attach", "remove"]


def test_a_submission_holds_so_much_and_no_more(focal_point: Any, submission: Submission, settings: Any) -> None:
    settings.EVIDENCE_LIMIT, settings.EVIDENCE_TOTAL = 20, 30
    with pytest.raises(FileProblem):
        attach_file([PDF + b" " * 20], submission=submission, file_name="a.pdf", by=focal_point)
    attach_file([PDF], submission=submission, file_name="a.pdf", by=focal_point)
    with pytest.raises(FileProblem):
        attach_file([PDF], submission=submission, file_name="b.pdf", by=focal_point)
    assert EvidenceItem.objects.count() == 1


def test_evidence_of_a_value_that_was_withdrawn_goes_with_it(
    focal_point: Any, reviewer: Any, submission: Submission, django_capture_on_commit_callbacks: Any
) -> None:
    cell = submission.cells.get()
    item = attach_file([PDF], submission=submission, file_name="secret.pdf", by=focal_point, cell=cell, title="Secret")
    observe("KEN", "2015", "8.4")
    Observation.objects.update(dataset=submission.dataset)
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        withdraw_confidential(observation=Observation.objects.get(), by=reviewer, reason="Few people.")
    assert any("unlink" in str(callback) for callback in callbacks)
    item.refresh_from_db()
    assert item.removed_at is not None
    assert "ecret" not in item.title + item.file_name
