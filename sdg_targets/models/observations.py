"""Observations: one value of one series for one area, period and breakdown, with everything ever known of it.

The table is partitioned by the end of knowledge: rows known now (``known_to`` open) stand in
``sdg_targets_observation_current``, superseded ones in ``sdg_targets_observation_past``. It is one model; a question
about the present plans on one partition. Tables, triggers and indexes are made by the migration in SQL, because
partitions, transition tables and covering indexes have no words in the ORM; the reasons and figures are in
``docs/decisions.md``.
"""

from typing import Any, Final, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sdg_targets.domain.comparability import is_break

from .catalogue import Series, Unit
from .datasets import Dataset, ReportingType
from .dimensions import Category
from .fields import ExactDecimalField, choices_check
from .geography import Area
from .imports import Import

#: ``known_to`` of what is still believed.
OPEN: Final = 2_147_483_647


class Period(models.Model):
    """A time period, interned: frequency, first and last day, SDMX code."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    frequency = models.CharField(_("frequency"), max_length=1)
    start = models.DateField(_("first day"))
    end = models.DateField(_("last day"), db_index=True)

    class Meta:
        verbose_name = _("time period")
        verbose_name_plural = _("time periods")
        ordering = ["-end", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lte=models.F("end")), name="period_start_before_end"),
            models.CheckConstraint(condition=Q(frequency__in=["A", "Q", "M", "D", "R"]), name="period_frequency_known"),
        ]

    def __str__(self) -> str:
        return self.code


class Breakdown(models.Model):
    """One combination of categories, interned. ``key`` is canonical: ``AGE=Y0T4;SEX=F``, and ``_T`` for the total."""

    key = models.CharField(_("key"), max_length=200, unique=True)
    codes = models.JSONField(_("codes"), default=dict, help_text=_("Dimension code to category code, totals left out"))
    categories = models.ManyToManyField(
        Category, verbose_name=_("categories"), related_name="+", through="BreakdownCategory"
    )

    class Meta:
        verbose_name = _("breakdown")
        verbose_name_plural = _("breakdowns")
        constraints = [models.CheckConstraint(condition=~Q(key=""), name="breakdown_total_is_a_code")]

    def __str__(self) -> str:
        return self.key


class BreakdownCategory(models.Model):
    """A category that a breakdown names: it is not deleted while figures may be broken down by it."""

    breakdown = models.ForeignKey(Breakdown, on_delete=models.CASCADE, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("category of a breakdown")
        verbose_name_plural = _("categories of breakdowns")
        db_table = "sdg_targets_breakdown_categories"
        constraints = [models.UniqueConstraint(fields=["breakdown", "category"], name="breakdown_category_once")]

    def __str__(self) -> str:
        return f"{self.breakdown_id}: {self.category_id}"


class NoteKind(models.TextChoices):
    SOURCE = "source", _("Source")
    FOOTNOTE = "footnote", _("Footnote")


class Note(models.Model):
    """A publisher's source or footnote text, interned, in its own language."""

    kind = models.CharField(max_length=8, choices=NoteKind.choices)
    text = models.TextField()
    digest = models.CharField(max_length=32, help_text=_("MD5 of the text: long texts do not fit an index"))
    lang = models.CharField(max_length=8, default="en")

    class Meta:
        verbose_name = _("publisher's note")
        verbose_name_plural = _("publisher's notes")
        constraints = [
            models.UniqueConstraint(fields=["kind", "digest"], name="note_once"),
            choices_check("kind", NoteKind, name="note_kind_known"),
        ]

    def __str__(self) -> str:
        return self.text


class Status(models.TextChoices):
    """Observation status (SDMX CL_OBS_STATUS). The last five have no value and say why."""

    NORMAL = "A", _("Normal value")
    BREAK = "B", _("Break in the series")
    ESTIMATED = "E", _("Estimated value")
    PROVISIONAL = "P", _("Provisional value")
    LOW_RELIABILITY = "U", _("Low reliability")
    NOT_COLLECTED = "L", _("Not collected")
    NOT_APPLICABLE = "M", _("Not applicable")
    NOT_YET = "O", _("Not yet received")
    SUPPRESSED = "Q", _("Suppressed for confidentiality")
    ELSEWHERE = "K", _("Included in another category")


#: Statuses that stand where there is no value.
MISSING_STATUSES: Final = ("L", "M", "O", "Q", "K")


class Nature(models.TextChoices):
    COUNTRY = "C", _("Country data")
    ADJUSTED = "CA", _("Country adjusted data")
    ESTIMATED = "E", _("Estimated data")
    GLOBAL_MONITORING = "G", _("Global monitoring data")
    MODELLED = "M", _("Modelled data")
    NOT_RELEVANT = "N", _("Not relevant")
    NOT_AVAILABLE = "_X", _("Nature not available")


#: Rows of a country's own: those of a national dataset about the area whose it is.
OWN: Final = Q(dataset__reporting_type=ReportingType.NATIONAL, dataset__area=F("area"))
#: What an area shows: figures of global datasets and its own; never another country's of it.
OWN_OR_GLOBAL: Final = OWN | Q(dataset__reporting_type=ReportingType.GLOBAL)


