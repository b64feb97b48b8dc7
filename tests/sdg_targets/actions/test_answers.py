"""Answers are saved against the version that was seen: none lost, every clash told, every version kept."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from sdg_targets.actions import submissions
from sdg_targets.actions.answers import answer_as_before
from sdg_targets.actions.instruments import close_version
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.domain.answers import Evidence, EvidenceKind, Said
from sdg_targets.domain.questionnaires import AnswerError
from sdg_targets.models import Answer, AnswerVersion, Option, Question, Response, Submission
from tests.factories import make_area
from tests.factories.accounts import make_account
from tests.factories.questionnaires import answer, asked_submission, benchmark

pytestmark = pytest.mark.django_db
LAW = Evidence(EvidenceKind.LAW, "Immigration Act")


@pytest.fixture
def submission(focal_point: Any) -> Submission:
    return asked_submission(focal_point)


def history(question: str) -> list[tuple[int, str | None, str]]:
    versions = AnswerVersion.objects.filter(answer__question__code=question).order_by("version")
    return [(v.version, v.option.code if v.option else None, v.by.name if v.by else "") for v in versions]


def test_an_answer_is_saved_changed_and_cleared_and_every_version_is_kept(
    submission: Submission, focal_point: Any
) -> None:
    answer(submission, focal_point, a1=Said("ALL", "See section 5.", (LAW,), consent=True))
    answer(submission, focal_point, a1="SOME", seen=1)
    saved = answer(submission, focal_point, a1=Said(), seen=2)
    assert saved["a1"].answer is not None and saved["a1"].answer.version == 3
    assert history("a1") == [(1, "ALL", "focal point"), (2, "SOME", "focal point"), (3, None, "focal point")]
    first = AnswerVersion.objects.get(version=1)
    assert first.said == Said("ALL", "See section 5.", (LAW,), consent=True)
    assert Answer.objects.get().said == Said()


def test_consent_is_no_unless_it_was_given(submission: Submission, focal_point: Any) -> None:
    answer(submission, focal_point, a1="ALL")
    assert Answer.objects.get().consent is False


def test_the_second_of_two_is_told_and_nothing_is_overwritten(
    submission: Submission, focal_point: Any, lead_focal_point: Any
) -> None:
    answer(submission, focal_point, a1="ALL")
    answer(submission, lead_focal_point, a1="NO", seen=1)
    saved = answer(submission, focal_point, a1="SOME", a2="NO", seen=1)
    assert saved["a1"].clashed and saved["a1"].answer is not None
    assert (saved["a1"].answer.option.code, saved["a1"].answer.changed_by) == ("NO", lead_focal_point)
    assert saved["a2"].clashed is True and saved["a2"].answer is None
    saved = answer(submission, focal_point, a1="SOME", seen=2)
    assert not saved["a1"].clashed
    assert [option for _version, option, _by in history("a1")] == ["ALL", "NO", "SOME"]


def test_the_same_twice_is_one_and_so_is_what_both_said(
    submission: Submission, focal_point: Any, lead_focal_point: Any
) -> None:
    for person, seen in ((focal_point, 0), (focal_point, 0), (lead_focal_point, 0)):
        saved = answer(submission, person, a1="ALL", seen=seen)
        assert not saved["a1"].clashed
    assert history("a1") == [(1, "ALL", "focal point")]


def test_nothing_said_to_a_new_question_makes_no_answer(submission: Submission, focal_point: Any) -> None:
    saved = answer(submission, focal_point, a1=Said())
    assert saved["a1"].answer is None and not Answer.objects.exists()


@pytest.mark.parametrize("wrong", [{"z9": "YES"}, {"a1": "YES"}, {"b1": "SOME"}])
def test_what_the_questionnaire_does_not_have_is_refused_and_nothing_is_written(
    submission: Submission, focal_point: Any, wrong: dict[str, str]
) -> None:
    with pytest.raises(AnswerError):
        answer(submission, focal_point, a2="ALL", **wrong)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("where", [{"period": "2023"}, {"period": "nonsense"}, {"instrument": "other"}])
def test_what_is_not_asked_cannot_be_answered(submission: Submission, focal_point: Any, where: dict[str, str]) -> None:
    with pytest.raises(StepRefused, match="is not asked for"):
        answer(submission, focal_point, a1="ALL", **where)
    assert not Response.objects.exists()


@pytest.mark.parametrize("role", ["focal_point", "validator", "reviewer", "catalogue_editor", "administrator", None])
def test_nobody_else_answers_for_a_country(submission: Submission, role: str | None) -> None:
    stranger = make_account(role, area="KEN" if role == "validator" else "UGA") if role != "focal_point" else None
    other = stranger or _of_uganda()
    with pytest.raises(PermissionDenied):
        answer(submission, other, a1="ALL")
    with pytest.raises(PermissionDenied):
        answer_as_before(submission=submission, instrument="policies", period="2024", by=other)


def _of_uganda() -> Any:
    make_area("UGA")
    return make_account("lead_focal_point", area="UGA")


def test_what_was_handed_in_is_not_changed(submission: Submission, focal_point: Any) -> None:
    answer(submission, focal_point, a1="ALL")
    submissions.submit(submission=submission, by=focal_point)
    with pytest.raises(StepRefused, match="Nothing can be changed"):
        answer(submission, focal_point, a1="NO", seen=1)


def test_a_questionnaire_that_was_answered_stays_open_as_it_is(
    submission: Submission, focal_point: Any, catalogue_editor: Any
) -> None:
    answer(submission, focal_point, a1="ALL")
    with pytest.raises(IntegrityError, match="copy it"), transaction.atomic():
        close_version(Response.objects.get().version, by=catalogue_editor)


def test_a_benchmark_without_series_is_asked_for_the_year_of_the_round(focal_point: Any) -> None:
    submission = asked_submission(focal_point, benchmark())
    year = str(submission.round.opens_on.year)
    saved = answer(submission, focal_point, instrument="city-governance", period=year, s1="PLANNED")
    assert saved["s1"].changed


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("update sdg_targets_answerversion set note = 'otherwise'", "answer_version_is_kept"),
        ("delete from sdg_targets_answerversion", "answer_version_is_kept"),
        ("update sdg_targets_answer set question_id = {other}", "answer_fits_its_question"),
        ("update sdg_targets_answer set option_id = {option}", "answer_fits_its_question"),
        ("update sdg_targets_instrumentversion set is_open = false", "answered_questionnaire_stays_open"),
    ],
)
def test_the_database_keeps_answers(submission: Submission, focal_point: Any, statement: str, constraint: str) -> None:
    answer(submission, focal_point, a1="ALL")
    keys = {
        "other": Question.objects.get(code="b1").pk,
        "option": Option.objects.get(question__code="a2", code="NO").pk,
    }
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(**keys))
    assert refused.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]
