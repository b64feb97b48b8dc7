"""Datasets: one provider's flow of figures each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .fields import choices_check
from .geography import Area
from .naming import NamedInThreeLanguages


class ReportingType(models.TextChoices):
    GLOBAL = "G", _("Global")
    NATIONAL = "N", _("National")


class Evidence(models.TextChoices):
    OFFICIAL = "official", _("Official SDG series")
    SUPPLEMENTARY = "supplementary", _("Supplementary")
    EXPERIMENTAL = "experimental", _("Experimental")


class Dataset(NamedInThreeLanguages):
    """One provider's flow of figures. The figures of one dataset never overwrite those of another."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    provider = models.CharField(_("provider"), max_length=200)
    reporting_type = models.CharField(_("reporting type"), max_length=1, choices=ReportingType.choices)
    evidence = models.CharField(
        _("kind of evidence"), max_length=13, choices=Evidence.choices, default=Evidence.OFFICIAL
    )
    area = models.ForeignKey(
        Area, verbose_name=_("reference area"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rank = models.PositiveSmallIntegerField(
        _("order of preference"), default=100, help_text=_("The lowest is shown first")
    )
    url = models.URLField(_("web address"), blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)
    note_es = models.TextField(_("note (Spanish)"), blank=True)

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        ordering = ["rank", "code"]
        constraints = [
            choices_check("reporting_type", ReportingType, name="dataset_reporting_type_known"),
            choices_check("evidence", Evidence, name="dataset_evidence_known"),
            models.CheckConstraint(
                condition=Q(reporting_type="G") | Q(area__isnull=False), name="dataset_national_has_area"
            ),
        ]

    @property
    def note(self) -> str:
        return str(self.in_language("note"))
