"""Filters of coverage: which series, of which countries, in which state. The same at the page and the API."""

from datetime import date
from functools import partial
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from sdg_targets.domain.coverage import WORDS, State
from sdg_targets.models import Area, AreaKind, Dimension, GroupMembership, Indicator, Series

from .fields import CodesFilter, WholeNumberFilter

#: Before the Agenda there was nothing to be followed up.
FIRST_YEAR = 2015


def state_choices() -> list[tuple[str, Any]]:
    """Each state and its words."""
    return [(state.value, gettext_lazy(WORDS[state].label)) for state in State]


def dimension_choices() -> list[tuple[str, str]]:
    """The dimensions by which some series followed here should be broken down."""
    expected = Series.objects.about_migration().values("expected_dimensions")
    return [(row.code, str(row.name)) for row in Dimension.objects.filter(pk__in=expected)]


class CoverageFilterSet(filters.FilterSet):
    """Countries, and of which series and in which state their figures are asked for.

    The rows filtered are areas: Member States, unless areas are named. What is asked of the series and of the states
    is read from the form, for they are known only when both sides are put together (``queries.coverage``).
    """

    indicator = CodesFilter(model=Indicator, label=gettext_lazy("Indicator"), method="asked_of_the_series")
    series = CodesFilter(model=Series, label=gettext_lazy("Series"), method="asked_of_the_series")
    area = CodesFilter(model=Area, label=gettext_lazy("Areas, by code"), method="of_areas")
    group = CodesFilter(model=Area, label=gettext_lazy("Countries of a region or group"), method="in_groups")
    state = filters.MultipleChoiceFilter(
        choices=state_choices(), label=gettext_lazy("State"), method="asked_of_the_figures"
    )
    dimension = filters.ChoiceFilter(
        choices=partial(dimension_choices),
        label=gettext_lazy("Broken down by"),
        method="asked_of_the_figures",
        empty_label=gettext_lazy("the headline figure"),
    )
    reference_year = WholeNumberFilter(
        label=gettext_lazy("Age counted up to"), method="asked_of_the_figures", min_value=FIRST_YEAR, max_value=2100
    )

    class Meta:
        model = Area
        fields: list[str] = []

    @property
    def counted_up_to(self) -> int:
        """The year up to which age is counted, and at whose end groups have the members they have."""
        given = self.form.cleaned_data.get("reference_year") if self.form.is_valid() else None
        return int(given) if given else timezone.localdate().year

    def filter_queryset(self, queryset: QuerySet[Area]) -> QuerySet[Area]:
        """Countries and territories: those named, else the Member States."""
        filtered = super().filter_queryset(queryset)
        return filtered if self.form.cleaned_data["area"] else filtered.member_states()  # type: ignore[attr-defined, no-any-return]

    def of_areas(self, queryset: QuerySet[Area], name: str, areas: list[Area]) -> QuerySet[Area]:
        return queryset.filter(pk__in=[area.pk for area in areas]) if areas else queryset

    def in_groups(self, queryset: QuerySet[Area], name: str, groups: list[Area]) -> QuerySet[Area]:
        """Countries of regions (by descent) and of groups (members at the end of the reference year)."""
        if not groups:
            return queryset
        regions = [area for area in groups if area.kind not in (AreaKind.GROUP, AreaKind.SDG_REGION)]
        members = GroupMembership.objects.in_force(on=date(self.counted_up_to, 12, 31)).filter(group__in=groups)
        return queryset.filter(Q(pk__in=Area.objects.below(regions)) | Q(pk__in=members.values("member")))

    def asked_of_the_series(self, queryset: QuerySet[Area], name: str, rows: Any) -> QuerySet[Area]:
        """Series and indicators narrow what is expected, not the areas (``narrowed``)."""
        return queryset

    def asked_of_the_figures(self, queryset: QuerySet[Area], name: str, value: Any) -> QuerySet[Area]:
        """A state, a dimension and a year are seen only where what is expected meets what is there."""
        return queryset

    def narrowed(self, series: list[Series]) -> list[Series]:
        """Of the expected series (read with their indicators) those that are asked for."""
        data = self.form.cleaned_data if self.form.is_valid() else {}
        for name, codes_of in (("series", _own_code), ("indicator", _codes_of_indicators)):
            if asked := {row.code for row in data.get(name) or ()}:
                series = [one for one in series if codes_of(one) & asked]
        return series


def _own_code(series: Series) -> set[str]:
    return {series.code}


def _codes_of_indicators(series: Series) -> set[str]:
    return {indicator.code for indicator in series.indicators.all()}
