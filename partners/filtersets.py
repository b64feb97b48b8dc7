"""Filters of the list of organisations: the same at the page and the API."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation, OrganisationKind, RoleKind
from sdg_targets.domain.folding import folded
from sdg_targets.filtersets import CodesFilter
from sdg_targets.models import Indicator, Target


class OrganisationFilterSet(filters.FilterSet):
    """Organisations by kind, role, indicator, target and name."""

    q = filters.CharFilter(method="by_name", label=_("Name"))
    kind = filters.ChoiceFilter(choices=OrganisationKind.choices, label=_("Kind"), empty_label=_("All kinds"))
    role = filters.ChoiceFilter(
        choices=RoleKind.choices, field_name="roles__role", label=_("Role"), empty_label=_("Any role"), distinct=True
    )
    indicator = CodesFilter(model=Indicator, field_name="roles__indicator", label=_("Indicator"), distinct=True)
    target = CodesFilter(model=Target, field_name="roles__indicator__target", label=_("Target"), distinct=True)

    class Meta:
        model = Organisation
        fields: list[str] = []

    def by_name(self, queryset: QuerySet[Organisation], name: str, value: str) -> QuerySet[Any]:
        """Organisations whose name or abbreviation has all the words, accents forgiven."""
        words = folded(value).split()
        found = [
            row.pk
            for row in queryset
            if any(
                all(word in folded(text) for word in words)
                for text in (row.abbreviation, row.name_en, row.name_fr, row.name_es)
            )
        ]
        return queryset.filter(pk__in=found)
