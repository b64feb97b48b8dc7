"""Revisions (when the database learned something) and releases (a revision with a name)."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fields import choices_check, person

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

    def take(
        self, *, by: Any = None, reason: str = RevisionReason.ROUTINE, note: str = "", is_break: bool = False
    ) -> "Revision":
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
        return self.create(number=number, made_at=made_at, by=by, reason=reason, note=note, is_break=is_break)


class Revision(models.Model):
    """One moment at which the database learned something. Numbers have no gaps in time order."""

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    made_at = models.DateTimeField(_("date and time"), unique=True)
    by = person(_("made by"), blank=True)
    reason = models.CharField(
        _("reason"), max_length=10, choices=RevisionReason.choices, default=RevisionReason.ROUTINE
    )
    is_break = models.BooleanField(
        _("break"), default=False, help_text=_("Figures from before and after this revision cannot be compared")
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


class ReleaseQuerySet(models.QuerySet["Release"]):
    def published(self) -> Self:
        """Releases whose time has come. What is due is written down first, by whoever asks first."""
        self.model.objects.settle_due()
        return self.filter(revision__isnull=False)

    def settle_due(self) -> int:
        """Write down, once and for all, which revision each due release means: the last made at or before its time.

        A revision that is being written may have its time already and not be seen yet, so this waits for no writer and
        decides nothing while one is at work: the release appears when it has ended. Returns how many were settled.
        """
        due = self.model.objects.filter(revision=None, due_at__lte=timezone.now())
        if not due.exists():
            return 0
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(%s)", [REVISION_LOCK])
            if cursor.fetchone() != (True,):
                return 0
            last = Revision.objects.filter(made_at__lte=models.OuterRef("due_at")).order_by("-number")
            return due.update(revision=models.Subquery(last.values("number")[:1]))


class Release(models.Model):
    """A revision with a name, such as "2020-10": what stood then can be read again by that name.

    A release with a time in the future has no revision yet. From that time on it means the last revision made at or
    before it.
    """

    name = models.CharField(_("name"), max_length=60, unique=True)
    revision = models.ForeignKey(
        Revision,
        verbose_name=_("revision"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="releases",
        help_text=_("Leave it blank for a release at a set time"),
    )
    due_at = models.DateTimeField(
        _("due on"),
        null=True,
        blank=True,
        help_text=_("A time in the future (UTC); the release is then the last revision made by that time"),
    )
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("date of creation"), default=timezone.now, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-revision__number", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revision__isnull=False) | Q(due_at__isnull=False), name="release_has_revision_or_time"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def published_at(self) -> datetime:
        """When it could first be read: at its set time, else when it was named."""
        return self.due_at or self.created_at
