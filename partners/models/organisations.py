"""Organisations, and what each does for the indicators of the framework."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sdg_targets.models import Indicator
from sdg_targets.models.fields import choices_check
from sdg_targets.models.naming import NamedInThreeLanguages


class OrganisationKind(models.TextChoices):
    GOVERNMENT = "government", _("Government")
    UN_AGENCY = "un_agency", _("United Nations entity")
    OTHER_IGO = "other_igo", _("Other intergovernmental organisation")
    PARLIAMENT = "parliament", _("Parliament")
    NGO = "ngo", _("Non-governmental organisation")
    ACADEMIA = "academia", _("University or research")
    PRIVATE_SECTOR = "private_sector", _("Private sector")
    MEDIA = "media", _("Media")
    LOCAL_AUTHORITY = "local_authority", _("City or local authority")


class RoleKind(models.TextChoices):
    CUSTODIAN = "custodian", _("Custodian agency")
    PARTNER = "partner", _("Partner agency")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def with_counts(self) -> Self:
        """With ``custodian_of`` and ``partner_of``: for how many indicators of the framework. In the order of names."""
        return self.annotate(
            custodian_of=models.Count("roles", filter=Q(roles__role=RoleKind.CUSTODIAN)),
            partner_of=models.Count("roles", filter=Q(roles__role=RoleKind.PARTNER)),
        ).order_by("name_en", "slug")  # a model's own order does not hold for rows that are counted


class Organisation(NamedInThreeLanguages):
    """An organisation: a Government, a United Nations entity, a university, a city ..."""

    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=OrganisationKind.choices)
    url = models.URLField(_("website"), blank=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_en", "slug"]
        constraints = [choices_check("kind", OrganisationKind, name="organisation_kind_known")]


class IndicatorRole(models.Model):
    """What an organisation does for an indicator, and which list says so."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="roles"
    )
    indicator = models.ForeignKey(Indicator, verbose_name=_("indicator"), on_delete=models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=10, choices=RoleKind.choices)
    source = models.CharField(_("source"), max_length=200, help_text=_("The list that says so"))

    class Meta:
        verbose_name = _("role for an indicator")
        verbose_name_plural = _("roles for indicators")
        ordering = ["indicator__sort", "role", "organisation__name_en"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "indicator", "role"], name="indicator_role_once"),
            choices_check("role", RoleKind, name="indicator_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} / {self.indicator.code}"
