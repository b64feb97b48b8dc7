"""Uploads: a publisher's file on its way in, from its arrival to the moment it is applied or thrown away."""

import uuid
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .fields import choices_check, person
from .imports import Import


class UploadState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("upload", "Waiting for its turn")
    CHECKING = "checking", pgettext_lazy("upload", "Being checked")
    CHECKED = "checked", pgettext_lazy("upload", "Checked, nothing written yet")
    REFUSED = "refused", pgettext_lazy("upload", "Refused, nothing written")
    APPLYING = "applying", pgettext_lazy("upload", "Being applied")
    APPLIED = "applied", pgettext_lazy("upload", "Applied")
    UNCHANGED = "unchanged", pgettext_lazy("upload", "Applied, nothing changed")
    DISCARDED = "discarded", pgettext_lazy("upload", "Discarded")
    INTERRUPTED = "interrupted", pgettext_lazy("upload", "Interrupted, nothing written")


class UploadDeed(models.TextChoices):
    """What the worker is asked to do with an upload."""

    CHECK = "check", pgettext_lazy("upload", "Check")
    APPLY = "apply", pgettext_lazy("upload", "Apply")


class UploadReason(models.TextChoices):
    """Why an upload is not where it was meant to be, as a sentence."""

    STOPPED = "stopped", _("The program was stopped in the midst of it. Nothing was written; it can be started again.")
    FAILED = "failed", _("It failed by a fault that the log names. Nothing was written; it can be started again.")
    NOT_ALLOWED = "not_allowed", _("Whoever asked for it may no longer import. Somebody who may can go on.")
    OTHER_FILE = "other_file", _("The stored file is no longer the one that was uploaded. Upload it again.")
    DIFFERS = (
        "differs",
        _("The figures here changed since the check, so nothing was written. This is what would happen now."),
    )


#: The kind of lock that whoever works on an upload holds, "UPLD" in ASCII; the other half of its key is its number.
UPLOAD_LOCK = 0x55504C44
#: States in which somebody must be at work, holding the lock of the upload.
RUNNING = (UploadState.CHECKING, UploadState.APPLYING)
#: States that nothing follows; the file is no longer kept.
ENDED = (UploadState.APPLIED, UploadState.UNCHANGED, UploadState.DISCARDED)
#: States from which it may be checked again, or thrown away.
AT_REST = (UploadState.WAITING, UploadState.CHECKED, UploadState.REFUSED, UploadState.INTERRUPTED)


class UploadQuerySet(models.QuerySet["Upload"]):
    def running(self) -> Self:
        """Those that are said to be worked on."""
        return self.filter(state__in=RUNNING)

    def kept(self) -> Self:
        """Those whose file is still needed."""
        return self.exclude(state__in=ENDED)


class Upload(models.Model):
    """A file given in the administration. It is stored under a name of our own; its own name is only shown."""

    stored = models.CharField(_("stored as"), max_length=60, unique=True, editable=False)
    file_name = models.CharField(_("file name"), max_length=255, help_text=_("As it was given"))
    file_size = models.PositiveBigIntegerField(_("file size"), help_text=_("Bytes"))
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64, db_index=True)
    dataset = models.ForeignKey(
        "Dataset",
        verbose_name=_("dataset"),
        on_delete=models.PROTECT,
        related_name="uploads",
        help_text=_("Whose figures they are. Two datasets never overwrite each other."),
    )
    vintage = models.CharField(
        _("vintage"),
        max_length=40,
        blank=True,
        help_text=_("The provider’s own label of the publication, such as 2020-10, where the file does not say it."),
    )
    origin = models.CharField(
        _("origin"), max_length=400, blank=True, help_text=_("Where the file came from: an address, a letter.")
    )
    complete = models.BooleanField(
        _("complete file"),
        default=False,
        help_text=_("The file holds all there is of its series: what stands here and is not in it is withdrawn."),
    )
    backfill = models.BooleanField(
        _("older publication, read later"),
        default=False,
        help_text=_("It is older than what is loaded: it fills gaps, and revises and withdraws nothing."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Kept with the revision that the file makes."))
    state = models.CharField(
        _("state"), max_length=12, choices=UploadState.choices, default=UploadState.WAITING, editable=False
    )
    wanted = models.CharField(
        _("asked for"), max_length=5, choices=UploadDeed.choices, default=UploadDeed.CHECK, editable=False
    )
    reason = models.CharField(_("why"), max_length=12, choices=UploadReason.choices, blank=True, editable=False)
    by = person(_("uploaded by"), editable=False)
    acted_by = person(_("last step by"), editable=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("last step"), default=timezone.now, editable=False)
    tried = models.ForeignKey(
        Import,
        verbose_name=_("last check"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    applied = models.ForeignKey(
        Import,
        verbose_name=_("import"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-received_at"]
        constraints = [
            choices_check("state", UploadState, name="upload_state_known"),
            choices_check("wanted", UploadDeed, name="upload_wanted_known"),
            models.CheckConstraint(
                condition=Q(state__in=["applied", "unchanged"], applied__isnull=False)
                | ~Q(state__in=["applied", "unchanged"]) & Q(applied=None),
                name="upload_applied_has_import",
            ),
            models.CheckConstraint(
                condition=~Q(state="checked") | Q(tried__isnull=False), name="upload_checked_has_import"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def path(self) -> Path:
        """Where the file is kept, outside everything that is served."""
        return Path(settings.UPLOADS) / self.stored

    @property
    def is_on_its_way(self) -> bool:
        """Whether the worker has it or will take it up."""
        return self.state in {UploadState.WAITING, *RUNNING}

    @property
    def may_be_checked(self) -> bool:
        return self.state in AT_REST

    @property
    def may_be_applied(self) -> bool:
        """Whether what it would do has been shown, so that it can be approved."""
        shown = self.state == UploadState.CHECKED
        again = self.state == UploadState.INTERRUPTED and self.wanted == UploadDeed.APPLY
        return self.tried_id is not None and (shown or again)

    @property
    def may_be_discarded(self) -> bool:
        return self.state in AT_REST


#: Endings that a stored file keeps, since people and readers know formats by them; every other is left out.
ENDINGS = (".csv.gz", ".json.gz", ".tar.gz", ".tsv.gz", ".tgz", ".csv", ".tsv", ".json", ".gz", ".zip", ".xlsx", ".xls")


def new_stored_name(file_name: str) -> str:
    """A name of our own for a file: nothing of the given one but a known ending."""
    lower = file_name.lower()
    return uuid.uuid4().hex + next((ending for ending in ENDINGS if lower.endswith(ending)), "")
