"""Submissions: what one country says in one round, from the first value entered to its publication."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sdg_targets.domain.workflow import AT_DESK, EDITABLE, ENDED, State

from .datasets import Dataset
from .fields import choices_check, person
from .geography import Area
from .releases import Revision, RevisionReason
from .rounds import Round


class SubmissionState(models.TextChoices):
    """The states of ``domain.workflow`` with their words."""

    DRAFT = State.DRAFT.value, pgettext_lazy("submission", "Draft")
    VALIDATED = State.VALIDATED.value, pgettext_lazy("submission", "Validated")
    SUBMITTED = State.SUBMITTED.value, pgettext_lazy("submission", "Submitted")
    RETURNED = State.RETURNED.value, pgettext_lazy("submission", "Returned")
    APPROVED = State.APPROVED.value, pgettext_lazy("submission", "Accepted for publication")
    PUBLISHED = State.PUBLISHED.value, pgettext_lazy("submission", "Published")


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def of(self, area: Area) -> Self:
        return self.filter(area=area)

    def in_work(self) -> Self:
        """Those after which something still follows."""
        return self.exclude(state__in=sorted(ENDED))

    def at_desk(self) -> Self:
        """Those that the organisation's desk may see."""
        return self.filter(state__in=sorted(AT_DESK))

    def due_for_publication(self) -> Self:
        """Accepted ones whose set time has come."""
        return self.filter(state=State.APPROVED, publish_at__lte=timezone.now())

    def with_names(self) -> Self:
        return self.select_related("area", "round", "dataset", "revision")


class Submission(models.Model):
    """What a country says in a round. ``version`` grows with every step: a page that was looked at names it."""

    area = models.ForeignKey(Area, verbose_name=_("country"), on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(
        Round, verbose_name=_("reporting round"), on_delete=models.PROTECT, related_name="submissions"
    )
    dataset = models.ForeignKey(Dataset, verbose_name=_("dataset"), on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=SubmissionState.choices, default=SubmissionState.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1)
    revises = models.OneToOneField(
        "self",
        verbose_name=_("revises"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="revised_by",
        help_text=_("The published submission that this one corrects"),
    )
    revision_reason = models.CharField(
        _("reason of the revision"),
        max_length=10,
        choices=RevisionReason.choices,
        default=RevisionReason.ROUTINE,
    )
    opened_by = person(_("opened by"))
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    changed_at = models.DateTimeField(_("last step"), default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    publish_at = models.DateTimeField(
        _("published at"), null=True, blank=True, help_text=_("The set time of a publication under embargo")
    )
    publish_by = person(_("publication set by"), blank=True)
    publish_note = models.TextField(_("note of the publication"), blank=True)
    revision = models.OneToOneField(
        Revision,
        verbose_name=_("revision"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="submission",
        help_text=_("The revision that published it; none where nothing in it was new"),
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-changed_at", "-id"]
        indexes = [models.Index(fields=["state", "changed_at"], name="submission_by_state")]
        constraints = [
            choices_check("state", SubmissionState, name="submission_state_known"),
            choices_check("revision_reason", RevisionReason, name="submission_reason_known"),
            models.UniqueConstraint(
                fields=["area", "round"], condition=~Q(state="published"), name="submission_in_work_once"
            ),
            models.CheckConstraint(
                condition=Q(revision=None) | Q(state="published"), name="submission_revision_when_published"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "validated", "returned"]) | Q(submitted_at__isnull=False),
                name="submission_knows_when_submitted",
            ),
            models.CheckConstraint(
                condition=Q(publish_at=None) | Q(state__in=["approved", "published"]),
                name="submission_set_time_when_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area.code} {self.round.code} ({self.pk})"

    @property
    def is_editable(self) -> bool:
        """Whether values can be entered in this state."""
        return self.state in EDITABLE

    @property
    def is_answered(self) -> bool:
        """Whether a questionnaire was filled in with it."""
        return self.responses.filter(answers__option__isnull=False).exists()

    @property
    def is_at_desk(self) -> bool:
        return self.state in AT_DESK


class EventQuerySet(models.QuerySet["Event"]):
    def waiting(self) -> Self:
        """Those of which nobody has been told yet."""
        return self.filter(told_at=None)


class Event(models.Model):
    """One step of a submission: who took it, when, from where to where, and why. Added, never changed."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(_("step"), max_length=20)
    begins = models.CharField(_("from"), max_length=10, blank=True)
    ends = models.CharField(_("to"), max_length=10, blank=True)
    by = person(_("made by"), blank=True)
    at = models.DateTimeField(_("date and time"), default=timezone.now)
    note = models.TextField(_("note"), blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True, help_text=_("Counts and checksums, never a value"))
    key = models.UUIDField(
        _("idempotency key"), null=True, blank=True, unique=True, help_text=_("The same step asked for twice is one")
    )
    told_at = models.DateTimeField(
        _("told"), null=True, blank=True, help_text=_("When those concerned were written to")
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.step}"
