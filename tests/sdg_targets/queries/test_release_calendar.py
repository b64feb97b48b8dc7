"""The release calendar: what has a set time, and what was published; nothing else, and never a value."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sdg_targets.actions.publishing import publish, set_publication
from sdg_targets.models import Release, Revision
from sdg_targets.queries.release_calendar import coming, past
from tests.factories.submissions import approved, handed_in

pytestmark = pytest.mark.django_db


def test_only_what_has_a_set_time_is_coming(focal_point: Any, reviewer: Any) -> None:
    submission = handed_in(focal_point, "8.4")
    assert coming() == []
    submission = approved(focal_point, reviewer, of=submission)
    assert coming() == []
    at = timezone.now() + timedelta(days=1)
    set_publication(submission=submission, by=reviewer, at=at, note="Known then")
    (entry,) = coming()
    assert (entry.title, entry.at, entry.note, entry.revision) == ("Kenya: Round 2026", at, "", None)
    assert past() == []


def test_what_was_published_stands_with_its_note_and_releases_by_name(focal_point: Any, reviewer: Any) -> None:
    publish(submission=approved(focal_point, reviewer, "8.4"), by=reviewer, note="First figures.")
    Release.objects.create(name="2026-11", revision=Revision.objects.get(), created_at=timezone.now())
    Release.objects.create(name="2027-01", due_at=timezone.now() + timedelta(days=60))
    assert [entry.title for entry in coming()] == ["2027-01"]
    assert {(entry.title, entry.note) for entry in past()} == {
        ("Kenya: Round 2026", "First figures."),
        ("2026-11", ""),
    }
