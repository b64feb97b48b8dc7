"""Scored questionnaires as the catalogue defines them: instruments, their versions, sections, questions and options."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.languages import LocalName

from .catalogue import Indicator, Series
from .fields import ExactDecimalField, choices_check, dates_check
from .geography import AreaKind
from .naming import NamedInThreeLanguages

#: Codes stand in addresses.
CODE = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
_is_code = RegexValidator(CODE, _("Letters, digits, points, hyphens and underscores."))


class Scoring(models.TextChoices):
    """What is summed up; the words of ``domain.questionnaires.Scoring``."""

    OVERALL = "overall", _("Sections and overall")
    SECTIONS = "sections", _("Each section alone")
    NONE = "none", _("Nothing: a benchmark, read answer by answer")


class Instrument(NamedInThreeLanguages):
    """A questionnaire that Governments or cities fill in, such as that of indicator 10.7.2."""

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[_is_code])
    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("indicator"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="instruments",
        help_text=_("The indicator it measures; none for a set outside the global framework"),
    )
    area_kinds = ArrayField(
        models.CharField(max_length=12, choices=AreaKind.choices),
        verbose_name=_("who fills it in"),
        help_text=_("Kinds of area, such as country or city"),
    )
    about_en = models.TextField(_("what it is (English)"), blank=True)
    about_fr = models.TextField(_("what it is (French)"), blank=True)
    about_es = models.TextField(_("what it is (Spanish)"), blank=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=CODE), name="instrument_code_is_a_code"),
            models.CheckConstraint(condition=Q(area_kinds__len__gt=0), name="instrument_is_for_somebody"),
        ]

    @property
    def about(self) -> LocalName:
        return self.in_language("about")


class InstrumentVersionQuerySet(models.QuerySet["InstrumentVersion"]):
    def in_force(self, *, on: date) -> Self:
        """Open versions that are used for a reference period that ends on that day; the newest first."""
        begun = Q(valid_from=None) | Q(valid_from__lte=on)
        not_over = Q(valid_to=None) | Q(valid_to__gte=on)
        return self.filter(begun & not_over, is_open=True).order_by(
            models.F("valid_from").desc(nulls_last=True), "-code"
        )

    def of_key(self, instrument: str, code: str) -> Self:
        return self.filter(instrument__code=instrument, code=code)

    def computing(self) -> Self:
        """Versions from whose answers a series is computed."""
        return self.exclude(category_series=None, score_series=None)


class InstrumentVersion(models.Model):
    """One wording of a questionnaire, with what its answers count. An open one can be filled in and is not changed."""

    instrument = models.ForeignKey(
        Instrument, verbose_name=_("questionnaire"), on_delete=models.PROTECT, related_name="versions"
    )
    code = models.CharField(_("version"), max_length=20, validators=[_is_code], help_text=_("Such as 2021"))
    is_open = models.BooleanField(
        _("open"), default=False, editable=False, help_text=_("Checked, can be filled in, and is no longer changed")
    )
    scoring = models.CharField(_("what is summed up"), max_length=8, choices=Scoring.choices)
    category_series = models.ForeignKey(
        Series,
        verbose_name=_("series of the class"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="class_of",
        help_text=_("Where the class of a published form goes; nobody types figures of this series"),
    )
    score_series = models.ForeignKey(
        Series,
        verbose_name=_("series of the score"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="score_of",
        help_text=_("Where the score in per cent goes; nobody types figures of this series"),
    )
    footnote_share = ExactDecimalField(
        _("footnote from"),
        null=True,
        blank=True,
        help_text=_("The per cent of questions without an answer from which the footnote stands beside the score"),
    )
    footnote_en = models.TextField(_("footnote (English)"), blank=True)
    footnote_fr = models.TextField(_("footnote (French)"), blank=True)
    footnote_es = models.TextField(_("footnote (Spanish)"), blank=True)
    official_languages = ArrayField(
        models.CharField(max_length=3),
        verbose_name=_("official languages"),
        default=list,
        help_text=_("Languages of an official text; other languages are marked as unofficial translations"),
    )
    source = models.TextField(_("source"), help_text=_("Where questions and weights come from"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)

    in_language = NamedInThreeLanguages.in_language
    objects = InstrumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of questionnaires")
        ordering = ["instrument__code", "code"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "code"], name="instrument_version_once"),
            models.CheckConstraint(condition=Q(code__regex=CODE), name="instrument_version_is_a_code"),
            choices_check("scoring", Scoring, name="instrument_version_scoring_known"),
            models.CheckConstraint(
                condition=~Q(scoring=Scoring.NONE) | Q(category_series=None, score_series=None),
                name="instrument_version_benchmark_has_no_series",
            ),
            models.CheckConstraint(
                condition=Q(footnote_share=None) | Q(footnote_share__range=(0, 100)),
                name="instrument_version_share_is_per_cent",
            ),
            dates_check(name="instrument_version_dates_in_order"),
        ]

    @property
    def footnote(self) -> LocalName:
        return self.in_language("footnote")

    @property
    def is_answered(self) -> bool:
        """Whether anybody answered it: then it stays open, as it is."""
        return self.responses.exists()

    def open(self) -> None:
        """From now on it can be filled in, and the database keeps it and its parts as they are."""
        self._set_open(is_open=True)

    def close(self) -> None:
        """It can be edited again. Errors: ``IntegrityError`` where it has been answered."""
        self._set_open(is_open=False)

    def _set_open(self, *, is_open: bool) -> None:
        self.is_open = is_open
        self.save(update_fields=["is_open"])

    def __str__(self) -> str:
        return f"{self.instrument.code} ({self.code})"


class Section(NamedInThreeLanguages):
    """A part of a questionnaire whose questions are scored together, such as a domain of 10.7.2."""

    version = models.ForeignKey(
        InstrumentVersion, verbose_name=_("version"), on_delete=models.CASCADE, related_name="sections"
    )
    code = models.CharField(_("code"), max_length=20, validators=[_is_code])
    position = models.PositiveSmallIntegerField(_("order"))
    lead_en = models.TextField(_("question above all (English)"), blank=True)
    lead_fr = models.TextField(_("question above all (French)"), blank=True)
    lead_es = models.TextField(_("question above all (Spanish)"), blank=True)
    about_en = models.TextField(_("what it measures (English)"), blank=True)
    about_fr = models.TextField(_("what it measures (French)"), blank=True)
    about_es = models.TextField(_("what it measures (Spanish)"), blank=True)
    breakdown = models.CharField(
        _("breakdown"),
        max_length=200,
        blank=True,
        help_text=_("The breakdown of the series for this section, such as POLICY_DOMAIN=PD_1"),
    )
    counts_shown = models.BooleanField(
        _("counts are published"),
        default=False,
        help_text=_("How often each answer was given stands beside the published score"),
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["version", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="section_once"),
            models.CheckConstraint(condition=Q(code__regex=CODE), name="section_code_is_a_code"),
        ]

    @property
    def lead(self) -> LocalName:
        return self.in_language("lead")

    @property
    def about(self) -> LocalName:
        return self.in_language("about")


class Question(NamedInThreeLanguages):
    """One question; its name is its text."""

    section = models.ForeignKey(Section, verbose_name=_("section"), on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(_("code"), max_length=20, validators=[_is_code])
    position = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["section", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["section", "code"], name="question_once"),
            models.CheckConstraint(condition=Q(code__regex=CODE), name="question_code_is_a_code"),
        ]


class Option(NamedInThreeLanguages):
    """One answer that can be chosen, and what it counts."""

    question = models.ForeignKey(Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="options")
    code = models.CharField(_("code"), max_length=20, validators=[_is_code])
    position = models.PositiveSmallIntegerField(_("order"))
    weight = ExactDecimalField(
        _("counts"), null=True, blank=True, help_text=_("From 0 to 1; blank where nothing is summed up")
    )

    class Meta:
        verbose_name = _("possible answer")
        verbose_name_plural = _("possible answers")
        ordering = ["question", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["question", "code"], name="option_once"),
            models.CheckConstraint(condition=Q(code__regex=CODE), name="option_code_is_a_code"),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__range=(0, 1)), name="option_counts_from_0_to_1"
            ),
        ]


class ScoreClass(NamedInThreeLanguages):
    """A class of scores: it begins at ``minimum`` and ends where the next one begins."""

    version = models.ForeignKey(
        InstrumentVersion, verbose_name=_("version"), on_delete=models.CASCADE, related_name="classes"
    )
    value = models.PositiveSmallIntegerField(_("number"), help_text=_("The published number of the class, such as 3"))
    minimum = ExactDecimalField(_("from"), help_text=_("The lowest score of the class, in per cent"))

    class Meta:
        verbose_name = _("class of scores")
        verbose_name_plural = _("classes of scores")
        ordering = ["version", "minimum"]
        constraints = [
            models.UniqueConstraint(fields=["version", "value"], name="score_class_once"),
            models.UniqueConstraint(fields=["version", "minimum"], name="score_class_begins_once"),
            models.CheckConstraint(condition=Q(minimum__range=(0, 100)), name="score_class_is_per_cent"),
        ]
