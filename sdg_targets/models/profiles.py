"""Migration profiles: why an indicator is followed here, and what may be done with its figures."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .catalogue import Indicator
from .fields import ExactDecimalField, choices_check
from .naming import NamedInThreeLanguages


class Relevance(models.TextChoices):
    DIRECT = "direct", _("Directly about migration")
    RELATED = "related", _("Related to migration")


class Direction(models.TextChoices):
    INCREASE = "increase", _("An increase is wanted")
    DECREASE = "decrease", _("A decrease is wanted")
    YES = "yes", _("Yes is wanted")
    NONE = "none", _("No direction is stated")


class MigrationProfile(models.Model):
    """Why an indicator is followed here, and what may be done with its figures (obeyed at every door)."""

    indicator = models.OneToOneField(
        Indicator, verbose_name=_("indicator"), on_delete=models.CASCADE, related_name="migration"
    )
    relevance = models.CharField(_("relation to migration"), max_length=8, choices=Relevance.choices)
    listed_by = ArrayField(models.CharField(max_length=60), default=list, verbose_name=_("listed by"))
    direction = models.CharField(_("wanted direction"), max_length=8, choices=Direction.choices)
    direction_note = models.TextField(_("note on the direction"), blank=True)
    unit_note = models.CharField(_("note on the unit"), max_length=200, blank=True)
    target_rule = models.CharField(_("target rule"), max_length=200, blank=True, help_text=_("The rule in words"))
    target_operator = models.CharField(_("operator"), max_length=2, blank=True, help_text=_("<, <=, =, >= or >"))
    target_value = ExactDecimalField(_("target value"), null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("target year"), null=True, blank=True)
    target_year_stated = models.BooleanField(_("the target itself states the year"), default=False)
    natural_limit = ExactDecimalField(_("natural limit"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    plain_en = models.TextField(
        _("in plain words (English)"), help_text=_("What it means, in one plain sentence of ours")
    )
    plain_fr = models.TextField(_("in plain words (French)"), blank=True)
    plain_es = models.TextField(_("in plain words (Spanish)"), blank=True)
    why_en = models.TextField(_("why it matters (English)"), help_text=_("Why it matters for migrants, in our words"))
    why_fr = models.TextField(_("why it matters (French)"), blank=True)
    why_es = models.TextField(_("why it matters (Spanish)"), blank=True)
    may_map = models.BooleanField(_("may be mapped"), default=True)
    may_rank = models.BooleanField(_("may be ranked"), default=True)
    may_compare_countries = models.BooleanField(_("countries may be compared"), default=True)
    may_trend = models.BooleanField(_("a trend may be drawn"), default=True)
    may_aggregate = models.BooleanField(_("may be aggregated"), default=True)
    withheld_reason_en = models.TextField(_("why it is withheld (English)"), blank=True)
    withheld_reason_fr = models.TextField(_("why it is withheld (French)"), blank=True)
    withheld_reason_es = models.TextField(_("why it is withheld (Spanish)"), blank=True)
    notice_en = models.TextField(
        _("required notice (English)"), blank=True, help_text=_("Required notice, shown wherever a figure is")
    )
    notice_fr = models.TextField(_("required notice (French)"), blank=True)
    notice_es = models.TextField(_("required notice (Spanish)"), blank=True)

    class Meta:
        verbose_name = _("migration profile")
        verbose_name_plural = _("migration profiles")
        constraints = [
            choices_check("relevance", Relevance, name="migration_relevance_known"),
            choices_check("direction", Direction, name="migration_direction_known"),
            models.CheckConstraint(
                condition=Q(target_operator__in=["", "<", "<=", "=", ">=", ">"]), name="migration_operator_known"
            ),
            models.CheckConstraint(
                condition=Q(target_operator="", target_value=None)
                | ~Q(target_operator="") & Q(target_value__isnull=False),
                name="migration_rule_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}"

    def text(self, stem: str, language: str | None = None) -> str:
        """``plain``, ``why``, ``notice`` or ``withheld_reason`` in the language (the active one), else in English."""
        return str(NamedInThreeLanguages.in_language(self, stem, language))  # type: ignore[arg-type]
