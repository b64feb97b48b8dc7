"""The reviewers' queue: what is in it, in which order, and what is counted."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sdg_targets.actions.comments import comment
from sdg_targets.actions.deciding import return_submission
from sdg_targets.models import Mandate, RoundArea, Submission
from sdg_targets.queries.review_queue import choices_of, desk_sees, queue
from tests.factories import make_area
from tests.factories.submissions import accept_all, enter, handed_in, make_round, make_submission

pytestmark = pytest.mark.django_db


def test_the_earliest_due_comes_first_and_drafts_are_not_in_it(
    focal_point: Any, reviewer: Any, lead_focal_point: Any, django_assert_num_queries: Any
) -> None:
    asked = make_round(areas=("KEN", "UGA"))
    Mandate.objects.filter(user=lead_focal_point).update(area=make_area("UGA"))
    kenya = handed_in(focal_point, "1", "2", of_round=asked)
    uganda = handed_in(lead_focal_point, "1", of_round=asked, area="UGA")
    RoundArea.objects.filter(area__code="UGA").update(due_on=asked.due_on - timedelta(days=5))
    Submission.objects.filter(pk=kenya.pk).update(submitted_at=timezone.now() - timedelta(days=3))
    draft = make_submission(focal_point, of_round=make_round("other"))
    enter(draft, focal_point)
    with django_assert_num_queries(1):
        found = queue(Submission.objects.at_desk(), now=timezone.now())
    assert [row.submission for row in found] == [uganda, kenya]
    assert [row.due_on for row in found] == [asked.due_on - timedelta(days=5), asked.due_on]
    assert [(row.days, row.filled, row.left) for row in found] == [(0, 1, 1), (3, 2, 2)]
    assert draft not in desk_sees(reviewer)


def test_questions_and_marks_are_counted_apart(focal_point: Any, reviewer: Any) -> None:
    submission = handed_in(focal_point, "1", "2", "3")
    accept_all(submission, reviewer)
    cell = submission.cells.first()
    for text in ("Why?", "And how?"):
        comment(submission=submission, by=reviewer, text=text, cell=cell)
    comment(submission=submission, by=reviewer, text="Among us.", internal=True)
    comment(submission=submission, by=focal_point, text="So.")
    (row,) = queue(Submission.objects.at_desk(), now=timezone.now())
    assert (row.filled, row.accepted, row.queried, row.questions) == (3, 3, 0, 2)


def test_what_a_country_does_after_a_return_is_not_counted(focal_point: Any, reviewer: Any) -> None:
    submission = return_submission(submission=handed_in(focal_point, "1"), by=reviewer, note="Look again.")
    enter(submission, focal_point, "2", of="2015")
    (row,) = queue(Submission.objects.at_desk(), now=timezone.now())
    assert (row.filled, row.left) == (0, 0)


def test_only_what_is_in_the_queue_is_offered(focal_point: Any, reviewer: Any) -> None:
    handed_in(focal_point)
    make_area("FRA")
    make_round("empty")
    choices = choices_of(desk_sees(reviewer), "en")
    assert [area.code for area in choices.areas] == ["KEN"]
    assert [each.code for each in choices.rounds] == ["2026"]
    assert choices.counts == {"submitted": 1, "approved": 0, "returned": 0, "published": 0}


def test_nobody_else_has_a_queue(focal_point: Any, outsider: Any, administrator: Any) -> None:
    handed_in(focal_point)
    for person in (focal_point, outsider, administrator):
        assert not desk_sees(person).exists()
