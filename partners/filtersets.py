"""Filters of the list of organisations: the same at the page and the API."""

from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from partners.models import IndicatorRole, Organisation, OrganisationKind, RoleKind
from sdg_targets.domain.folding import folded, rank
from sdg_targets.filtersets import CodesFilter
from sdg_targets.models import Indicator, Target


class OrganisationFilterSet(filters.FilterSet):
    """Organisations by kind, role, indicator, target and name.

    Role, indicator and target speak of one role together: ``role=custodian&indicator=10.7.2`` are the custodians of
    10.7.2, not its partners that are custodians of something else.
    """

    q = filters.CharFilter(method="by_name", label=_("Name"), max_length=80)
    kind = filters.ChoiceFilter(choices=OrganisationKind.choices, label=_("Kind"), empty_label=_("All kinds"))
    role = filters.ChoiceFilter(
        choices=RoleKind.choices, label=_("Role"), empty_label=_("Any role"), method="with_the_others"
    )
    indicator = CodesFilter(model=Indicator, label=_("Indicator"), method="with_the_others")
    target = CodesFilter(model=Target, label=_("Target"), method="with_the_others")

    class Meta:
        model = Organisation
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Organisation]) -> QuerySet[Any]:
        """The organisations; asked as a condition on roles, so that counts of roles beside them stay whole."""
        rows = super().filter_queryset(queryset)
        columns = {"role": "role", "indicator": "indicator__in", "target": "indicator__target__in"}
        given = {column: self.form.cleaned_data.get(name) for name, column in columns.items()}
        wanted = {column: value for column, value in given.items() if value}
        if not wanted:
            return rows
        return rows.filter(Exists(IndicatorRole.objects.filter(organisation=OuterRef("pk"), **wanted)))

    def with_the_others(self, queryset: QuerySet[Organisation], name: str, value: Any) -> QuerySet[Organisation]:
        """Asked together in ``filter_queryset``."""
        return queryset

    def by_name(self, queryset: QuerySet[Organisation], name: str, value: str) -> QuerySet[Any]:
        """Organisations whose name or abbreviation has all the words, accents forgiven."""
        words = folded(value).split()
        found = []
        for row in queryset:
            texts = (folded(text) for text in (row.abbreviation, row.name_en, row.name_fr, row.name_es))
            if rank(texts, words) is not None:
                found.append(row.pk)
        return queryset.filter(pk__in=found)