class ObservationQuerySet(models.QuerySet["Observation"]):
    def current(self) -> Self:
        """What is believed now (plans on the current partition alone)."""
        return self.filter(known_to=OPEN)

    def known_at(self, revision: int | None) -> Self:
        """What was believed at a revision; ``None`` is now.

        ``+ 0``: since when a row is known is the last part of the past's key, and the planner would reckon with skipping
        through all parts before it, and take the index for maps for a chart.
        """
        if revision is None:
            return self.current()
        return self.filter(LessThanOrEqual(F("known_from") + 0, revision), known_to__gt=revision)

    def begun_between(self, since: int, until: int) -> Self:
        """Versions that became known after one revision and up to another."""
        return self.filter(known_from__gt=since, known_from__lte=until)

    def ended_between(self, since: int, until: int) -> Self:
        """Versions that ceased to be believed after one revision and up to another (plans on the past alone)."""
        return self.filter(known_to__gt=since, known_to__lte=until)

    def with_value(self) -> Self:
        return self.filter(value__isnull=False)

    def versions_of(self, observation: "Observation") -> Self:
        """Every version of one observation, oldest first."""
        return self.filter(
            dataset=observation.dataset_id,
            series=observation.series_id,
            area=observation.area_id,
            period=observation.period_id,
            breakdown=observation.breakdown_id,
        ).order_by("known_from")

    def own(self) -> Self:
        """Figures that countries publish of themselves."""
        return self.filter(OWN)

    def shown_by_areas(self) -> Self:
        """Figures of global datasets, and those that countries publish of themselves."""
        return self.filter(OWN_OR_GLOBAL)

    def with_names(self) -> Self:
        """Joined with all that a page prints beside a value, in one query."""
        return self.select_related(
            "dataset", "series", "area", "period", "breakdown", "unit", "source", "footnote", "imported"
        )


def _reference(to: type[models.Model] | str, name: Any = None, **options: bool) -> models.ForeignKey:
    """A reference without a row-level foreign key: references are checked by statement (docs/decisions.md)."""
    return models.ForeignKey(
        to,
        verbose_name=name,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
        **options,
    )


class Observation(models.Model):
    """One version of one observation. Key: dataset x series x reference area x time period x breakdown."""

    dataset = _reference(Dataset, _("dataset"))
    series = _reference(Series, pgettext_lazy("singular", "series"))
    area = _reference(Area, _("reference area"))
    period = _reference(Period, _("time period"))
    breakdown = _reference(Breakdown, _("breakdown"))
    value = ExactDecimalField(_("value"), null=True)
    value_text = models.CharField(
        _("value as printed"), max_length=40, null=True, help_text=_("What was printed, where it was no number")
    )
    status = models.CharField(_("observation status"), max_length=1, choices=Status.choices, default=Status.NORMAL)
    nature = models.CharField(_("nature"), max_length=2, choices=Nature.choices, default=Nature.NOT_AVAILABLE)
    unit = _reference(Unit, _("unit"))
    multiplier = models.SmallIntegerField(_("multiplier"), default=0, help_text=_("Power of ten"))
    lower_bound = ExactDecimalField(_("lower bound"), null=True)
    upper_bound = ExactDecimalField(_("upper bound"), null=True)
    numerator = ExactDecimalField(_("numerator"), null=True)
    denominator = ExactDecimalField(_("denominator"), null=True)
    base_period = models.CharField(_("base period"), max_length=40, null=True)
    time_detail = models.CharField(_("detail of the period"), max_length=200, null=True)
    source = _reference(Note, _("source"), null=True)
    footnote = _reference(Note, _("footnote"), null=True)
    imported = _reference(Import, _("import"), null=True)
    known_from = models.IntegerField(_("known since revision"))
    known_to = models.IntegerField(_("superseded by revision"), default=OPEN)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        db_table = "sdg_targets_observation"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.series_id}/{self.area_id}/{self.period_id}/{self.breakdown_id}"

    @property
    def is_current(self) -> bool:
        return self.known_to == OPEN

    @property
    def is_break(self) -> bool:
        """Whether it cannot be compared with the figures of the periods before."""
        return is_break(self.status, self.period.end.year, self.series.breaks)


class LatestQuerySet(models.QuerySet["Latest"]):
    def shown_by_areas(self) -> Self:
        """Of global datasets, and of those in which countries publish figures of themselves."""
        return self.filter(OWN_OR_GLOBAL)

    def with_names(self) -> Self:
        return self.select_related("dataset", "series", "area", "period", "breakdown", "unit")


class Latest(models.Model):
    """The newest current value of each dataset, series, area and breakdown; written with the observations.

    "Newest" is the greatest end of period among rows that have a value.
    """

    dataset = _reference(Dataset)
    series = _reference(Series)
    area = _reference(Area)
    breakdown = _reference(Breakdown)
    period = _reference(Period)
    observation_id = models.BigIntegerField()
    value = ExactDecimalField()
    status = models.CharField(max_length=1)
    nature = models.CharField(max_length=2)
    unit = _reference(Unit)

    objects = LatestQuerySet.as_manager()

    class Meta:
        verbose_name = _("newest value")
        verbose_name_plural = _("newest values")
        constraints = [
            models.UniqueConstraint(fields=["series", "area", "breakdown", "dataset"], name="latest_key"),
        ]
        indexes = [models.Index(fields=["area", "series"], name="latest_by_area")]

    def __str__(self) -> str:
        return f"{self.series_id}/{self.area_id}/{self.breakdown_id}"


class SeriesCoverage(models.Model):
    """What a dataset holds of a series, counted with each write: read by tiles and lists instead of the rows."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="coverage")
    observations = models.PositiveIntegerField()
    areas = models.PositiveIntegerField()
    countries = models.PositiveIntegerField(help_text=_("Member States and observers with a value"))
    first_end = models.DateField(null=True)
    last_end = models.DateField(null=True)
    periods = ArrayField(models.CharField(max_length=30), default=list)
    last_revision = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("coverage of a series")
        verbose_name_plural = _("coverage of series")
        constraints = [models.UniqueConstraint(fields=["dataset", "series"], name="series_coverage_once")]

    def __str__(self) -> str:
        return f"{self.series_id}: {self.observations}"
