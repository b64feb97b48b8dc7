"""Filters of countries' comments on custodians' figures."""

import django_filters as filters
from django.utils.translation import gettext_lazy

from sdg_targets.domain.country_comments import PUBLIC
from sdg_targets.models import Area, CommentStatus, CountryComment, Dataset, Period, Series

from .fields import CodesFilter

_CHOICES = [(value, label) for value, label in CommentStatus.choices if value in PUBLIC]


class CountryCommentFilterSet(filters.FilterSet):
    """Comments by country, series, dataset, period and state."""

    area = CodesFilter(model=Area, field_name="area_id", label=gettext_lazy("Country"))
    series = CodesFilter(model=Series, field_name="series_id", label=gettext_lazy("Series"))
    dataset = CodesFilter(model=Dataset, field_name="dataset_id", label=gettext_lazy("Dataset"))
    period = CodesFilter(model=Period, field_name="period_id", label=gettext_lazy("Time period"))
    state = filters.MultipleChoiceFilter(choices=_CHOICES, label=gettext_lazy("State"))

    class Meta:
        model = CountryComment
        fields: list[str] = []
