"""Imports: what was read from which file, by whom, and what became of every row."""

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.sentences import SAID_BY_READER, in_words

from .fields import choices_check, person
from .releases import Revision


class ImportState(models.TextChoices):
    APPLIED = "applied", _("Applied")
    UNCHANGED = "unchanged", _("Nothing changed")
    TRIED = "tried", _("Tried, nothing written")
    REFUSED = "refused", _("Refused, nothing written")


class Import(models.Model):
    """The record of one import. Read = new + revised + unchanged + repeated + gathered + refused."""

    dataset = models.ForeignKey("Dataset", verbose_name=_("dataset"), on_delete=models.PROTECT, related_name="imports")
    revision = models.ForeignKey(
        Revision, verbose_name=_("revision"), null=True, blank=True, on_delete=models.PROTECT, related_name="imports"
    )
    state = models.CharField(_("outcome"), max_length=10, choices=ImportState.choices)
    file_name = models.CharField(_("file name"), max_length=255)
    file_size = models.PositiveBigIntegerField(_("file size"), help_text=_("Bytes"))
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64, db_index=True)
    held_against = models.CharField(
        _("state it was held against"),
        max_length=64,
        blank=True,
        help_text=_("Digest of the newest revision, the catalogue and the rules: the same file is recognised by it"),
    )
    origin = models.CharField(_("origin"), max_length=400, blank=True, help_text=_("Where the file came from"))
    format = models.CharField(_("format"), max_length=40)
    provider = models.CharField(
        _("provider"), max_length=40, blank=True, help_text=_("Whose codes the file uses; blank where they are our own")
    )
    vintage = models.CharField(
        _("vintage"), max_length=40, blank=True, help_text=_("The provider's own label of the publication")
    )
    series_codes = models.JSONField(_("codes of series"), default=list)
    complete = models.BooleanField(
        _("complete file"), default=False, help_text=_("The file holds all there is of its series")
    )
    backfill = models.BooleanField(_("older publication, read later"), default=False)
    by = person(_("made by"), blank=True)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"))
    read = models.PositiveIntegerField(_("rows read"), default=0)
    new = models.PositiveIntegerField(pgettext_lazy("rows", "new"), default=0)
    revised = models.PositiveIntegerField(pgettext_lazy("rows", "revised"), default=0)
    unchanged = models.PositiveIntegerField(pgettext_lazy("rows", "unchanged"), default=0)
    repeated = models.PositiveIntegerField(
        pgettext_lazy("rows", "repeated"), default=0, help_text=_("The same key and value twice in the file")
    )
    gathered = models.PositiveIntegerField(
        pgettext_lazy("rows", "gathered"),
        default=0,
        help_text=_(
            "Figures of single events that were added to an observation which another event already stands for"
        ),
    )
    withdrawn = models.PositiveIntegerField(pgettext_lazy("rows", "withdrawn"), default=0)
    refused = models.PositiveIntegerField(pgettext_lazy("rows", "refused"), default=0)
    sample = models.JSONField(
        _("some of the changes"), default=list, blank=True, help_text=_("Of a trial: what would be revised, and how")
    )
    texts_new = models.PositiveIntegerField(_("new texts of metadata"), default=0)
    texts_changed = models.PositiveIntegerField(_("changed texts of metadata"), default=0)
    texts_unchanged = models.PositiveIntegerField(_("unchanged texts of metadata"), default=0)
    texts_refused = models.PositiveIntegerField(_("refused texts of metadata"), default=0)
    problem = models.TextField(_("problem"), blank=True, help_text=_("Why the whole file was refused"))
    undone_in = models.OneToOneField(
        Revision,
        verbose_name=_("undone in revision"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="undoes",
        help_text=_("The revision says when, by whom and why"),
    )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
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
                    + models.F("gathered")
                    + models.F("refused")
                ),
                name="import_every_row_accounted_for",
            ),
            models.CheckConstraint(
                condition=models.Q(state="applied", revision__isnull=False)
                | ~models.Q(state="applied") & models.Q(revision=None),
                name="import_applied_has_revision",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_in=None) | models.Q(undone_in__gt=models.F("revision")),
                name="import_undone_after_it_was_applied",
            ),
        ]

    @property
    def texts(self) -> int:
        """How many texts of metadata came with the figures."""
        return self.texts_new + self.texts_changed + self.texts_unchanged + self.texts_refused

    @property
    def problem_here(self) -> str:
        """Why the whole file was refused, in the language of the reader."""
        return in_words(self.problem, gettext)

    def __str__(self) -> str:
        return f"{self.file_name} ({self.started_at:%Y-%m-%d %H:%M})"


class Refusal(models.Model):
    """One row, or cell, that was not taken: where, which rule, what was found, what would be right."""

    of_import = models.ForeignKey(Import, verbose_name=_("import"), on_delete=models.CASCADE, related_name="refusals")
    place = models.CharField(_("place"), max_length=200, help_text=_("Line, cell or path in the file"))
    column = models.CharField(_("column"), max_length=60, blank=True)
    rule = models.CharField(_("rule"), max_length=10)
    found = models.TextField(_("found"), blank=True)
    expected = models.TextField(_("what would be right"), blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=1, help_text=_("How many rows of the file it stands for"))

    class Meta:
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.place}: {self.rule}"

    @property
    def found_here(self) -> str:
        """What was found; where the reader says it in words of ours, in the language of the reader of the page."""
        return in_words(self.found, gettext) if self.rule in SAID_BY_READER else self.found

    @property
    def expected_here(self) -> str:
        """What would be right, in the language of the reader."""
        return in_words(self.expected, gettext)
