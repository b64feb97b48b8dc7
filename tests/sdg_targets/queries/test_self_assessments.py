"""What is public of a country's forms: counts and scores when published, single answers only where it agreed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from idm.accounts.models import User
from sdg_targets.actions import deciding, publishing, submissions
from sdg_targets.actions.confidentiality import withdraw_confidential
from sdg_targets.domain.answers import Evidence, EvidenceKind, Said
from sdg_targets.models import Area, Observation, Revision, Submission
from sdg_targets.queries.known_context import known_context
from sdg_targets.queries.self_assessments import assessments_of
from sdg_targets.queries.submissions import fingerprint
from tests.factories.questionnaires import answer, asked_submission, benchmark
from tests.factories.submissions import accept_all

pytestmark = pytest.mark.django_db
LINK = (Evidence(EvidenceKind.POLICY, "Policy <b>2020</b>", "https://example.org/p"),)


def publish(submission: Submission, by: User, reviewer: User) -> Submission:
    submission = submissions.submit(submission=submission, by=by)
    accept_all(submission, reviewer)
    submission = deciding.approve(submission=submission, by=reviewer, seen_sha256=fingerprint(submission))
    return publishing.publish(submission=submission, by=reviewer)


@pytest.fixture
def submission(focal_point: User) -> Submission:
    made = asked_submission(focal_point)
    answer(
        made,
        focal_point,
        a1=Said("ALL", "canary note", LINK, consent=True),
        a2=Said("SOME", "", (Evidence(EvidenceKind.LAW, "canary law"),)),
        b1="YES",
        b2="NO",
    )
    return made


@pytest.fixture
def published(submission: Submission, focal_point: User, reviewer: User) -> Submission:
    return publish(submission, focal_point, reviewer)


def kenya() -> Area:
    return Area.objects.get(code="KEN")


def page(query: str = "") -> str:
    return str(Client().get(f"/countries/KEN/{query}").content.decode())


@pytest.mark.parametrize("step", ["draft", "submitted", "approved"])
def test_nothing_is_public_before_it_is_published(
    submission: Submission, focal_point: User, reviewer: User, step: str
) -> None:
    if step != "draft":
        submission = submissions.submit(submission=submission, by=focal_point)
    if step == "approved":
        accept_all(submission, reviewer)
        deciding.approve(submission=submission, by=reviewer, seen_sha256=fingerprint(submission))
    assert assessments_of(kenya()) == []
    html = page()
    assert "canary" not in html and "self-assessment" not in html and "Policy" not in html


def test_published_are_score_class_and_counts_and_only_what_was_agreed_to(published: Submission) -> None:
    (found,) = assessments_of(kenya())
    assert [(str(n), [(str(w), t) for w, t in counts], none) for n, counts, none in found.counted] == [
        ("Section A", [("All", 1), ("Some", 1), ("No", 0)], 0)
    ]
    assert [(str(name), [row.code for row in rows]) for name, rows in found.agreed] == [("Section A", ["a1"])]
    html = page()
    text = " ".join(strip_tags(html).split())
    assert "Questionnaire policies: self-assessment" in text and "not the custodians’ figure" in text
    assert "62.5%" in text and "Class 2" in text
    assert "Question a1: All" in text and "Question a2" not in text and "Question b1" not in text
    assert "canary" not in html and "Policy &lt;b&gt;2020" in html and 'rel="external nofollow noreferrer"' in html


def test_the_past_is_as_it_was_known(published: Submission, focal_point: User, reviewer: User) -> None:
    first = Revision.objects.latest_number()
    again = submissions.reopen(submission=published, by=focal_point, reason="error", note="a1 was wrong.")
    answer(again, focal_point, a1="NO", a2="NO", b1="YES", b2="NO")
    publish(again, focal_point, reviewer)
    scores = {
        moment: [str(each.sheet.overall.published) for each in assessments_of(kenya(), known=known_context(moment))]
        for moment in ("", str(first), "0")
    }
    assert scores == {"": ["25"], str(first): ["62.5"], "0": []}
    assert "62.5%" in page(f"?as_of={first}") and "62.5%" not in page()


def test_a_form_of_which_a_figure_was_withdrawn_is_not_shown(published: Submission) -> None:
    told = Observation.objects.current().with_names().get(series__code="SCORE", breakdown__key="_T")
    withdraw_confidential(observation=told, by=None, reason="disclosed")
    assert assessments_of(kenya()) == [] and "self-assessment" not in page()


def test_of_a_benchmark_answers_are_read_and_nothing_is_added_up(focal_point: User, reviewer: User) -> None:
    submission = asked_submission(focal_point, benchmark())
    year = str(submission.round.opens_on.year)
    answer(
        submission, focal_point, instrument="city-governance", period=year, s1="PLANNED", p1=Said("NONE", consent=True)
    )
    publish(submission, focal_point, reviewer)
    text = " ".join(strip_tags(page()).split())
    assert "no total" in text and "nobody is ranked" in text
    assert "Question p1: None" in text and "Question s1" not in text
    before = known_context("0")
    assert assessments_of(kenya(), known=before) == []


def test_forms_stand_by_year_and_cost_the_same_queries_each(
    published: Submission, focal_point: User, reviewer: User, django_assert_max_num_queries: Any
) -> None:
    published.round.items.update(first_year=2020, last_year=2024)
    again = submissions.reopen(submission=published, by=focal_point, reason="routine", note="Earlier years.")
    for year in ("2020", "2022"):
        answer(again, focal_point, period=year, a1="ALL")
    publish(again, focal_point, reviewer)
    with django_assert_max_num_queries(2 + 3 * 7):
        found = assessments_of(kenya(), instrument="policies")
    assert [each.sheet.period for each in found] == ["2024", "2022", "2020"]
    assert assessments_of(kenya(), instrument="other") == []


def test_the_team_sees_what_was_published_before(
    published: Submission, focal_point: User, sign_in: Callable[[User], Client]
) -> None:
    html = sign_in(focal_point).get("/my/KEN/questions/questionnaires/policies/2024/").content.decode()
    assert "Published before" in html and "62.5%" in html
