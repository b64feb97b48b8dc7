"""Reporting rounds: which series are due from which countries, for which periods, by when."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sdg_targets.domain.periods import FIRST_YEAR, LAST_YEAR

from .catalogue import Series
from .fields import choices_check, person
from .geography import Area
from .naming import NamedInThreeLanguages


def total_only() -> list[str]:
    """The breakdowns asked for where none are named."""
    return ["_T"]


def usual_reminders() -> list[int]:
    """Days before the due date on which those who have not submitted are reminded."""
    return [30, 7, 1]


class Frequency(models.TextChoices):
    """How often a figure of a series is asked for."""

    YEAR = "A", _("Yearly")
    QUARTER = "Q", _("Quarterly")


class RoundQuerySet(models.QuerySet["Round"]):
    def open_on(self, day: date) -> Self:
        """Rounds in which something can be opened on that day: begun, and not closed."""
        return self.filter(Q(closes_on=None) | Q(closes_on__gte=day), opens_on__lte=day)


class Round(NamedInThreeLanguages):
    """One call for figures. A round that is past its due date still takes submissions until it closes."""

    code = models.SlugField(_("code"), max_length=40, unique=True, help_text=_("As in addresses, such as 2026"))
    opens_on = models.DateField(_("opens on"))
    due_on = models.DateField(_("due on"))
    closes_on = models.DateField(
        _("closes on"), null=True, blank=True, help_text=_("Nothing is taken after this day; blank: it stays open")
    )
    remind_before = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("reminders"),
        default=usual_reminders,
        blank=True,
        help_text=_("Days before the due date, such as 30, 7, 1"),
    )
    note_en = models.TextField(_("note (English)"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)
    note_es = models.TextField(_("note (Spanish)"), blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting round")
        verbose_name_plural = _("reporting rounds")
        ordering = ["-due_on", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(opens_on__lte=models.F("due_on")), name="round_opens_before_due"),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(due_on__lte=models.F("closes_on")), name="round_closes_after_due"
            ),
        ]

    @property
    def note(self) -> str:
        return str(self.in_language("note"))

    def is_open(self, day: date) -> bool:
        """Whether values are taken on that day."""
        return self.opens_on <= day and (self.closes_on is None or day <= self.closes_on)


class RoundItemQuerySet(models.QuerySet["RoundItem"]):
    def typed(self) -> Self:
        """Those whose values people enter; the others are computed from the answers to a questionnaire."""
        return self.exclude(series__in=Series.objects.computed())


class RoundItem(models.Model):
    """One series that a round asks for: its breakdowns, and the years from first to last."""

    round = models.ForeignKey(Round, verbose_name=_("reporting round"), on_delete=models.CASCADE, related_name="items")
    series = models.ForeignKey(
        Series, verbose_name=pgettext_lazy("singular", "series"), on_delete=models.PROTECT, related_name="+"
    )
    breakdowns = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("breakdowns"),
        default=total_only,
        help_text=_("Keys of breakdowns, such as _T, SEX=F, SEX=M"),
    )
    frequency = models.CharField(_("frequency"), max_length=1, choices=Frequency.choices, default=Frequency.YEAR)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = RoundItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("series of a round")
        verbose_name_plural = _("series of rounds")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "series"], name="round_item_once"),
            choices_check("frequency", Frequency, name="round_item_frequency_known"),
            models.CheckConstraint(
                condition=Q(
                    first_year__gte=FIRST_YEAR, last_year__lte=LAST_YEAR, first_year__lte=models.F("last_year")
                ),
                name="round_item_years_in_order",
            ),
            models.CheckConstraint(condition=~Q(breakdowns=[]), name="round_item_has_breakdowns"),
        ]

    def __str__(self) -> str:
        return f"{self.round.code}: {self.series.code}"

    @property
    def period_codes(self) -> list[str]:
        """Codes of the periods asked for, oldest first."""
        years = range(self.first_year, self.last_year + 1)
        if self.frequency == Frequency.QUARTER:
            return [f"{year}-Q{quarter}" for year in years for quarter in (1, 2, 3, 4)]
        return [str(year) for year in years]

    @property
    def asked(self) -> int:
        """How many values it asks of one country."""
        return len(self.breakdowns) * len(self.period_codes)


class RoundArea(models.Model):
    """A country of which a round asks something, with a later due date where one was agreed."""

    round = models.ForeignKey(Round, verbose_name=_("reporting round"), on_delete=models.CASCADE, related_name="areas")
    area = models.ForeignKey(Area, verbose_name=_("country"), on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(
        _("due on"), null=True, blank=True, help_text=_("Where another date was agreed than that of the round")
    )

    class Meta:
        verbose_name = _("country of a round")
        verbose_name_plural = _("countries of rounds")
        constraints = [models.UniqueConstraint(fields=["round", "area"], name="round_area_once")]

    def __str__(self) -> str:
        return f"{self.round.code}: {self.area.code}"

    @property
    def due(self) -> date:
        """The day on which this country's submission is due."""
        return self.due_on or self.round.due_on


class ReportingCountry(models.Model):
    """How a country works inside: whether its statistics office validates before anything is submitted."""

    area = models.OneToOneField(Area, verbose_name=_("country"), on_delete=models.PROTECT, related_name="+")
    validates_first = models.BooleanField(
        _("validated first"),
        default=False,
        help_text=_("Values are validated by a second person, for the statistics office, before they are submitted"),
    )
    changed_by = person(_("changed by"), blank=True, editable=False)

    class Meta:
        verbose_name = _("reporting country")
        verbose_name_plural = _("reporting countries")

    def __str__(self) -> str:
        return str(self.area)
