"""Early access: by name, until the publication, and every look is written down."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from sdg_targets.actions import deciding, publishing
from sdg_targets.actions.early_access import end_early_access, grant_early_access, look_early
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.models import EarlyAccess, EarlyLook
from sdg_targets.queries.early_access import early_readers, open_early
from tests.factories.submissions import approved, handed_in

pytestmark = pytest.mark.django_db


def test_each_look_is_written_down_and_shown_to_the_desk(focal_point: Any, reviewer: Any, outsider: Any) -> None:
    submission = approved(focal_point, reviewer)
    grant_early_access(submission=submission, user=outsider, by=reviewer)
    grant_early_access(submission=submission, user=outsider, by=reviewer)
    assert [access.submission for access in open_early(outsider)] == [submission]
    look_early(submission=submission, by=outsider)
    look_early(submission=submission, by=outsider)
    (reader,) = early_readers(submission)
    assert (reader.access.user, reader.looks) == (outsider, 2)
    assert submission.events.filter(step="early_access").count() == 1
    with pytest.raises(IntegrityError, match="neither changed nor deleted"), transaction.atomic():
        EarlyLook.objects.all()._raw_delete("default")


def test_who_is_not_on_the_list_sees_nothing(focal_point: Any, reviewer: Any, outsider: Any) -> None:
    submission = approved(focal_point, reviewer)
    for person in (outsider, focal_point, reviewer):
        with pytest.raises(PermissionDenied):
            look_early(submission=submission, by=person)
    assert not EarlyLook.objects.exists()


def test_it_ends_with_the_publication_or_when_it_is_taken_away(focal_point: Any, reviewer: Any, outsider: Any) -> None:
    submission = approved(focal_point, reviewer)
    access = grant_early_access(submission=submission, user=outsider, by=reviewer)
    end_early_access(access=access, by=reviewer)
    end_early_access(access=access, by=reviewer)
    with pytest.raises(PermissionDenied):
        look_early(submission=submission, by=outsider)
    grant_early_access(submission=submission, user=outsider, by=reviewer)
    look_early(submission=submission, by=outsider)
    deciding.unapprove(submission=submission, by=reviewer, note="A doubt.")
    with pytest.raises(PermissionDenied):
        look_early(submission=submission, by=outsider)
    assert EarlyAccess.objects.count() == 2


def test_after_the_publication_nothing_is_early(focal_point: Any, reviewer: Any, outsider: Any) -> None:
    submission = approved(focal_point, reviewer)
    grant_early_access(submission=submission, user=outsider, by=reviewer)
    publishing.publish(submission=submission, by=reviewer)
    assert open_early(outsider) == []
    with pytest.raises(PermissionDenied):
        look_early(submission=submission, by=outsider)


def test_it_is_given_by_the_desk_and_only_to_what_is_accepted(focal_point: Any, reviewer: Any, outsider: Any) -> None:
    submission = handed_in(focal_point)
    with pytest.raises(StepRefused, match="accepted and not published"):
        grant_early_access(submission=submission, user=outsider, by=reviewer)
    with pytest.raises(PermissionDenied):
        grant_early_access(submission=submission, user=outsider, by=focal_point)
    outsider.is_active = False
    done = approved(focal_point, reviewer, of=submission)
    with pytest.raises(StepRefused, match="may not sign in"):
        grant_early_access(submission=done, user=outsider, by=reviewer)
