"""Revisions (when the database learned something) and releases (a revision with a name)."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fields import choices_check

#: Key of the advisory lock under which revision numbers are given out: "SDGR" in ASCII.
REVISION_LOCK = 0x53444752


class RevisionReason(models.TextChoices):
    ROUTINE = "routine", _("Routine update")
    ERROR = "error", _("Correction of an error")
    METHOD = "method", _("Change of method")
    REBASING = "rebasing", _("Rebasing")
    BOUNDARY = "boundary", _("Change of boundaries")


class RevisionQuerySet(models.QuerySet["Revision"]):
    def made_by_end_of(self, day: date) -> Self:
        """Revisions known at the end of a day (UTC)."""
        return self.filter(made_at__lt=datetime.combine(day + timedelta(days=1), time(), UTC))

    def latest_number(self) -> int:
        """The number of the newest revision, 0 on an empty database."""
        return self.aggregate(newest=models.Max("number"))["newest"] or 0

    def take(self, *, by: Any = None, reason: str = RevisionReason.ROUTINE, note: str = "") -> "Revision":
        """Give out the next number, under a lock held to the end of the transaction.

        Without the lock, numbers could become visible out of order and a past would change. The time is that of the
        clock, but never at or before the one of the revision before: clocks jump, numbers do not.
        Errors: ``TransactionManagementError`` outside a transaction.
        """
        if not connection.in_atomic_block:
            raise transaction.TransactionManagementError("A revision is taken inside the transaction that writes it.")
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [REVISION_LOCK])
        last = self.model.objects.order_by("-number").first()
        made_at = timezone.now()
        if last is not None:
            made_at = max(made_at, last.made_at + timedelta(microseconds=1))
        number = last.number + 1 if last else 1
        return self.create(number=number, made_at=made_at, by=by, reason=reason, note=note)


class Revision(models.Model):
    """One moment at which the database learned something. Numbers have no gaps in time order."""

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    made_at = models.DateTimeField(_("date and time"), unique=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.CharField(
        _("reason"), max_length=10, choices=RevisionReason.choices, default=RevisionReason.ROUTINE
    )
    note = models.TextField(_("note"), blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            choices_check("reason", RevisionReason, name="revision_reason_known"),
            models.CheckConstraint(condition=Q(number__gt=0), name="revision_number_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.made_at:%Y-%m-%d %H:%M} UTC)"


class Release(models.Model):
    """A revision with a name, such as "2020-10": what stood then can be read again by that name."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    revision = models.ForeignKey(
        Revision, verbose_name=_("revision"), on_delete=models.PROTECT, related_name="releases"
    )
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("date of creation"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-revision__number", "name"]

    def __str__(self) -> str:
        return self.name
