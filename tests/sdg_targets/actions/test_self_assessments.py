"""From answers to published figures: computed when the form is handed in, accepted, published, never typed."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from sdg_targets.actions import deciding, publishing, submissions
from sdg_targets.actions.answers import answer_as_before
from sdg_targets.actions.stepping import StepRefused, SubmissionMoved
from sdg_targets.domain.answers import Evidence, EvidenceKind, Said
from sdg_targets.models import Answer, Cell, Observation, Response, RoundArea, RoundItem, Series, Submission
from sdg_targets.queries.due import due_for
from sdg_targets.queries.filled_templates import known_of
from sdg_targets.queries.findings import findings_in
from sdg_targets.queries.questionnaires import asked_for, sheet_of
from sdg_targets.queries.round_templates import template_rows
from sdg_targets.queries.submissions import fingerprint
from tests.factories import make_area, make_series
from tests.factories.questionnaires import answer, asked_submission, benchmark, scored
from tests.factories.submissions import accept_all, enter

pytestmark = pytest.mark.django_db
LAW = (Evidence(EvidenceKind.LAW, "Immigration Act"),)


@pytest.fixture
def submission(focal_point: Any) -> Submission:
    return asked_submission(focal_point)


def published(submission: Submission, by: Any, reviewer: Any) -> Submission:
    submission = submissions.submit(submission=submission, by=by)
    accept_all(submission, reviewer)
    submission = deciding.approve(submission=submission, by=reviewer, seen_sha256=fingerprint(submission))
    return publishing.publish(submission=submission, by=reviewer)


def figures() -> dict[tuple[str, str], str]:
    rows = Observation.objects.current().with_names()
    return {(row.series.code, row.breakdown.key): str(row.value) for row in rows}


def cells(submission: Submission) -> dict[tuple[str, str], Decimal | None]:
    return {(c.series.code, c.breakdown.key): c.value for c in submission.cells.filled().with_names()}


def test_the_class_and_the_score_are_published_with_what_they_are_made_of(
    submission: Submission, focal_point: Any, reviewer: Any
) -> None:
    answer(submission, focal_point, a1="ALL", a2="SOME", b1="YES", b2="NO")
    done = published(submission, focal_point, reviewer)
    assert done.state == "published" and done.revision is not None
    assert figures() == {
        ("CLASS", "_T"): "2", ("CLASS", "POLICY=X"): "2", ("SCORE", "_T"): "62.5", ("SCORE", "POLICY=X"): "75",
    }  # fmt: skip
    score = Observation.objects.current().get(series__code="SCORE", breakdown__key="_T")
    assert (score.numerator, score.denominator, score.period.code, score.dataset) == (
        Decimal("2.5"), 4, "2024", submission.dataset,
    )  # fmt: skip
    assert score.source.text == "Self-assessment: answers of the Government to the questionnaire policies (2021)"
    assert score.footnote is None and score.nature == "C"


def test_from_a_quarter_unanswered_on_the_footnote_stands_with_each_figure(
    submission: Submission, focal_point: Any, reviewer: Any
) -> None:
    answer(submission, focal_point, a1="ALL", a2="ALL", b1="YES")
    published(submission, focal_point, reviewer)
    assert figures()["SCORE", "_T"] == "75"
    assert {row.footnote.text for row in Observation.objects.current().with_names()} == {"Much is unanswered."}


def test_a_form_without_an_answer_has_no_score(submission: Submission, focal_point: Any) -> None:
    answer(submission, focal_point, a1=Said(note="To be looked up."))
    with pytest.raises(StepRefused, match="There is nothing in it"):
        submissions.submit(submission=submission, by=focal_point)
    assert not Cell.objects.exists()


def test_what_was_computed_follows_the_answers_and_goes_with_them(submission: Submission, focal_point: Any) -> None:
    answer(submission, focal_point, a1="ALL")
    submissions.submit(submission=submission, by=focal_point)
    assert cells(submission)["SCORE", "_T"] == 25
    submissions.recall(submission=submission, by=focal_point)
    answer(submission, focal_point, a1="SOME", seen=1)
    submissions.submit(submission=submission, by=focal_point)
    assert cells(submission)["SCORE", "_T"] == Decimal("12.5")
    cell = Cell.objects.get(series__code="SCORE", breakdown__key="_T")
    assert [(v.version, v.way, v.by) for v in cell.versions.all()] == [(1, "computed", None), (2, "computed", None)]
    submissions.recall(submission=submission, by=focal_point)
    answer(submission, focal_point, a1=Said(), seen=2)
    with pytest.raises(StepRefused, match="There is nothing in it"):
        submissions.submit(submission=submission, by=focal_point)


@pytest.mark.parametrize("code", ["CLASS", "SCORE"])
def test_nobody_types_a_computed_series(submission: Submission, focal_point: Any, code: str) -> None:
    with pytest.raises(StepRefused, match=f"{code} is computed from the answers"):
        enter(submission, focal_point, "3", of="2024", series=Series.objects.get(code=code))
    assert not Cell.objects.exists()


def test_templates_and_counts_leave_out_what_is_computed(submission: Submission, focal_point: Any) -> None:
    RoundItem.objects.create(
        round=submission.round, series=make_series("TYPED"), breakdowns=["_T"], first_year=2024, last_year=2024
    )
    rows = template_rows(submission.round, submission.area, submission)
    assert [row.series for row in rows] == ["TYPED"]
    assert set(known_of(submission).series) == {"TYPED"}
    answer(submission, focal_point, a1="ALL")
    submissions.submit(submission=submission, by=focal_point)
    (due,) = due_for(submission.area, today=timezone.localdate())
    assert (due.asked, due.filled, submission.cells.filled().count()) == (1, 0, 4)


def test_what_is_computed_passes_every_check_or_explains_itself(submission: Submission, focal_point: Any) -> None:
    answer(submission, focal_point, a1="ALL", a2="SOME", b1="YES")
    submissions.submit(submission=submission, by=focal_point)
    cells = list(submission.cells.with_names())
    found = [each for told in findings_in(submission, cells).values() for each in told]
    assert [each for each in found if each.strength == "error" or not each.is_explained] == []


def test_whoever_answered_does_not_accept(submission: Submission, focal_point: Any) -> None:
    answer(submission, focal_point, a1="ALL")
    done = submissions.submit(submission=submission, by=focal_point)
    focal_point.is_superuser = True
    focal_point.save()
    with pytest.raises(StepRefused, match="somebody else has to decide"):
        deciding.approve(submission=done, by=focal_point, seen_sha256=fingerprint(done))


def test_an_answer_that_changed_under_an_equal_score_is_not_accepted_unseen(
    submission: Submission, focal_point: Any, reviewer: Any
) -> None:
    answer(submission, focal_point, a1="ALL", a2="NO")
    submissions.submit(submission=submission, by=focal_point)
    seen = fingerprint(submission)
    submissions.recall(submission=submission, by=focal_point)
    answer(submission, focal_point, a1="NO", a2="ALL", seen=1)
    submissions.submit(submission=submission, by=focal_point)
    accept_all(submission, reviewer)
    with pytest.raises(SubmissionMoved):
        deciding.approve(submission=submission, by=reviewer, seen_sha256=seen)


def test_reviewers_see_a_returned_form_as_it_was_handed_in(
    submission: Submission, focal_point: Any, reviewer: Any
) -> None:
    answer(submission, focal_point, a1="ALL", a2="NO")
    submissions.submit(submission=submission, by=focal_point)
    deciding.return_submission(submission=submission, by=reviewer, note="Look at a1.")
    answer(submission, focal_point, a1="NO", seen=1)
    answer(submission, focal_point, b1="YES")
    submission.refresh_from_db()
    asked = asked_for(submission, "policies", "2024")
    assert asked is not None
    desk, team = sheet_of(submission, asked, for_desk=True), sheet_of(submission, asked)
    assert [row.said.option for part in desk.parts for row in part.rows] == ["ALL", "NO", None, None]
    assert [row.said.option for part in team.parts for row in part.rows] == ["NO", "NO", "YES", None]


def test_a_benchmark_is_published_without_any_figure(focal_point: Any, reviewer: Any) -> None:
    submission = asked_submission(focal_point, benchmark())
    year = str(submission.round.opens_on.year)
    answer(submission, focal_point, instrument="city-governance", period=year, s1="PLANNED")
    done = published(submission, focal_point, reviewer)
    assert (done.state, done.revision) == ("published", None)
    assert not Observation.objects.exists() and Response.objects.published().count() == 1


def test_as_last_time_takes_answers_notes_and_evidence_but_no_consent(
    submission: Submission, focal_point: Any, reviewer: Any
) -> None:
    answer(submission, focal_point, a1=Said("ALL", "Section 5.", LAW, consent=True), b1="YES")
    done = published(submission, focal_point, reviewer)
    again = submissions.reopen(submission=done, by=focal_point, reason="error", note="One answer was wrong.")
    answer(again, focal_point, b1="NO")
    where = {"submission": again, "instrument": "policies", "period": "2024", "by": focal_point}
    assert (answer_as_before(**where), answer_as_before(**where)) == (1, 0)
    kept = Answer.objects.get(response__submission=again, question__code="a1")
    assert kept.said == Said("ALL", "Section 5.", LAW, consent=False)
    asked = asked_for(again, "policies", "2024")
    assert asked is not None
    sheet = sheet_of(again, asked)
    b1, a2 = sheet.find("b1"), sheet.find("a2")
    assert b1 is not None and a2 is not None
    before = b1.before
    assert before is not None and (str(before.word), before.period, a2.before and a2.before.word) == (
        "Yes",
        "2024",
        None,
    )
    published(again, focal_point, reviewer)
    assert figures()["SCORE", "_T"] == "25"


def test_what_another_country_answered_is_no_last_time(submission: Submission, focal_point: Any, reviewer: Any) -> None:
    answer(submission, focal_point, a1="ALL")
    published(submission, focal_point, reviewer)
    RoundArea.objects.create(round=submission.round, area=make_area("UGA"))
    uganda = submissions.open_submission(round=submission.round, area=make_area("UGA"), by=None)
    asked = asked_for(uganda, "policies", "2024")
    assert asked is not None
    sheet = sheet_of(uganda, asked)
    assert sheet.before == "" and all(row.before is None for part in sheet.parts for row in part.rows)


def test_a_newer_wording_is_used_from_its_first_day_on(focal_point: Any) -> None:
    first = scored(valid_to="2023-12-31")
    newer = scored(code="2024", valid_from="2024-01-01")
    submission = asked_submission(focal_point, first, newer)
    submission.round.items.update(first_year=2023, last_year=2024)
    found = [asked_for(submission, "policies", year) for year in ("2022", "2023", "2024")]
    assert [asked and asked.version.code for asked in found] == [None, "2021", "2024"]
