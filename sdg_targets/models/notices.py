"""Notices: who is to be written to about what, and whether it was sent. They hold no data, only where to look."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .rounds import RoundArea
from .submissions import Event

#: A notice that could not be sent so many times is given up, and stays to be seen.
MOST_TRIES = 50


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self) -> Self:
        """Those still to be sent, the oldest first."""
        return self.filter(sent_at=None, tries__lt=MOST_TRIES).order_by("pk")


class Notice(models.Model):
    """One e-mail to one person: about a step of a submission, or as a reminder of what is due."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="+"
    )
    event = models.ForeignKey(
        Event, verbose_name=_("event"), null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    due = models.ForeignKey(
        RoundArea,
        verbose_name=_("what is due"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="notices",
    )
    days_before = models.PositiveSmallIntegerField(_("days before"), null=True, blank=True)
    made_at = models.DateTimeField(_("date and time"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False, due=None, days_before=None)
                | Q(event=None, due__isnull=False, days_before__isnull=False),
                name="notice_is_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["event", "user"], condition=Q(event__isnull=False), name="notice_of_an_event_once"
            ),
            models.UniqueConstraint(
                fields=["due", "user", "days_before"], condition=Q(due__isnull=False), name="notice_of_what_is_due_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.event_id or self.due_id}"
