"""Imports: what was read from which file, by whom, and what became of every row."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import choices_check
from .releases import Revision


class ImportState(models.TextChoices):
    APPLIED = "applied", _("Applied")
    UNCHANGED = "unchanged", _("Nothing changed")
    TRIED = "tried", _("Tried, nothing written")
    REFUSED = "refused", _("Refused, nothing written")


class Import(models.Model):
    """The record of one import. Read = new + revised + unchanged + repeated + refused."""

    dataset = models.ForeignKey("Dataset", on_delete=models.PROTECT, related_name="imports")
    revision = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.PROTECT, related_name="imports")
    state = models.CharField(max_length=10, choices=ImportState.choices)
    file_name = models.CharField(max_length=255)
    file_size = models.PositiveBigIntegerField(help_text=_("Bytes"))
    sha256 = models.CharField(max_length=64, db_index=True)
    origin = models.CharField(max_length=400, blank=True, help_text=_("Where the file came from"))
    format = models.CharField(max_length=40)
    vintage = models.CharField(max_length=40, blank=True, help_text=_("The provider's own label of the publication"))
    series_codes = models.JSONField(default=list)
    complete = models.BooleanField(default=False, help_text=_("The file holds all there is of its series"))
    backfill = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    read = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    revised = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0, help_text=_("The same key and value twice in the file"))
    withdrawn = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True, help_text=_("Why the whole file was refused"))

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            choices_check("state", ImportState, name="import_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="refused")
                | models.Q(
                    read=models.F("new")
                    + models.F("revised")
                    + models.F("unchanged")
                    + models.F("repeated")
                    + models.F("refused")
                ),
                name="import_every_row_accounted_for",
            ),
            models.CheckConstraint(
                condition=models.Q(state="applied", revision__isnull=False)
                | ~models.Q(state="applied") & models.Q(revision=None),
                name="import_applied_has_revision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.started_at:%Y-%m-%d %H:%M})"


class Refusal(models.Model):
    """One row, or cell, that was not taken: where, which rule, what was found, what would be right."""

    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="refusals")
    place = models.CharField(max_length=200, help_text=_("Line, cell or path in the file"))
    column = models.CharField(max_length=60, blank=True)
    rule = models.CharField(max_length=10)
    found = models.TextField(blank=True)
    expected = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.place}: {self.rule}"
