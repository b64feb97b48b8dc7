"""The catalogue: Goals, targets, indicators, units and series."""

from decimal import Decimal
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.codes import GOALS
from sdg_targets.domain.languages import local_name

from .dimensions import Dimension
from .fields import ExactDecimalField, choices_check, dates_check
from .naming import NamedInThreeLanguages


class Goal(NamedInThreeLanguages):
    """One of the 17 Sustainable Development Goals."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    short_en = models.CharField(_("short name (English)"), max_length=80)
    short_fr = models.CharField(_("short name (French)"), max_length=80, blank=True)
    short_es = models.CharField(_("short name (Spanish)"), max_length=80, blank=True)
    colour = models.CharField(_("colour"), max_length=7, help_text=_("The Goal's own colour, as #rrggbb"))

    class Meta:
        verbose_name = pgettext_lazy("singular", "Goal")
        verbose_name_plural = _("Goals")
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

    code = models.CharField(_("code"), max_length=6, unique=True)
    goal = models.ForeignKey(
        Goal, verbose_name=pgettext_lazy("singular", "Goal"), on_delete=models.PROTECT, related_name="targets"
    )
    sort = models.CharField(_("sorted as"), max_length=20, db_index=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["sort"]


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def about_migration(self) -> Self:
        return self.filter(migration__isnull=False)


class Indicator(NamedInThreeLanguages):
    """An indicator of the global framework, with its official titles, tier and framework list."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    unsd_code = models.CharField(
        _("UNSD code"), max_length=10, blank=True, help_text=_("UNSD indicator code, such as C100702")
    )
    target = models.ForeignKey(Target, verbose_name=_("target"), on_delete=models.PROTECT, related_name="indicators")
    sort = models.CharField(_("sorted as"), max_length=30, db_index=True)
    tier = models.CharField(_("tier"), max_length=60, blank=True)
    framework = models.CharField(
        _("framework list"), max_length=120, help_text=_("Which framework list the title and tier are from")
    )
    same_as = models.ForeignKey(
        "self", verbose_name=_("same as"), null=True, blank=True, on_delete=models.SET_NULL, related_name="repeated_as"
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["sort"]
        constraints = [dates_check(name="indicator_dates_in_order")]


class Unit(NamedInThreeLanguages):
    """A unit of measure by its SDMX code (PT, NUMBER, PER_100000_POP ...); ``symbol_*`` is what stands by a figure."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    symbol_en = models.CharField(_("symbol (English)"), max_length=60, blank=True)
    symbol_fr = models.CharField(_("symbol (French)"), max_length=60, blank=True)
    symbol_es = models.CharField(_("symbol (Spanish)"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["code"]

    @property
    def symbol(self) -> str:
        return str(self.in_language("symbol"))


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

    def supplementary(self) -> Self:
        """Series from outside the global framework of which there are figures."""
        return self.filter(indicators=None, owner=None, coverage__isnull=False).distinct()

    def own_of(self, area: models.Model) -> Self:
        """Series that a country defined for itself."""
        return self.filter(owner=area)

    def computed(self) -> Self:
        """Series that are computed from the answers to an open questionnaire: nobody types their national figures."""
        return self.filter(Q(class_of__is_open=True) | Q(score_of__is_open=True)).distinct()


class Series(NamedInThreeLanguages):
    """A statistical series: one unit, one list of breakdowns. It measures indicators, or is only related to them."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    indicators = models.ManyToManyField(
        Indicator,
        verbose_name=_("indicators"),
        blank=True,
        related_name="series",
        help_text=_("The indicators it measures; none for figures from outside the global framework"),
    )
    related = models.ManyToManyField(
        Indicator,
        verbose_name=_("related indicators"),
        blank=True,
        related_name="related_series",
        help_text=_("Indicators on whose pages the series is named as related, though it does not measure them"),
    )
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind of value"), max_length=8, choices=ValueKind.choices)
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Order within the indicator; 0 is shown first")
    )
    dimensions = models.ManyToManyField(Dimension, verbose_name=_("dimensions"), blank=True, related_name="series")
    expected_dimensions = models.ManyToManyField(
        Dimension, verbose_name=_("expected dimensions"), blank=True, related_name="+"
    )
    headline = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("headline breakdowns"),
        default=list,
        help_text=_("Breakdown keys that stand for the whole, in order of preference; _T where a total is published"),
    )
    breaks = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("breaks in the series"),
        default=list,
        blank=True,
        help_text=_("Years from which the figures cannot be set beside those before; no line joins over them"),
    )
    value_labels = models.JSONField(
        _("words for values"),
        default=dict,
        blank=True,
        help_text=_('Words for values, such as {"1": {"en": ..., "fr": ..., "es": ...}}'),
    )
    minimum = ExactDecimalField(_("lowest possible value"), null=True, blank=True)
    maximum = ExactDecimalField(_("highest possible value"), null=True, blank=True)
    owner = models.ForeignKey(
        "Area",
        verbose_name=_("whose own"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The country that defined it for itself; blank for all others"),
    )
    target = models.ForeignKey(
        Target,
        verbose_name=_("target"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="own_series",
        help_text=_("Of a country’s own series: the target it speaks to"),
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("series before it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="successors",
    )
    note = models.TextField(_("note"), blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("singular", "series")
        verbose_name_plural = _("series")
        ordering = ["position", "code"]
        constraints = [
            choices_check("kind", ValueKind, name="series_kind_known"),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(minimum__lte=models.F("maximum")),
                name="series_limits_in_order",
            ),
            models.CheckConstraint(
                condition=Q(owner=None) | Q(target__isnull=False), name="series_own_speaks_to_a_target"
            ),
        ]

    @property
    def headline_keys(self) -> list[str]:
        """Breakdown keys that stand for the whole, the preferred first; the total where the catalogue names none."""
        return self.headline or ["_T"]

    def word_for(self, value: Decimal | None) -> str:
        """The word for a value of an ordered or yes-no series (3 is "Meets"), in the active language, else nothing."""
        if value is None or value != value.to_integral_value():
            return ""
        return str(local_name(self.value_labels.get(f"{value:.0f}", {}), get_language()))
