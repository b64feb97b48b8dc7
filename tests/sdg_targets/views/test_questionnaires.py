"""The page of a questionnaire: plain forms, the script's own sending, clashes, what is locked, and who sees what."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from idm.accounts.models import User
from sdg_targets.actions import deciding, submissions
from sdg_targets.actions.evidence import attach_link
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.domain.answers import Evidence, EvidenceKind, Said
from sdg_targets.models import Answer, EvidenceItem, Submission
from tests.factories import make_area
from tests.factories.accounts import make_account
from tests.factories.questionnaires import answer, asked_submission, benchmark
from tests.factories.submissions import make_round, make_submission

pytestmark = pytest.mark.django_db
LIST = "/my/KEN/questions/questionnaires/"
PAGE = f"{LIST}policies/2024/"


@pytest.fixture
def submission(focal_point: User) -> Submission:
    return asked_submission(focal_point)


@pytest.fixture
def client(focal_point: User, submission: Submission, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(focal_point)


def sent(code: str, option: str = "", *, seen: int = 0, note: str = "", **more: Any) -> dict[str, Any]:
    """The fields of one question, as a browser sends them."""
    fields = {"option": option, "seen": seen, "note": note, "kind": ["law"], "title": [""], "url": [""]} | more
    return {f"{code}-{name}": value for name, value in fields.items()}


def scripted(client: Client, fields: dict[str, Any]) -> Any:
    return client.post(PAGE, fields, headers={"Accept": "application/json"})


def said() -> dict[str, tuple[str | None, int]]:
    rows = Answer.objects.with_names()
    return {row.question.code: (row.option.code if row.option else None, row.version) for row in rows}


def test_the_page_shows_questions_score_formula_and_what_is_unanswered(client: Client, submission: Submission) -> None:
    answer(submission, None, a1="ALL", b1="YES", b2="YES")
    html = client.get(PAGE).content.decode()
    assert "Question a1" in html and "Does it, in A?" in html
    assert "(1 + 2) ÷ 4 × 100 = 75" in html and "(1 + 0) ÷ 2 × 100 = 50" in html
    assert "Class 2" in html and "3 of 4 answered; 25% without an answer" in html
    assert "Much is unanswered." in html
    assert 'value="ALL" checked' in html and "Not answered here before" in html


def test_one_section_at_a_time_or_all(client: Client) -> None:
    assert client.get(PAGE).content.count(b"data-questionnaire") == 2
    one = client.get(f"{PAGE}?section=B").content.decode()
    assert one.count("data-questionnaire") == 1 and "Question a1" not in one and "Question b1" in one
    assert client.get(f"{PAGE}?section=none&saved=x").content.count(b"data-questionnaire") == 2


def test_a_section_is_saved_as_a_plain_form_and_leads_to_the_next(client: Client) -> None:
    fields = sent("a1", "ALL", note="Section 5") | sent("a2") | {"next": "B"}
    response = client.post(f"{PAGE}?section=A", fields)
    assert (response.status_code, response.headers["Location"]) == (302, f"{PAGE}?saved=1&section=B")
    assert said() == {"a1": ("ALL", 1)}
    assert "1 answer was saved." in client.get(response.headers["Location"]).content.decode()


def test_evidence_note_and_consent_are_kept_and_shown_again(client: Client) -> None:
    evidence = {"kind": ["law", "link"], "title": ["Immigration Act <2011>", ""], "url": ["", "https://example.org/a"]}
    client.post(PAGE, sent("a1", "ALL", note="To be checked", consent="on", **evidence))
    assert Answer.objects.get().said == Said(
        "ALL",
        "To be checked",
        (
            Evidence(EvidenceKind.LAW, "Immigration Act <2011>"),
            Evidence(EvidenceKind.LINK, "", "https://example.org/a"),
        ),
        consent=True,
    )
    html = client.get(PAGE).content.decode()
    assert 'value="Immigration Act &lt;2011&gt;"' in html and 'name="a1-consent" checked' in html
    assert "Evidence and note (3)" in html and html.count('name="a1-title"') == 3


def test_a_file_hangs_on_its_answer_for_the_team_and_the_desk_and_is_not_published(
    client: Client, submission: Submission, focal_point: User, settings: Any, tmp_path: Path
) -> None:
    settings.UPLOADS = tmp_path
    client.post(PAGE, sent("a1", "ALL"))
    pk = Answer.objects.get().pk
    html = client.get(PAGE).content.decode()
    assert f"/my/KEN/questions/evidence/?answer={pk}" in html and html.count("Attach a file") == 1
    assert "Question a1" in client.get(f"/my/KEN/questions/evidence/?answer={pk}").content.decode()
    given = {"file": SimpleUploadedFile("act.pdf", b"%PDF-1.7 act"), "whole": "1", "title": "The Act"}
    assert client.post(f"/my/KEN/questions/evidence/?answer={pk}", given).status_code == 302
    html = client.get(PAGE).content.decode()
    assert "The Act" in html and "Evidence and note (1)" in html
    assert EvidenceItem.objects.get().answer_id == pk
    for wrong in (pk + 1, "x", "9" * 30):
        assert client.get(f"/my/KEN/questions/evidence/?answer={wrong}").status_code == 404
    other = make_submission(focal_point)
    with pytest.raises(StepRefused, match="belongs to another submission"):
        attach_link(submission=other, url="https://example.org", by=focal_point, answer=Answer.objects.get())


def test_what_cannot_be_kept_is_said_at_its_place_and_the_rest_is_saved(client: Client) -> None:
    wrong = sent("a1", "ALL", title=["My link"], kind=["link"])
    response = client.post(PAGE, wrong | sent("a2", "NO"))
    html = response.content.decode()
    assert response.status_code == 409 and "A link needs an address." in html
    assert 'value="My link"' in html and 'value="ALL" checked' in html
    assert said() == {"a2": ("NO", 1)}
    reply = scripted(client, wrong).json()
    assert (
        reply["answers"]["a1"]["fault"] == "A link needs an address." and reply["answers"]["a1"]["stands"]["seen"] == 0
    )


def test_the_script_is_told_what_stands_and_the_new_score(client: Client) -> None:
    reply = scripted(client, sent("a1", "SOME")).json()
    assert reply["answers"]["a1"]["stands"] == {
        "option": "SOME", "note": "", "evidence": [], "consent": False, "seen": 1,
    }  # fmt: skip
    assert "12.5%" in reply["panel"] and "(0.5 + 0) ÷ 2 × 100 = 25" in reply["sections"]["A"]
    again = scripted(client, sent("a1", "SOME")).json()
    assert again["answers"]["a1"]["stands"]["seen"] == 1 and said() == {"a1": ("SOME", 1)}


def test_two_people_one_answer_the_second_sees_both_and_chooses(
    client: Client, submission: Submission, lead_focal_point: User
) -> None:
    answer(submission, lead_focal_point, a1=Said("ALL", "By the Act."))
    reply = scripted(client, sent("a1", "NO")).json()["answers"]["a1"]
    assert "lead focal point answered a1" in reply["clash"] and "By the Act." in reply["clash"]
    assert (reply["stands"]["option"], reply["stands"]["seen"]) == ("ALL", 1)
    shown = client.post(PAGE, sent("a1", "NO"))
    html = shown.content.decode()
    assert shown.status_code == 409 and "lead focal point answered it in the meantime" in html
    assert 'name="a1-seen" value="1"' in html and 'value="NO" checked' in html
    assert said() == {"a1": ("ALL", 1)}
    assert client.post(PAGE, sent("a1", "NO", seen=1)).status_code == 302
    assert said() == {"a1": ("NO", 2)}


@pytest.mark.parametrize("fields", [sent("z9", "ALL"), sent("a1", "YES")])
def test_what_the_questionnaire_does_not_have_is_refused(client: Client, fields: dict[str, Any]) -> None:
    assert scripted(client, fields).status_code == 409
    shown = client.post(PAGE, fields)
    assert shown.status_code == 409 and "Nothing was saved" in shown.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 12, "٣"])
def test_a_version_that_is_no_number_was_none(client: Client, seen: str) -> None:
    assert scripted(client, sent("a1", "ALL") | {"a1-seen": seen}).status_code == 200


def test_what_is_handed_in_is_read_only_and_says_why(client: Client, submission: Submission, focal_point: User) -> None:
    answer(submission, focal_point, a1="ALL")
    submissions.submit(submission=submission, by=focal_point)
    html = client.get(PAGE).content.decode()
    assert "Nothing can be changed here" in html and "With the reviewers." in html
    assert html.count("<fieldset") == html.count(" disabled>") == 4 and "questionnaire.js" not in html
    assert scripted(client, sent("a1", "NO", seen=1)).status_code == 409
    shown = client.post(PAGE, sent("a1", "NO", seen=1))
    assert shown.status_code == 409 and 'value="NO" checked' in shown.content.decode()
    assert client.post(f"{PAGE}as-before/").status_code == 409


def test_reviewers_see_what_was_handed_in_and_never_a_draft(
    submission: Submission, focal_point: User, reviewer: User, sign_in: Callable[[User], Client]
) -> None:
    desk = sign_in(reviewer)
    answer(submission, focal_point, a1=Said("ALL", "canary"))
    assert desk.get(PAGE).status_code == desk.get(LIST).status_code == 404
    submissions.submit(submission=submission, by=focal_point)
    assert "canary" in desk.get(PAGE).content.decode()
    deciding.return_submission(submission=submission, by=reviewer, note="Look again.")
    answer(submission, focal_point, a1=Said("NO", "canary of a draft"), seen=1)
    html = desk.get(PAGE).content.decode()
    assert "canary of a draft" not in html and 'value="ALL" checked' in html
    assert desk.post(PAGE, sent("a2", "NO")).status_code == 403


def test_the_first_answer_opens_the_submission(focal_point: User, sign_in: Callable[[User], Client]) -> None:
    asked_submission(focal_point)
    made = make_round("2028", series=(Submission.objects.get().round.items.get().series,))
    made.items.update(first_year=2028, last_year=2028)
    client, address = sign_in(focal_point), "/my/KEN/2028/questionnaires/policies/2028/"
    assert client.get(address).status_code == 200
    assert Submission.objects.count() == 1
    assert client.post(address, sent("a1", "ALL")).status_code == 302
    assert Submission.objects.get(round=made).responses.count() == 1


def test_of_a_round_that_was_not_opened_others_see_nothing(
    focal_point: User, sign_in: Callable[[User], Client]
) -> None:
    asked_submission(focal_point)
    make_round("2028", series=(Submission.objects.get().round.items.get().series,))
    make_area("UGA")
    stranger = sign_in(make_account("lead_focal_point", area="UGA"))
    assert stranger.get("/my/KEN/2028/questionnaires/").status_code == 404


def test_a_round_that_has_not_begun_and_one_that_asks_nothing_are_not_there(client: Client) -> None:
    for address in (
        "/my/KEN/other/questionnaires/", "/my/KEN/questions/questionnaires/policies/2023/",
        "/my/KEN/questions/questionnaires/none/2024/", "/my/ZZZ/questions/questionnaires/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_the_list_says_how_far_each_is(client: Client, submission: Submission) -> None:
    answer(submission, None, a1="ALL")
    html = client.get(LIST).content.decode()
    assert "Questionnaire policies, 2024" in html and "1 of 4 answered" in html


def test_a_benchmark_has_neither_score_nor_class(focal_point: User, sign_in: Callable[[User], Client]) -> None:
    submission = asked_submission(focal_point, benchmark())
    year = submission.round.opens_on.year
    html = sign_in(focal_point).get(f"{LIST}city-governance/{year}/").content.decode()
    assert "0 of 3 answered" in html and "Score, as answered now" not in html and 'class="score ' not in html


def test_in_french_the_questions_are_marked_as_a_translation(client: Client) -> None:
    html = client.get(f"/fr{PAGE}").content.decode()
    assert "Question a1 (fr)" in html
    english = client.get(PAGE).content.decode()
    assert "unofficial translation" not in english
