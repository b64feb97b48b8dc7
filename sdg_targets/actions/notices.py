"""Writing to people: of a step that concerns them, and of what is due. Each mail says where to look, and holds no data.

The event, or the day, comes first and is in the database; notices are made of it, one for each person; then each is sent
by itself. A mail server that is away delays them, and nothing is sent twice or forgotten because the program was stopped.
"""

import logging
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from sdg_targets.domain.languages import gettext_noop
from sdg_targets.domain.roles import Permission
from sdg_targets.domain.workflow import EDITABLE, Step
from sdg_targets.models import Event, Notice, RoundArea, Submission
from sdg_targets.queries.teams import desk_of, team_of

log = logging.getLogger(__name__)

#: By step: what is said of it, and to whom ("desk": the reviewers, "team": the country's team).
TOLD: Final[dict[str, tuple[str, str]]] = {
    Step.VALIDATE: ("team", gettext_noop("The statistics office validated the values. They can be submitted.")),
    Step.SEND_BACK: ("team", gettext_noop("The statistics office asks for changes.")),
    Step.SUBMIT: ("desk", gettext_noop("The country submitted its values. They wait for review.")),
    Step.RECALL: ("desk", gettext_noop("The country took its submission back to change it.")),
    Step.RETURN: ("team", gettext_noop("The reviewers returned the submission with comments.")),
    Step.APPROVE: ("team", gettext_noop("The reviewers accepted the submission for publication.")),
    Step.UNAPPROVE: ("team", gettext_noop("The reviewers took back the acceptance, to look at the submission again.")),
    Step.PUBLISH: ("team", gettext_noop("The values are published.")),
    "schedule": ("team", gettext_noop("The time of the publication was set.")),
    "unschedule": ("team", gettext_noop("The set time of the publication was taken away.")),
    "not_published": ("desk", gettext_noop("The submission could not be published at its set time. It waits.")),
}


def make_notices() -> int:
    """Of every step of which nobody was told, a notice for each person concerned; returns how many were made."""
    return sum(_of_event(pk) for pk in list(Event.objects.waiting().values_list("pk", flat=True)))


@transaction.atomic
def _of_event(pk: int) -> int:
    """The notices of one event, and that it was told of: both or neither. Whoever took the step knows of it."""
    event = Event.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, told_at=None).first()
    if event is None:
        return 0
    people: Iterable[Any] = ()
    if event.step in TOLD:
        area, today = event.submission.area, timezone.localdate()
        people = team_of(area, on=today) if TOLD[event.step][0] == "team" else desk_of(area, on=today)
    made = Notice.objects.bulk_create([Notice(user=user, event=event) for user in people if user.pk != event.by_id])
    Event.objects.filter(pk=event.pk).update(told_at=timezone.now())
    return len(made)


def make_reminders(*, today: date) -> int:
    """Remind the teams of what is due and not handed in, once for each of the round's days; returns how many were made."""
    asked = RoundArea.objects.filter(round__opens_on__lte=today).select_related("round", "area")
    return sum(_remind(each, today) for each in asked if each.round.is_open(today))


@transaction.atomic
def _remind(asked: RoundArea, today: date) -> int:
    """A reminder where a day for one has come: the one nearest to the due date, if several were missed."""
    left = (asked.due - today).days
    days = min((day for day in asked.round.remind_before if 0 <= left <= day), default=None)
    if days is None or _is_handed_in(asked):
        return 0
    reminded = Notice.objects.filter(due=asked, days_before=days).values("user")
    people = team_of(asked.area, on=today, permission=Permission.ENTER_DATA).exclude(pk__in=reminded)
    return len(Notice.objects.bulk_create([Notice(user=user, due=asked, days_before=days) for user in people]))


def _is_handed_in(asked: RoundArea) -> bool:
    submissions = Submission.objects.filter(round=asked.round_id, area=asked.area_id)
    return submissions.exclude(state__in=sorted(EDITABLE)).exists()


def send_notices() -> int:
    """Send what waits; returns how many were sent. One that cannot be sent is tried again the next time."""
    return sum(_send(pk) for pk in list(Notice.objects.waiting().values_list("pk", flat=True)))


@transaction.atomic
def _send(pk: int) -> int:
    waiting = Notice.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, sent_at=None)
    notice = waiting.select_related("user", "event__submission", "due").first()
    if notice is None:
        return 0
    Notice.objects.filter(pk=pk).update(tries=F("tries") + 1)
    try:
        mail_of(notice).send()
    except OSError as error:  # a server that is away, or refuses: smtplib's errors are of this kind
        log.warning("Notice %s was not sent: %s", pk, error)
        return 0
    Notice.objects.filter(pk=pk).update(sent_at=timezone.now())
    return 1


def mail_of(notice: Notice) -> EmailMessage:
    """The mail of a notice, in the language of whom it is for."""
    user: Any = notice.user
    with override(user.language):
        subject, sentence, path = _about_event(notice) if notice.event else _about_due(notice)
        lines = [
            _("Hello %(name)s,") % {"name": user.get_full_name()},
            sentence,
            f"{settings.SITE_ADDRESS}{path}",
            _("You receive this because you have a mandate for it. This message holds no data: sign in to see it."),
        ]
        return EmailMessage(subject=subject, body="\n\n".join(lines) + "\n", to=[user.email])


def _about_event(notice: Notice) -> tuple[str, str, str]:
    event = notice.event
    assert event is not None
    submission = event.submission
    whom, sentence = TOLD[event.step]
    subject = _("%(area)s, %(round)s: %(state)s") % {
        "area": submission.area.name,
        "round": submission.round.name,
        "state": submission.get_state_display(),
    }
    return subject, _(sentence), address_for(whom, submission.area.code, submission.round.code, submission.pk)


def _about_due(notice: Notice) -> tuple[str, str, str]:
    due = notice.due
    assert due is not None
    day = date_format(due.due, "DATE_FORMAT")
    subject = _("%(area)s, %(round)s: due on %(day)s") % {"area": due.area.name, "round": due.round.name, "day": day}
    sentence = _("Figures of %(area)s are due on %(day)s and not yet handed in.") % {"area": due.area.name, "day": day}
    return subject, sentence, address_for("team", due.area.code, due.round.code, 0)


def address_for(whom: str, area: str, code: str, submission: int) -> str:
    """Where the country's team, or the reviewers, look at a submission."""
    if whom == "team":
        return reverse("sdg_targets:my-grid", args=[area, code])
    return reverse("sdg_targets:review-detail", args=[submission])
