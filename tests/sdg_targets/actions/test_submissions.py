"""From draft to publication: each step is taken by whom it may be, from where it may begin, once, and is written down."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from sdg_targets.actions import comments, deciding, publishing, submissions
from sdg_targets.actions.confidentiality import withdraw_confidential
from sdg_targets.actions.stepping import StepRefused, SubmissionMoved
from sdg_targets.models import (
    CellVersion,
    Comment,
    Event,
    Latest,
    Mandate,
    Mark,
    Observation,
    ReportingCountry,
    Revision,
    RevisionReason,
    Submission,
)
from sdg_targets.queries.due import due_for
from sdg_targets.queries.submissions import countries_of, fingerprint, progress_of, visible_to
from tests.factories import accounts, make_area
from tests.factories.submissions import accept_all, enter, make_round, make_submission

pytestmark = pytest.mark.django_db


def submitted(focal_point: Any, *values: str) -> Submission:
    submission = make_submission(focal_point)
    for year, value in enumerate(values or ("8.4",), start=2014):
        enter(submission, focal_point, value, of=str(year))
    return submissions.submit(submission=submission, by=focal_point)


def approved(focal_point: Any, reviewer: Any, *values: str) -> Submission:
    submission = submitted(focal_point, *values)
    accept_all(submission, reviewer)
    return deciding.approve(submission=submission, by=reviewer, seen_sha256=fingerprint(submission))


def test_a_figure_goes_all_the_way_and_stands_in_the_country_s_own_dataset(focal_point: Any, reviewer: Any) -> None:
    submission = submitted(focal_point, "8.4")
    (cell,) = submission.cells.all()
    deciding.mark_cells(submission=submission, seen={cell.pk: cell.version}, mark=Mark.QUERIED, by=reviewer)
    comments.comment(submission=submission, cell=cell, text="Is this the third quarter?", by=reviewer)
    submission = deciding.return_submission(submission=submission, by=reviewer, note="One question.")
    enter(submission, focal_point, "8.45")
    comments.comment(submission=submission, answers=Comment.objects.get(), text="Yes; corrected.", by=focal_point)
    submission = submissions.submit(submission=submission, by=focal_point)
    accept_all(submission, reviewer)
    submission = deciding.approve(submission=submission, by=reviewer, seen_sha256=fingerprint(submission))
    submission = publishing.publish(submission=submission, by=reviewer, note="First national figure.")

    figure = Observation.objects.current().get(period__code="2015")
    assert str(figure.value) == "8.45"
    assert (figure.dataset.code, figure.nature, figure.source.text) == ("national:KEN", "C", "National survey")
    assert figure.known_from == submission.revision_id == Revision.objects.latest_number()
    assert Latest.objects.filter(dataset=figure.dataset, area__code="KEN").exists()
    steps = list(submission.events.values_list("step", "by__email"))
    by, desk = focal_point.email, reviewer.email
    assert steps == [
        ("open", by), ("submit", by), ("return", desk), ("submit", by), ("approve", desk), ("publish", desk),
    ]  # fmt: skip
    assert submission.events.last().facts == {"new": 2, "revised": 0, "unchanged": 0, "sha256": fingerprint(submission)}


def test_events_are_neither_changed_nor_deleted(focal_point: Any) -> None:
    make_submission(focal_point)
    with pytest.raises(IntegrityError, match="neither changed nor deleted"), transaction.atomic():
        Event.objects.update(note="otherwise")
    with pytest.raises(IntegrityError, match="neither changed nor deleted"), transaction.atomic():
        Event.objects.all().delete()
    assert Event.objects.update(told_at=timezone.now()) == 1


def test_opening_twice_gives_the_same_and_only_what_is_asked_is_opened(focal_point: Any) -> None:
    of_round = make_round(areas=("KEN",))
    first = make_submission(focal_point, of_round=of_round)
    assert make_submission(focal_point, of_round=of_round) == first
    other = accounts.make_account("lead_focal_point", area="UGA")
    with pytest.raises(StepRefused, match="asks nothing of Uganda"):
        make_submission(other, area="UGA", of_round=of_round)
    with pytest.raises(PermissionDenied):
        make_submission(other, of_round=of_round)
    early = make_round("later", opens_on=timezone.localdate() + timedelta(days=5))
    with pytest.raises(StepRefused, match="not open"):
        make_submission(focal_point, of_round=early)


def test_nothing_is_submitted_empty_or_with_a_value_that_cannot_be_read(focal_point: Any) -> None:
    submission = make_submission(focal_point)
    with pytest.raises(StepRefused, match="nothing in it"):
        submissions.submit(submission=submission, by=focal_point)
    enter(submission, focal_point, None, typed="about 8")
    with pytest.raises(StepRefused, match="cannot be read"):
        submissions.submit(submission=submission, by=focal_point)


def test_where_the_statistics_office_validates_nobody_submits_what_it_did_not(focal_point: Any, validator: Any) -> None:
    submission = make_submission(focal_point)
    enter(submission, focal_point)
    with pytest.raises(StepRefused, match="not possible"):
        submissions.validate(submission=submission, by=validator)
    ReportingCountry.objects.create(area=submission.area, validates_first=True)
    with pytest.raises(StepRefused, match="not possible"):
        submissions.submit(submission=submission, by=focal_point)
    with pytest.raises(PermissionDenied):
        submissions.validate(submission=submission, by=focal_point)
    submissions.validate(submission=submission, by=validator)
    with pytest.raises(StepRefused, match="Say why"):
        submissions.send_back(submission=submission, by=validator, note=" ")
    submissions.send_back(submission=submission, by=validator, note="Cite the survey.")
    submissions.validate(submission=submission, by=validator)
    assert submissions.submit(submission=submission, by=validator).state == "submitted"


def test_who_entered_a_value_neither_marks_nor_accepts_nor_publishes(focal_point: Any) -> None:
    submission = submitted(focal_point)
    Mandate.objects.create(user=focal_point, role="reviewer")
    with pytest.raises(StepRefused, match="somebody else"):
        accept_all(submission, focal_point)
    submission.cells.update(mark=Mark.ACCEPTED, marked_version=1)
    with pytest.raises(StepRefused, match="somebody else"):
        deciding.approve(submission=submission, by=focal_point, seen_sha256=fingerprint(submission))


def test_a_superuser_who_entered_a_value_does_not_accept_it_either(administrator: Any, focal_point: Any) -> None:
    administrator.is_superuser = True
    submission = make_submission(focal_point)
    enter(submission, administrator)
    submissions.submit(submission=submission, by=focal_point)
    with pytest.raises(StepRefused, match="somebody else"):
        accept_all(submission, administrator)


def test_approval_needs_every_value_accepted_as_it_was_seen(focal_point: Any, reviewer: Any) -> None:
    submission = submitted(focal_point, "1", "2")
    seen = fingerprint(submission)
    with pytest.raises(StepRefused, match="2 of the values"):
        deciding.approve(submission=submission, by=reviewer, seen_sha256=seen)
    submissions.recall(submission=submission, by=focal_point)
    enter(submission, focal_point, "3")
    submissions.submit(submission=submission, by=focal_point)
    accept_all(submission, reviewer)
    with pytest.raises(SubmissionMoved):
        deciding.approve(submission=submission, by=reviewer, seen_sha256=seen)
    (first, _second) = submission.cells.order_by("pk")
    with pytest.raises(SubmissionMoved):
        deciding.mark_cells(submission=submission, seen={first.pk: first.version + 1}, mark=Mark.ACCEPTED, by=reviewer)


def test_nobody_takes_a_step_of_the_other_side_or_from_the_wrong_state(focal_point: Any, reviewer: Any) -> None:
    submission = submitted(focal_point)
    for deed in (deciding.return_submission, submissions.recall):
        with pytest.raises(PermissionDenied):
            deed(submission=submission, by=reviewer if deed is submissions.recall else focal_point, note="x")
    with pytest.raises(PermissionDenied):
        publishing.publish(submission=submission, by=focal_point)
    with pytest.raises(StepRefused, match="not possible"):
        publishing.publish(submission=submission, by=reviewer)
    with pytest.raises(StepRefused, match="Say why"):
        deciding.return_submission(submission=submission, by=reviewer, note="")


def test_the_same_step_asked_for_twice_is_one_and_an_old_page_is_told(focal_point: Any) -> None:
    submission, key = make_submission(focal_point), uuid.uuid4()
    enter(submission, focal_point)
    looked_at = submission.version
    submissions.submit(submission=submission, by=focal_point, seen=looked_at, key=key)
    submissions.submit(submission=submission, by=focal_point, seen=looked_at, key=key)
    assert Event.objects.filter(step="submit").count() == 1
    with pytest.raises(SubmissionMoved):
        submissions.recall(submission=submission, by=focal_point, seen=looked_at)


def test_a_value_that_breaks_a_rule_stops_the_publication_and_nothing_is_written(
    focal_point: Any, reviewer: Any
) -> None:
    submission = approved(focal_point, reviewer, "8.4", "9.4")
    submission.cells.filter(period__code="2015").update(lower_bound=20)
    before = Revision.objects.latest_number()
    with pytest.raises(StepRefused, match="SI_RMT_COST 2015 _T"):
        publishing.publish(submission=submission, by=reviewer)
    assert Submission.objects.get().state == "approved"
    assert Revision.objects.latest_number() == before
    assert not Observation.objects.exists()


def test_a_set_time_publishes_then_and_not_before(focal_point: Any, reviewer: Any) -> None:
    submission = approved(focal_point, reviewer)
    with pytest.raises(StepRefused, match="past"):
        publishing.set_publication(submission=submission, by=reviewer, at=timezone.now())
    publishing.set_publication(submission=submission, by=reviewer, at=timezone.now() + timedelta(hours=1), note="Hello")
    assert publishing.publish_due() == []
    assert not Observation.objects.exists()
    Submission.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    (done,) = publishing.publish_due()
    assert done.state == "published"
    assert Revision.objects.get().by == reviewer
    assert publishing.publish_due() == []
    assert Observation.objects.current().count() == 1


def test_what_can_no_longer_be_published_at_its_time_says_why_and_waits(focal_point: Any, reviewer: Any) -> None:
    submission = approved(focal_point, reviewer)
    publishing.set_publication(submission=submission, by=reviewer, at=timezone.now() + timedelta(hours=1))
    submission.cells.update(lower_bound=20)
    Submission.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    (left,) = publishing.publish_due()
    assert (left.state, left.publish_at) == ("approved", None)
    assert left.events.last().step == "not_published"
    assert "V" in left.events.last().note


def test_an_acceptance_that_is_taken_back_forgets_its_time(focal_point: Any, reviewer: Any) -> None:
    submission = approved(focal_point, reviewer)
    publishing.set_publication(submission=submission, by=reviewer, at=timezone.now() + timedelta(hours=1))
    back = deciding.unapprove(submission=submission, by=reviewer, note="A doubt.")
    assert (back.state, back.publish_at) == ("submitted", None)


def test_reopening_makes_a_revision_with_its_reason(focal_point: Any, reviewer: Any) -> None:
    old = publishing.publish(submission=approved(focal_point, reviewer, "8.4"), by=reviewer)
    with pytest.raises(StepRefused, match="Open it again"):
        make_submission(focal_point, of_round=old.round)
    with pytest.raises(StepRefused, match="choose a reason"):
        submissions.reopen(submission=old, by=focal_point, reason="error", note="")
    new = submissions.reopen(submission=old, by=focal_point, reason=RevisionReason.ERROR, note="A slip.")
    assert submissions.reopen(submission=old, by=focal_point, reason=RevisionReason.ERROR, note="A slip.") == new
    enter(new, focal_point, "8.5", of="2014")
    with pytest.raises(
        StepRefused, match=r"1 finding has to be put right .* 8.4 is published here and would become 8.5"
    ):
        submissions.submit(submission=new, by=focal_point)
    enter(new, focal_point, "8.5", of="2014", explanation="A corridor was counted twice.")
    new = submissions.submit(submission=new, by=focal_point)
    accept_all(new, reviewer)
    new = deciding.approve(submission=new, by=reviewer, seen_sha256=fingerprint(new))
    new = publishing.publish(submission=new, by=reviewer)
    assert new.revision.reason == "error"
    assert new.revises == old
    values = Observation.objects.order_by("known_from").values_list("value", flat=True)
    assert [str(value) for value in values] == ["8.4", "8.5"]


def test_what_changes_nothing_is_published_without_a_revision(focal_point: Any, reviewer: Any) -> None:
    old = publishing.publish(submission=approved(focal_point, reviewer, "8.4"), by=reviewer)
    new = submissions.reopen(submission=old, by=focal_point, reason="routine", note="Confirmed.")
    enter(new, focal_point, "8.40", of="2014")
    new = submissions.submit(submission=new, by=focal_point)
    accept_all(new, reviewer)
    new = deciding.approve(submission=new, by=reviewer, seen_sha256=fingerprint(new))
    new = publishing.publish(submission=new, by=reviewer)
    assert (new.state, new.revision) == ("published", None)
    assert Revision.objects.count() == 1


def test_drafts_are_the_country_s_own_and_the_desk_sees_what_was_handed_in(focal_point: Any, reviewer: Any) -> None:
    submission = make_submission(focal_point)
    enter(submission, focal_point)
    other = accounts.make_account("lead_focal_point", area="UGA")
    outsider = accounts.make_account(None)
    assert list(visible_to(focal_point)) == [submission]
    for person in (reviewer, other, outsider):
        assert not visible_to(person).exists()
    submissions.submit(submission=submission, by=focal_point)
    assert list(visible_to(reviewer)) == [submission]
    assert not visible_to(other).exists()
    assert countries_of(focal_point) == [submission.area]
    assert countries_of(reviewer) == []


def test_a_regional_desk_sees_the_countries_of_its_region(focal_point: Any) -> None:
    submission = submitted(focal_point)
    africa = make_area("002")
    kenya = submission.area
    kenya.parent = africa
    kenya.save()
    desk, far = accounts.make_account("reviewer"), accounts.make_account("importer")
    Mandate.objects.filter(user=desk).update(area=africa)
    Mandate.objects.create(user=far, role="reviewer", area=make_area("142"))
    assert list(visible_to(desk)) == [submission]
    assert not visible_to(far).exists()
    accept_all(submission, desk)
    with pytest.raises(PermissionDenied):
        accept_all(submission, far)


def test_what_was_withdrawn_for_confidentiality_leaves_the_submission_too(focal_point: Any, reviewer: Any) -> None:
    submission = publishing.publish(submission=approved(focal_point, reviewer, "8.4", "9.1"), by=reviewer)
    cell = submission.cells.get(period__code="2014")
    Comment.objects.create(submission=submission, cell=cell, cell_version=1, text="8.4 is high", by=reviewer)
    withdraw_confidential(observation=Observation.objects.get(period__code="2014"), by=reviewer, reason="Few people.")
    left = CellVersion.objects.filter(cell=cell).values_list("typed", "value", "source")
    assert set(left) == {("", None, "")}
    assert "8.4" not in Comment.objects.get().text
    assert CellVersion.objects.get(cell__period__code="2015").typed == "9.1"


def test_comments_are_of_either_side_and_of_nobody_else(focal_point: Any, reviewer: Any, outsider: Any) -> None:
    submission = make_submission(focal_point)
    with pytest.raises(PermissionDenied):
        comments.comment(submission=submission, by=reviewer, text="Early")
    enter(submission, focal_point)
    submissions.submit(submission=submission, by=focal_point)
    assert comments.comment(submission=submission, by=reviewer, text="Why?").from_desk
    assert not comments.comment(submission=submission, by=focal_point, text="So.").from_desk
    with pytest.raises(PermissionDenied):
        comments.comment(submission=submission, by=outsider, text="Me too")
    with pytest.raises(StepRefused):
        comments.comment(submission=submission, by=reviewer, text="  ")
    said = Comment.objects.first()
    assert said is not None
    comments.settle(comment=said, by=focal_point)
    assert Comment.objects.get(pk=said.pk).settled_by == focal_point


def test_what_is_due_is_counted_for_a_country(focal_point: Any, django_assert_num_queries: Any) -> None:
    submission = make_submission(focal_point)
    enter(submission, focal_point, of="2014")
    with django_assert_num_queries(4):
        (due,) = due_for(submission.area, today=timezone.localdate())
    assert (due.asked, due.filled, due.submission, due.days_left, due.is_overdue) == (3, 1, submission, 30, False)
    assert due_for(make_area("UGA"), today=timezone.localdate()) == []
    assert progress_of(submission).open == 1
