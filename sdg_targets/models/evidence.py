"""Evidence: files and links that stand behind a value, an answer or a submission, and letters; never under a web root."""

import uuid
from pathlib import Path
from typing import Any, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .cells import Cell
from .fields import choices_check, person
from .responses import Answer
from .submissions import Submission

#: The folder of evidence, within that of all uploads.
FOLDER: Final = "evidence"


def new_evidence_name() -> str:
    """A name of our own: nothing of the given one."""
    return uuid.uuid4().hex


class EvidencePurpose(models.TextChoices):
    EVIDENCE = "evidence", pgettext_lazy("attached", "Evidence")
    LETTER = "letter", pgettext_lazy("attached", "Letter")


class EvidenceItemQuerySet(models.QuerySet["EvidenceItem"]):
    def attached(self) -> Self:
        """What was not removed."""
        return self.filter(removed_at=None)

    def with_names(self) -> Self:
        return self.select_related(
            "by", "cell__series", "cell__period", "cell__breakdown", "answer__question", "submission"
        )


class EvidenceItem(models.Model):
    """One file or one link. A file that was removed is gone; that it was there, its checksum and who removed it stay."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="evidence")
    cell = models.ForeignKey(Cell, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    answer = models.ForeignKey(
        Answer,
        verbose_name=_("answer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="files",
        help_text=_("The answer to a questionnaire that it stands behind"),
    )
    purpose = models.CharField(
        _("purpose"), max_length=8, choices=EvidencePurpose.choices, default=EvidencePurpose.EVIDENCE
    )
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("web address"), max_length=1000, blank=True)
    stored = models.CharField(_("stored as"), max_length=40, blank=True, editable=False)
    file_name = models.CharField(_("file name"), max_length=255, blank=True, help_text=_("As it was given"))
    file_size = models.PositiveBigIntegerField(_("file size"), null=True, blank=True, help_text=_("Bytes"))
    media_type = models.CharField(_("kind of file"), max_length=100, blank=True)
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64, blank=True)
    by = person(_("made by"))
    at = models.DateTimeField(_("date and time"), default=timezone.now)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    removed_by = person(_("removed by"), blank=True)

    objects = EvidenceItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        ordering = ["at", "id"]
        constraints = [
            choices_check("purpose", EvidencePurpose, name="evidence_purpose_known"),
            models.CheckConstraint(
                condition=Q(stored="", file_name="", file_size=None) & ~Q(url="")
                | ~Q(stored="") & ~Q(file_name="") & Q(file_size__gt=0, url=""),
                name="evidence_is_a_file_or_a_link",
            ),
            models.CheckConstraint(condition=Q(cell=None) | Q(answer=None), name="evidence_of_a_value_or_an_answer"),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False),
                name="evidence_removed_with_time",
            ),
            models.UniqueConstraint(fields=["stored"], condition=~Q(stored=""), name="evidence_stored_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_file(self) -> bool:
        return bool(self.stored)

    @property
    def path(self) -> Path:
        """Where the file is kept, outside everything that is served."""
        return Path(settings.UPLOADS) / FOLDER / self.stored

    def facts(self) -> dict[str, Any]:
        """What is written down of it in an event."""
        return {"evidence": self.pk, "sha256": self.sha256} if self.is_file else {"evidence": self.pk}
