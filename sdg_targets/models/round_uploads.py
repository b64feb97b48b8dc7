"""Filled templates: a file that a country gives for a round, and each of its rows until it is applied or thrown away."""

import uuid
from pathlib import Path
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sdg_targets.domain.filled import Outcome

from .catalogue import Series
from .cells import Cell
from .fields import choices_check, person
from .submissions import Submission

#: The folder of filled templates, within that of all uploads.
FOLDER: Final = "filled"


class RoundUploadState(models.TextChoices):
    SHOWN = "shown", pgettext_lazy("filled template", "Read, nothing saved yet")
    APPLIED = "applied", pgettext_lazy("filled template", "Saved as drafts")
    DISCARDED = "discarded", pgettext_lazy("filled template", "Discarded")


class LineOutcome(models.TextChoices):
    """What becomes of a row, in words."""

    NEW = Outcome.NEW.value, pgettext_lazy("row of a file", "New")
    CHANGED = Outcome.CHANGED.value, pgettext_lazy("row of a file", "Changed")
    CLASH = Outcome.CLASH.value, pgettext_lazy("row of a file", "Clash")
    REFUSED = Outcome.REFUSED.value, pgettext_lazy("row of a file", "Refused")
    UNCHANGED = Outcome.UNCHANGED.value, pgettext_lazy("row of a file", "Unchanged")


#: What can be saved: new and changed rows, and a clash where somebody chooses the value of the file.
CAN_BE_SAVED: Final = (Outcome.NEW, Outcome.CHANGED, Outcome.CLASH)
#: What is chosen unless somebody says otherwise.
CHOSEN_AT_FIRST: Final = (Outcome.NEW, Outcome.CHANGED)


def new_stored_name() -> str:
    """A name of our own: nothing of the given one."""
    return uuid.uuid4().hex


class RoundUploadQuerySet(models.QuerySet["RoundUpload"]):
    def shown(self) -> Self:
        """Those of which something can still be saved."""
        return self.filter(state=RoundUploadState.SHOWN)


class RoundUpload(models.Model):
    """A filled template. Its own name is only shown; it is stored under one of ours, and not longer than it is needed."""

    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), on_delete=models.PROTECT, related_name="uploads"
    )
    stored = models.CharField(_("stored as"), max_length=32, unique=True, default=new_stored_name, editable=False)
    key = models.UUIDField(_("idempotency key"), unique=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(_("file name"), max_length=255, help_text=_("As it was given"))
    file_size = models.PositiveBigIntegerField(_("file size"), help_text=_("Bytes"))
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    language = models.CharField(_("language"), max_length=8)
    is_of_another = models.BooleanField(
        _("of another submission"), default=False, help_text=_("It was made for an earlier submission, or says none")
    )
    state = models.CharField(_("state"), max_length=9, choices=RoundUploadState.choices, default=RoundUploadState.SHOWN)
    compared = models.PositiveIntegerField(
        _("comparison"),
        default=1,
        help_text=_("Grows each time its rows are compared anew: what was seen is named by it"),
    )
    by = person(_("uploaded by"))
    ended_by = person(_("last step by"), blank=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = RoundUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("filled template")
        verbose_name_plural = _("filled templates")
        ordering = ["-received_at"]
        constraints = [
            choices_check("state", RoundUploadState, name="round_upload_state_known"),
            models.CheckConstraint(
                condition=Q(state="shown", ended_at=None) | ~Q(state="shown") & Q(ended_at__isnull=False),
                name="round_upload_ended_with_time",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def path(self) -> Path:
        """Where the file is kept, outside everything that is served."""
        return Path(settings.UPLOADS) / FOLDER / self.stored

    @property
    def is_shown(self) -> bool:
        """Whether something of it can still be saved."""
        return self.state == RoundUploadState.SHOWN


class RoundUploadLineQuerySet(models.QuerySet["RoundUploadLine"]):
    def can_be_saved(self) -> Self:
        return self.filter(outcome__in=CAN_BE_SAVED)


class RoundUploadLine(models.Model):
    """One row of a filled template: what it says, what stood there when the two were compared, what would become of it."""

    upload = models.ForeignKey(RoundUpload, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField(_("order"))
    place = models.CharField(_("place"), max_length=80, help_text=_("Where its value stands in the file"))
    series = models.ForeignKey(
        Series, verbose_name=pgettext_lazy("singular", "series"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    series_code = models.CharField(_("series code"), max_length=200, blank=True)
    breakdown_key = models.CharField(_("breakdown"), max_length=200, blank=True)
    period_code = models.CharField(_("time period"), max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=9, choices=LineOutcome.choices)
    said = models.JSONField(_("what the file says"), default=dict)
    typed = models.CharField(_("as typed"), max_length=80, blank=True)
    stood = models.JSONField(_("what stood there"), default=dict)
    seen = models.PositiveIntegerField(_("version seen"), null=True)
    cell = models.ForeignKey(
        Cell, verbose_name=_("value of a submission"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(_("version compared with"), default=0)
    slips = models.JSONField(_("why it is refused"), default=list)
    chosen = models.BooleanField(_("chosen"), default=False)
    saved = models.BooleanField(_("saved"), default=False)

    objects = RoundUploadLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of a filled template")
        verbose_name_plural = _("rows of filled templates")
        ordering = ["upload", "position"]
        constraints = [
            choices_check("outcome", LineOutcome, name="round_upload_line_outcome_known"),
            models.UniqueConstraint(fields=["upload", "position"], name="round_upload_line_once"),
            models.CheckConstraint(
                condition=Q(chosen=False) | Q(outcome__in=["new", "changed", "clash"]),
                name="round_upload_line_chosen_can_be_saved",
            ),
        ]

    def __str__(self) -> str:
        return self.place
