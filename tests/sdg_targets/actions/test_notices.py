"""Notices: each person concerned is written to once, in their language, with a link and never with a value."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from sdg_targets.actions import deciding, submissions
from sdg_targets.actions.notices import TOLD, make_notices, make_reminders, send_notices
from sdg_targets.domain.workflow import Step
from sdg_targets.models import Event, Mandate, Notice, RoundArea
from tests.factories import accounts, make_area
from tests.factories.submissions import enter, make_round, make_submission

pytestmark = pytest.mark.django_db

CANARY = "8417.25"


def written() -> list[tuple[str, str]]:
    """Send everything that waits; returns to whom, with which subject."""
    make_notices()
    send_notices()
    found = [(message.to[0], message.subject) for message in mail.outbox]
    assert all(CANARY not in message.body + message.subject for message in mail.outbox)
    mail.outbox.clear()
    return found


def test_every_step_of_the_table_is_told_of() -> None:
    assert {str(step) for step in Step} <= set(TOLD)


def test_each_side_is_told_of_what_the_other_did(
    focal_point: Any, lead_focal_point: Any, reviewer: Any, settings: Any
) -> None:
    settings.SITE_ADDRESS = "https://example.org"
    stranger = accounts.make_account("lead_focal_point", area="UGA")
    lead_focal_point.language = "fr"
    lead_focal_point.save()
    submission = make_submission(focal_point)
    enter(submission, focal_point, CANARY, note=CANARY, explanation="It is only tried here.")
    submissions.submit(submission=submission, by=focal_point)
    assert written() == [(reviewer.email, "Kenya, Round 2026: Submitted")]
    deciding.return_submission(submission=submission, by=reviewer, note=f"Is {CANARY} right?")
    make_notices()
    send_notices()
    bodies = {message.to[0]: message for message in mail.outbox}
    assert set(bodies) == {focal_point.email, lead_focal_point.email}
    assert stranger.email not in bodies
    assert "The reviewers returned the submission with comments." in bodies[focal_point.email].body
    assert "https://example.org/my/KEN/2026/" in bodies[focal_point.email].body
    assert bodies[lead_focal_point.email].subject == "Kenya, Round 2026 : Renvoyée"
    assert "Les vérificateurs ont renvoyé" in bodies[lead_focal_point.email].body
    assert CANARY not in str([message.body for message in mail.outbox])


def test_nobody_is_written_to_twice_and_nobody_about_their_own_deed(focal_point: Any, reviewer: Any) -> None:
    submission = make_submission(focal_point)
    enter(submission, focal_point)
    submissions.submit(submission=submission, by=focal_point)
    assert len(written()) == 1
    assert written() == []
    assert not Event.objects.waiting().exists()


def test_a_mail_server_that_is_away_delays_and_loses_nothing(
    focal_point: Any, reviewer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = make_submission(focal_point)
    enter(submission, focal_point)
    submissions.submit(submission=submission, by=focal_point)
    make_notices()
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", _no_server)
        assert send_notices() == 0
    notice = Notice.objects.get()
    assert (notice.tries, notice.sent_at) == (1, None)
    assert send_notices() == 1
    assert send_notices() == 0


def _no_server(_message: Any) -> None:
    raise ConnectionRefusedError("nobody listens")


def test_who_lost_the_mandate_hears_nothing_more(focal_point: Any, lead_focal_point: Any, reviewer: Any) -> None:
    submission = make_submission(focal_point)
    enter(submission, focal_point)
    submissions.submit(submission=submission, by=focal_point)
    written()
    Mandate.objects.filter(user=lead_focal_point).update(valid_to=date(2020, 1, 1))
    deciding.return_submission(submission=submission, by=reviewer, note="Why?")
    assert [to for to, _subject in written()] == [focal_point.email]


def test_a_desk_hears_of_its_own_region(focal_point: Any, reviewer: Any) -> None:
    other = make_area("142")
    Mandate.objects.filter(user=reviewer).update(area=other)
    submission = make_submission(focal_point)
    enter(submission, focal_point)
    submissions.submit(submission=submission, by=focal_point)
    assert written() == []


def test_what_is_due_is_reminded_of_once_on_each_day_of_the_round(focal_point: Any, validator: Any) -> None:
    due = timezone.localdate() + timedelta(days=30)
    make_round(due_on=due)
    assert make_reminders(today=due - timedelta(days=31)) == 0
    assert make_reminders(today=due - timedelta(days=30)) == 1  # whoever enters; the validator has nothing to enter
    assert make_reminders(today=due - timedelta(days=20)) == 0
    assert make_reminders(today=due - timedelta(days=7)) == 1
    assert make_reminders(today=due - timedelta(days=6)) == 0
    assert make_reminders(today=due) == 1
    assert make_reminders(today=due + timedelta(days=1)) == 0
    send_notices()
    assert len(mail.outbox) == 3
    assert mail.outbox[0].to == [focal_point.email]
    assert "not yet handed in" in mail.outbox[0].body
    assert "late" not in mail.outbox[0].body


def test_nobody_is_reminded_of_what_was_handed_in_or_where_more_time_was_agreed(focal_point: Any) -> None:
    submission = make_submission(focal_point)
    due = submission.round.due_on
    enter(submission, focal_point)
    RoundArea.objects.update(due_on=due + timedelta(days=60))
    assert make_reminders(today=due - timedelta(days=7)) == 0
    RoundArea.objects.update(due_on=None)
    assert make_reminders(today=due - timedelta(days=7)) == 1
    submissions.submit(submission=submission, by=focal_point)
    assert make_reminders(today=due - timedelta(days=1)) == 0
