"""Early access: who may read the accepted values of one submission before they are published, and every look at them."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.workflow import State

from .fields import person
from .submissions import Submission


class EarlyAccessQuerySet(models.QuerySet["EarlyAccess"]):
    def in_force(self) -> Self:
        """Those that open something now: not taken away, and of what is accepted and not published yet."""
        return self.filter(ended_at=None, submission__state=State.APPROVED)

    def of(self, user: Any) -> Self:
        return self.filter(user=user)


class EarlyAccess(models.Model):
    """One person on the list of one submission."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="early_access")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )
    granted_by = person(_("given by"))
    granted_at = models.DateTimeField(_("given"), default=timezone.now)
    ended_at = models.DateTimeField(_("taken away"), null=True, blank=True)
    ended_by = person(_("taken away by"), blank=True)

    objects = EarlyAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("early access")
        verbose_name_plural = _("early accesses")
        ordering = ["granted_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "user"], condition=Q(ended_at=None), name="early_access_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None) | Q(ended_at__isnull=False), name="early_access_ended_with_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.user_id}"


class EarlyLook(models.Model):
    """One look at values before their publication. Added, never changed."""

    access = models.ForeignKey(EarlyAccess, on_delete=models.PROTECT, related_name="looks")
    at = models.DateTimeField(_("date and time"), default=timezone.now)

    class Meta:
        verbose_name = _("early look")
        verbose_name_plural = _("early looks")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.access_id}: {self.at:%Y-%m-%d %H:%M}"
