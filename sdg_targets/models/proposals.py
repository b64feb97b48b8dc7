"""What a country proposes besides figures: series of its own, and what it says of its figures (metadata).

A proposal is never changed: it is accepted, returned or taken back, and a returned one is made anew.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sdg_targets.domain.metadata import FIELDS

from .catalogue import Indicator, Series, Target, Unit, ValueKind
from .dimensions import Dimension
from .fields import ExactDecimalField, choices_check, person
from .geography import Area
from .metadata import Metadata
from .naming import NamedInThreeLanguages


class Decision(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("proposal", "Waits for review")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
    RETURNED = "returned", pgettext_lazy("proposal", "Returned")
    TAKEN_BACK = "taken_back", pgettext_lazy("proposal", "Taken back")


class Proposal(models.Model):
    """Who proposed it for which country, and what was decided by whom and why."""

    area = models.ForeignKey(Area, verbose_name=_("country"), on_delete=models.PROTECT, related_name="+")
    by = person(_("proposed by"))
    at = models.DateTimeField(_("proposed"), default=timezone.now)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, default=Decision.WAITING)
    decided_by = person(_("decided by"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_note = models.TextField(_("why"), blank=True)

    class Meta:
        abstract = True
        ordering = ["-at", "-id"]

    @property
    def is_waiting(self) -> bool:
        return self.decision == Decision.WAITING


def _decided_check(name: str) -> models.CheckConstraint:
    waiting = Q(decision="waiting", decided_at=None, decided_by=None)
    return models.CheckConstraint(condition=waiting | ~Q(decision="waiting") & Q(decided_at__isnull=False), name=name)


class SeriesProposal(NamedInThreeLanguages, Proposal):
    """A series that a country wants to measure for what the global framework does not capture, linked to a target."""

    code = models.CharField(
        _("code"),
        max_length=20,
        help_text=_("Capital letters, digits and underscores; your country’s code comes before it"),
    )
    target = models.ForeignKey(
        Target,
        verbose_name=_("target"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The target it speaks to"),
    )
    definition = models.TextField(_("definition"), help_text=_("What is measured, of whom, and how"))
    language = models.CharField(_("language"), max_length=2, default="en")
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind of value"), max_length=8, choices=ValueKind.choices)
    dimensions = models.ManyToManyField(Dimension, verbose_name=_("broken down by"), blank=True, related_name="+")
    minimum = ExactDecimalField(_("lowest possible value"), null=True, blank=True)
    maximum = ExactDecimalField(_("highest possible value"), null=True, blank=True)
    series = models.OneToOneField(
        Series,
        verbose_name=pgettext_lazy("singular", "series"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposal",
    )

    class Meta(Proposal.Meta):
        abstract = False
        verbose_name = _("proposal of a series")
        verbose_name_plural = _("proposals of series")
        constraints = [
            choices_check("decision", Decision, name="series_proposal_decision_known"),
            choices_check("kind", ValueKind, name="series_proposal_kind_known"),
            _decided_check("series_proposal_decided_with_time"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z][A-Z0-9_]{1,19}$"), name="series_proposal_code_is_a_code"
            ),
            models.CheckConstraint(
                condition=Q(decision="accepted", series__isnull=False) | ~Q(decision="accepted") & Q(series=None),
                name="series_proposal_accepted_has_series",
            ),
        ]

    def __str__(self) -> str:
        return self.full_code

    @property
    def full_code(self) -> str:
        """The code that the series gets: unlike any code of the global framework."""
        return f"{self.area.code}_{self.code}"


class MetadataProposal(Proposal):
    """What a country says of its figures for an indicator, in one field and language."""

    indicator = models.ForeignKey(Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="+")
    field = models.CharField(
        _("field"), max_length=20, choices=[(name, _(field.heading)) for name, field in FIELDS.items()]
    )
    language = models.CharField(_("language"), max_length=3)
    text = models.TextField(_("text"))
    metadata = models.ForeignKey(
        Metadata,
        verbose_name=pgettext_lazy("singular", "metadata"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta(Proposal.Meta):
        abstract = False
        verbose_name = _("proposal of metadata")
        verbose_name_plural = _("proposals of metadata")
        constraints = [
            choices_check("decision", Decision, name="metadata_proposal_decision_known"),
            _decided_check("metadata_proposal_decided_with_time"),
            models.CheckConstraint(condition=Q(field__in=list(FIELDS)), name="metadata_proposal_field_known"),
            models.CheckConstraint(condition=~Q(text=""), name="metadata_proposal_says_something"),
            models.UniqueConstraint(
                fields=["area", "indicator", "field", "language"],
                condition=Q(decision="waiting"),
                name="metadata_proposal_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.field} ({self.language})"
