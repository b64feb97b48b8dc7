"""Reference areas: the world, its regions, countries, territories and groups, by M49 and ISO codes."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .fields import choices_check, dates_check
from .naming import NamedInThreeLanguages


class AreaKind(models.TextChoices):
    WORLD = "world", _("World")
    REGION = "region", _("Region")
    SUBREGION = "subregion", _("Subregion")
    INTERMEDIATE = "intermediate", _("Intermediate region")
    COUNTRY = "country", _("Country")
    TERRITORY = "territory", _("Territory or area")
    SDG_REGION = "sdg_region", _("SDG region")
    GROUP = "group", _("Group of countries")
    OTHER = "other", _("Publisher's own area")
    SUBNATIONAL = "subnational", _("Subnational area")
    CITY = "city", _("City")


class AreaStatus(models.TextChoices):
    MEMBER = "member", _("United Nations Member State")
    OBSERVER = "observer", _("Non-member observer State")
    AREA = "area", _("Territory or area")
    AGGREGATE = "aggregate", _("Aggregate")


class AreaQuerySet(models.QuerySet["Area"]):
    def countries(self) -> Self:
        """Areas that count as a country: Member States and the two observers, as the reviewed file says."""
        return self.filter(counts_as_country=True)

    def member_states(self) -> Self:
        """The 193 Member States: the denominator of every "how many countries" unless another is stated."""
        return self.filter(status=AreaStatus.MEMBER)

    def countries_and_territories(self) -> Self:
        return self.filter(kind__in=[AreaKind.COUNTRY, AreaKind.TERRITORY])

    def with_page(self) -> Self:
        """Areas that have a page at ``/countries/<ISO3>/``."""
        return self.countries_and_territories().exclude(iso3=None)

    def aggregates(self) -> Self:
        return self.filter(status=AreaStatus.AGGREGATE)

    def members_of(self, group_code: str, *, on: date) -> Self:
        """Members of a group on a day of the reference period (membership of LDC and the like has dates)."""
        spans = Q(memberships__valid_from=None) | Q(memberships__valid_from__lte=on)
        spans &= Q(memberships__valid_to=None) | Q(memberships__valid_to__gte=on)
        return self.filter(spans, memberships__group__code=group_code).distinct()

    def below(self, areas: Iterable["Area"]) -> set[int]:
        """Ids of the countries and territories that lie in regions, by descent: one query for each level."""
        kinds = (AreaKind.COUNTRY, AreaKind.TERRITORY)
        return {pk for pk, kind in self._descendants(areas).items() if kind in kinds}

    def within(self, areas: Iterable["Area"]) -> Self:
        """All areas that lie in others, at every level below: one query for each level."""
        return self.filter(pk__in=self.model._default_manager.all()._descendants(areas))

    def _descendants(self, areas: Iterable["Area"]) -> dict[int, str]:
        """The kind of each area below, by its number."""
        found: dict[int, str] = {}
        frontier = {area.pk for area in areas}
        while frontier:
            children = dict(self.filter(parent_id__in=frontier).values_list("pk", "kind"))
            frontier = children.keys() - found.keys()
            found |= children
        return found

    def in_name_order(self, language: str = "en") -> Self:
        """Sorted as people of that language sort names (accents folded into a stored key)."""
        return self.order_by(f"sort_{language if language in ('en', 'fr', 'es') else 'en'}", "code")


class Area(NamedInThreeLanguages):
    """One reference area. ``code`` is its address: ISO3 for countries and territories, else M49 or the group's code."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    m49 = models.CharField(
        _("M49 code"), max_length=3, unique=True, null=True, blank=True, help_text=_("Three digits, padded")
    )
    iso2 = models.CharField(_("ISO code of two letters"), max_length=2, unique=True, null=True, blank=True)
    iso3 = models.CharField(_("ISO code of three letters"), max_length=3, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=AreaKind.choices)
    status = models.CharField(_("status"), max_length=10, choices=AreaStatus.choices)
    counts_as_country = models.BooleanField(_("counts as a country"), default=False)
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    sort_en = models.TextField(_("sorted as (English)"), db_index=True)
    sort_fr = models.TextField(_("sorted as (French)"), blank=True)
    sort_es = models.TextField(_("sorted as (Spanish)"), blank=True)
    footnote_en = models.TextField(_("footnote (English)"), blank=True)
    footnote_fr = models.TextField(_("footnote (French)"), blank=True)
    footnote_es = models.TextField(_("footnote (Spanish)"), blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference area")
        verbose_name_plural = _("reference areas")
        ordering = ["sort_en", "code"]
        constraints = [
            choices_check("kind", AreaKind, name="area_kind_known"),
            choices_check("status", AreaStatus, name="area_status_known"),
            models.CheckConstraint(
                condition=Q(m49=None) | Q(m49__regex=r"^[0-9]{3}$"), name="area_m49_is_three_digits"
            ),
            models.CheckConstraint(
                condition=Q(iso3=None) | Q(iso3__regex=r"^[A-Z]{3}$"), name="area_iso3_is_three_letters"
            ),
            models.CheckConstraint(
                condition=Q(counts_as_country=False) | Q(status__in=["member", "observer"]),
                name="area_country_is_a_state",
            ),
            dates_check(name="area_dates_in_order"),
        ]

    @property
    def footnote(self) -> str:
        return str(self.in_language("footnote"))


class GroupMembershipQuerySet(models.QuerySet["GroupMembership"]):
    def in_force(self, *, on: date) -> Self:
        """Memberships on a day of the reference period."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=on),
            Q(valid_to=None) | Q(valid_to__gte=on),
        )


class GroupMembership(models.Model):
    """An area's membership of a group (LDC, LLDC, SIDS, SDG region), with its dates."""

    group = models.ForeignKey(Area, verbose_name=_("group"), on_delete=models.CASCADE, related_name="group_memberships")
    member = models.ForeignKey(Area, verbose_name=_("member"), on_delete=models.CASCADE, related_name="memberships")
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    source = models.TextField(_("source"), blank=True)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of a group")
        verbose_name_plural = _("memberships of groups")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "member", "valid_from"], name="membership_once", nulls_distinct=False
            ),
            dates_check(name="membership_dates_in_order"),
            models.CheckConstraint(condition=~Q(group=models.F("member")), name="membership_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.member} / {self.group}"
