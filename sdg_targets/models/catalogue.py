"""The catalogue: Goals, targets, indicators, series, units, dimensions and their categories."""

from decimal import Decimal
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.codes import GOALS
from sdg_targets.domain.languages import local_name

from .fields import ExactDecimalField, choices_check, dates_check
from .naming import NamedInThreeLanguages


class Goal(NamedInThreeLanguages):
    """One of the 17 Sustainable Development Goals."""

    code = models.CharField(max_length=2, unique=True)
    number = models.PositiveSmallIntegerField(unique=True)
    short_en = models.CharField(max_length=80)
    short_fr = models.CharField(max_length=80, blank=True)
    short_es = models.CharField(max_length=80, blank=True)
    colour = models.CharField(max_length=7, help_text=_("The Goal's own colour, as #rrggbb"))

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(number__range=(1, GOALS)), name="goal_number_known"),
            models.CheckConstraint(condition=Q(colour__regex=r"^#[0-9a-f]{6}$"), name="goal_colour_is_a_colour"),
        ]

    @property
    def short(self) -> str:
        return str(self.in_language("short"))


class TargetQuerySet(models.QuerySet["Target"]):
    def about_migration(self) -> Self:
        """Targets with at least one indicator the catalogue calls migration-related."""
        return self.filter(indicators__migration__isnull=False).distinct()


class Target(NamedInThreeLanguages):
    """One of the 169 targets; ``sort`` orders codes as people do (10.7 before 10.a)."""

    code = models.CharField(max_length=6, unique=True)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="targets")
    sort = models.CharField(max_length=20, db_index=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["sort"]


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def about_migration(self) -> Self:
        return self.filter(migration__isnull=False)


class Indicator(NamedInThreeLanguages):
    """An indicator of the global framework, with its official titles, tier and framework list."""

    code = models.CharField(max_length=10, unique=True)
    unsd_code = models.CharField(max_length=10, blank=True, help_text=_("UNSD indicator code, such as C100702"))
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="indicators")
    sort = models.CharField(max_length=30, db_index=True)
    tier = models.CharField(max_length=60, blank=True)
    framework = models.CharField(max_length=120, help_text=_("Which framework list the title and tier are from"))
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="repeated_as")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["sort"]
        constraints = [dates_check(name="indicator_dates_in_order")]


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

    indicator = models.OneToOneField(Indicator, on_delete=models.CASCADE, related_name="migration")
    relevance = models.CharField(max_length=8, choices=Relevance.choices)
    listed_by = ArrayField(models.CharField(max_length=60), default=list)
    direction = models.CharField(max_length=8, choices=Direction.choices)
    direction_note = models.TextField(blank=True)
    unit_note = models.CharField(max_length=200, blank=True)
    target_rule = models.CharField(max_length=200, blank=True, help_text=_("The rule in words"))
    target_operator = models.CharField(max_length=2, blank=True, help_text=_("<, <=, =, >= or >"))
    target_value = ExactDecimalField(null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(null=True, blank=True)
    target_year_stated = models.BooleanField(default=False)
    natural_limit = ExactDecimalField(null=True, blank=True)
    note = models.TextField(blank=True)
    plain_en = models.TextField(help_text=_("What it means, in one plain sentence of ours"))
    plain_fr = models.TextField(blank=True)
    plain_es = models.TextField(blank=True)
    why_en = models.TextField(help_text=_("Why it matters for migrants, in our words"))
    why_fr = models.TextField(blank=True)
    why_es = models.TextField(blank=True)
    may_map = models.BooleanField(default=True)
    may_rank = models.BooleanField(default=True)
    may_compare_countries = models.BooleanField(default=True)
    may_trend = models.BooleanField(default=True)
    may_aggregate = models.BooleanField(default=True)
    withheld_reason_en = models.TextField(blank=True)
    withheld_reason_fr = models.TextField(blank=True)
    withheld_reason_es = models.TextField(blank=True)
    notice_en = models.TextField(blank=True, help_text=_("Required notice, shown wherever a figure is"))
    notice_fr = models.TextField(blank=True)
    notice_es = models.TextField(blank=True)

    class Meta:
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


class Unit(NamedInThreeLanguages):
    """A unit of measure by its SDMX code (PT, NUMBER, PER_100000_POP ...); ``symbol_*`` is what stands by a figure."""

    code = models.CharField(max_length=30, unique=True)
    symbol_en = models.CharField(max_length=60, blank=True)
    symbol_fr = models.CharField(max_length=60, blank=True)
    symbol_es = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["code"]

    @property
    def symbol(self) -> str:
        return str(self.in_language("symbol"))


class Dimension(NamedInThreeLanguages):
    """A way figures are broken down: sex, age, migratory status ..."""

    code = models.CharField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]


class Category(NamedInThreeLanguages):
    """One code of a dimension; ``_T`` is the total and is a code like any other."""

    dimension = models.ForeignKey(Dimension, on_delete=models.CASCADE, related_name="categories")
    code = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["dimension__position", "position", "code"]
        verbose_name_plural = _("categories")
        constraints = [models.UniqueConstraint(fields=["dimension", "code"], name="category_code_once")]


class ValueKind(models.TextChoices):
    NUMBER = "number", _("Number")
    PERCENT = "percent", _("Percentage")
    RATE = "rate", _("Rate")
    SCORE = "score", _("Score")
    ORDINAL = "ordinal", _("Ordered categories")
    YES_NO = "yes_no", _("Yes or no")
    MONEY = "money", _("Amount of money")


class SeriesQuerySet(models.QuerySet["Series"]):
    def about_migration(self) -> Self:
        return self.filter(indicators__migration__isnull=False).distinct()


class Series(NamedInThreeLanguages):
    """A statistical series of an indicator: one unit, one list of breakdowns."""

    code = models.CharField(max_length=40, unique=True)
    indicators = models.ManyToManyField(Indicator, related_name="series")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ValueKind.choices)
    position = models.PositiveSmallIntegerField(default=0, help_text=_("Order within the indicator; 0 is shown first"))
    dimensions = models.ManyToManyField(Dimension, blank=True, related_name="series")
    expected_dimensions = models.ManyToManyField(Dimension, blank=True, related_name="+")
    headline = ArrayField(
        models.CharField(max_length=200),
        default=list,
        help_text=_("Breakdown keys that stand for the whole, in order of preference; _T where a total is published"),
    )
    breaks = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        blank=True,
        help_text=_("Years from which the figures cannot be set beside those before; no line joins over them"),
    )
    value_labels = models.JSONField(
        default=dict, blank=True, help_text=_('Words for values, such as {"1": {"en": ..., "fr": ..., "es": ...}}')
    )
    minimum = ExactDecimalField(null=True, blank=True)
    maximum = ExactDecimalField(null=True, blank=True)
    predecessor = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="successors")
    note = models.TextField(blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]
        verbose_name_plural = _("series")
        constraints = [
            choices_check("kind", ValueKind, name="series_kind_known"),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(minimum__lte=models.F("maximum")),
                name="series_limits_in_order",
            ),
        ]

    def word_for(self, value: Decimal | None) -> str:
        """The word for a value of an ordered or yes-no series (3 is "Meets"), in the active language, else nothing."""
        if value is None or value != value.to_integral_value():
            return ""
        return str(local_name(self.value_labels.get(f"{value:.0f}", {}), get_language()))
