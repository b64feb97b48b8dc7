"""What was withdrawn for confidentiality, and the sealed audit of it. Neither ever holds a value."""

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sdg_targets.domain.seals import GENESIS, Sealed, seal

from .catalogue import Series
from .datasets import Dataset
from .fields import choices_check, person
from .geography import Area
from .observations import Breakdown, Period
from .releases import Revision


def _part_of_key(to: type[models.Model], name: Any) -> models.ForeignKey:
    return models.ForeignKey(to, verbose_name=name, on_delete=models.PROTECT, related_name="+")


class TombstoneQuerySet(models.QuerySet["Tombstone"]):
    def standing(self) -> "TombstoneQuerySet":
        """Those that keep a value out: not lifted."""
        return self.filter(lifted_at=None)


class Tombstone(models.Model):
    """What stays of a value that was withdrawn for confidentiality: its key, when, by whom and why.

    While it stands, no import writes the key again.
    """

    dataset = _part_of_key(Dataset, _("dataset"))
    series = _part_of_key(Series, pgettext_lazy("singular", "series"))
    area = _part_of_key(Area, _("reference area"))
    period = _part_of_key(Period, _("time period"))
    breakdown = _part_of_key(Breakdown, _("breakdown"))
    revision = models.OneToOneField(
        Revision, verbose_name=_("revision"), on_delete=models.PROTECT, related_name="tombstone"
    )
    by = person(_("withdrawn by"), blank=True)
    reason = models.TextField(_("reason"))
    versions = models.PositiveIntegerField(_("versions removed"))
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = person(_("lifted by"), blank=True)
    lifted_reason = models.TextField(_("why it was lifted"), blank=True)

    objects = TombstoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("value withdrawn for confidentiality")
        verbose_name_plural = _("values withdrawn for confidentiality")
        ordering = ["-revision__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "area", "period", "breakdown", "dataset"],
                condition=Q(lifted_at=None),
                name="tombstone_stands_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="tombstone_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_reason="")
                | Q(lifted_at__isnull=False) & ~Q(lifted_reason=""),
                name="tombstone_lifted_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series.code} {self.area.code} {self.period.code} {self.breakdown.key}"

    @property
    def stands(self) -> bool:
        return self.lifted_at is None

    def facts(self) -> dict[str, Any]:
        """The key in codes, for the audit."""
        return {
            "dataset": self.dataset.code,
            "series": self.series.code,
            "area": self.area.code,
            "period": self.period.code,
            "breakdown": self.breakdown.key,
        }


class Deed(models.TextChoices):
    WITHDRAWN = "withdrawn", _("Withdrawn for confidentiality")
    LIFTED = "lifted", _("Withdrawal lifted")


class SealedRecordQuerySet(models.QuerySet["SealedRecord"]):
    def add(self, *, by: Any, deed: Deed, facts: dict[str, Any]) -> "SealedRecord":
        """Write the next record of the chain. The caller holds the writing lock: two at once would break each other."""
        last = self.model.objects.order_by("-number").first()
        number, previous = (last.number + 1, last.sha256) if last else (1, GENESIS)
        made_at = timezone.now()
        body = json.dumps(facts, ensure_ascii=False, sort_keys=True)
        person = "" if by is None else str(by.pk)
        sha256 = seal(number, made_at, person, deed.value, body, previous)
        return self.create(
            number=number, made_at=made_at, by=by, deed=deed, body=body, previous=previous, sha256=sha256
        )


class SealedRecord(models.Model):
    """One record of the audit. Rows are added and never changed or deleted: triggers in the database see to it."""

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    made_at = models.DateTimeField(_("date and time"))
    by = person(_("made by"), blank=True)
    deed = models.CharField(_("deed"), max_length=10, choices=Deed.choices)
    body = models.TextField(_("what was done"), help_text=_("JSON, never with a value"))
    previous = models.CharField(_("checksum before"), max_length=64)
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64, unique=True)

    objects = SealedRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("sealed record")
        verbose_name_plural = _("sealed records")
        ordering = ["-number"]
        constraints = [choices_check("deed", Deed, name="sealed_record_deed_known")]

    def __str__(self) -> str:
        return f"{self.number}: {self.deed}"

    @property
    def sealed(self) -> Sealed:
        """The record as a link of its chain."""
        person = "" if self.by_id is None else str(self.by_id)
        return Sealed(self.number, self.made_at, person, self.deed, self.body, self.previous, self.sha256)
