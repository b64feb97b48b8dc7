"""Questionnaires by API: the same answers, permissions and refusals as on the page."""

from typing import Any

import pytest

from sdg_targets.actions import deciding, submissions
from sdg_targets.domain.answers import Said
from sdg_targets.models import Answer, Submission
from tests.factories.questionnaires import answer, asked_submission
from tests.sdg_targets.api.test_submissions import Api

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(focal_point: Any) -> Submission:
    return asked_submission(focal_point)


@pytest.fixture
def country(submission: Submission, focal_point: Any, sign_in: Any) -> Api:
    return Api(sign_in(focal_point))


def form(submission: Submission) -> str:
    return f"{submission.pk}/questionnaires/policies/2024/"


def test_it_is_read_answered_and_scored(country: Api, submission: Submission) -> None:
    (row,) = country.get(f"{submission.pk}/questionnaires/")["data"]
    assert (row["instrument"], row["period"], row["score"]["questions"], row["score"]["answered"]) == (
        "policies", "2024", 4, 0,
    )  # fmt: skip
    law = {"kind": "law", "title": "Immigration Act"}
    answers = [
        {"question": "a1", "option": "SOME", "note": "See section 5", "evidence": [law], "consent": True},
        {"question": "b1", "option": "YES"},
    ]
    done = country.post(form(submission), {"answers": answers})
    assert (done["changed"], done["score"]["value"], done["score"]["class_value"]) == (2, "37.5", 1)
    assert done["needs_footnote"] is True
    first = done["sections"][0]
    assert (first["score"]["formula"], first["lead"]) == ("(0.5 + 0) ÷ 2 × 100 = 25", "Does it, in A?")
    a1 = first["questions"][0]
    assert a1["evidence"] == [law | {"url": ""}] and [o["weight"] for o in a1["options"]] == ["1", "0.5", "0"]
    assert (a1["option"], a1["consent"], a1["seen"], a1["last_time"]) == ("SOME", True, 1, None)
    assert country.get(form(submission)) == {name: value for name, value in done.items() if name != "changed"}
    assert country.post(form(submission), {"answers": answers})["changed"] == 0


def test_a_clash_carries_what_stands_and_nothing_is_written(
    country: Api, submission: Submission, lead_focal_point: Any
) -> None:
    answer(submission, lead_focal_point, a1=Said("ALL", "By the Act."))
    body = {"answers": [{"question": "a1", "option": "NO"}, {"question": "a2", "option": "NO"}]}
    told = country.post(form(submission), body, 409)
    assert told["conflicts"][0]["by"] == "lead focal point"
    assert (told["conflicts"][0]["stands"]["option"], told["conflicts"][0]["stands"]["seen"]) == ("ALL", 1)
    assert Answer.objects.count() == 1
    body["answers"][0]["seen"] = 1
    assert country.post(form(submission), body)["changed"] == 2


@pytest.mark.parametrize(
    ("answers", "member"),
    [
        ([{"option": "ALL"}], "answers.0.question"),
        ([{"question": "a1", "seen": -1}], "answers.0.seen"),
        ([{"question": "a1", "evidence": [{"kind": "rumour", "title": "x"}]}], "answers.0.evidence.0.kind"),
        ([{"question": "a1", "evidence": [{"kind": "link", "title": "x"}]}], "answers.0"),
        ([{"question": "a1"}, {"question": "a1"}], "answers.1.question"),
        ([{"question": "z9", "option": "ALL"}], "answers"),
        ([{"question": "a1", "option": "YES"}], "answers"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    country: Api, submission: Submission, answers: Any, member: str
) -> None:
    told = country.post(form(submission), {"answers": answers}, 400)
    assert told["errors"][0]["member"] == member
    assert not Answer.objects.exists()


def test_what_is_not_asked_is_not_there(country: Api, submission: Submission) -> None:
    for path in ("policies/2023/", "other/2024/"):
        country.get(f"{submission.pk}/questionnaires/{path}", 404)
        country.post(f"{submission.pk}/questionnaires/{path}", {"answers": [{"question": "a1"}]}, 404)


def test_the_desk_sees_what_was_handed_in(
    country: Api, submission: Submission, focal_point: Any, reviewer: Any, sign_in: Any
) -> None:
    desk = Api(sign_in(reviewer))
    answer(submission, focal_point, a1="ALL")
    desk.get(form(submission), 404)
    submissions.submit(submission=submission, by=focal_point)
    country.post(form(submission), {"answers": [{"question": "a1", "option": "NO", "seen": 1}]}, 409)
    deciding.return_submission(submission=submission, by=reviewer, note="Look again.")
    country.post(form(submission), {"answers": [{"question": "a1", "option": "NO", "seen": 1}]})
    assert desk.get(form(submission))["sections"][0]["questions"][0]["option"] == "ALL"
    desk.post(form(submission), {"answers": [{"question": "a1", "option": "NO", "seen": 1}]}, 403)
