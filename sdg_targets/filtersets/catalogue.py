"""Filters of the catalogue, the areas and the datasets."""

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from sdg_targets.domain.folding import folded, rank
from sdg_targets.domain.metadata import FIELDS
from sdg_targets.models import (
    Area,
    AreaKind,
    Dataset,
    Dimension,
    Evidence,
    GroupMembership,
    Indicator,
    Metadata,
    ReportingType,
    Series,
    SeriesCoverage,
    Target,
)

from .fields import CodesFilter, WholeNumberFilter, YesNoFilter


class AreaFilterSet(filters.FilterSet):
    """Areas by kind, parent, group and name."""

    kind = filters.MultipleChoiceFilter(choices=AreaKind.choices, label=gettext_lazy("Kind"))
    within = CodesFilter(model=Area, label=gettext_lazy("Within, at every level below"), method="at_every_level")
    parent = CodesFilter(model=Area, field_name="parent_id", label=gettext_lazy("Directly below"))
    group = CodesFilter(model=Area, label=gettext_lazy("Members today of a group"), method="in_groups")
    is_country = YesNoFilter(field_name="counts_as_country", label=gettext_lazy("Counts as a country"))
    q = filters.CharFilter(label=gettext_lazy("Name, in any of the three languages"), method="by_name", max_length=80)

    class Meta:
        model = Area
        fields: list[str] = []

    def at_every_level(self, queryset: QuerySet[Area], name: str, areas: list[Area]) -> QuerySet[Area]:
        """Areas that lie in any of these: of a region its subregions, and their countries."""
        return queryset.within(areas) if areas else queryset  # type: ignore[attr-defined, no-any-return]

    def in_groups(self, queryset: QuerySet[Area], name: str, groups: list[Area]) -> QuerySet[Area]:
        """Areas that are members today; a name is as of today, and so is this."""
        if not groups:
            return queryset
        today = timezone.localdate()
        member = GroupMembership.objects.filter(
            Q(valid_from=None) | Q(valid_from__lte=today),
            Q(valid_to=None) | Q(valid_to__gte=today),
            group__in=groups,
            member=OuterRef("pk"),
        )
        return queryset.filter(Exists(member))

    def by_name(self, queryset: QuerySet[Area], name: str, value: str) -> QuerySet[Area]:
        """Areas whose name has all the words, accents forgiven; or whose code it is."""
        words = folded(value).split()
        names = Area.objects.values_list("pk", "name_en", "name_fr", "name_es")
        found = [pk for pk, *texts in names if rank(map(folded, texts), words) is not None]
        code = value.strip().upper()
        return queryset.filter(Q(pk__in=found) | Q(code=code) | Q(iso2=code) | Q(m49=code))


class TargetFilterSet(filters.FilterSet):
    """Targets by Goal, and those followed here."""

    goal = WholeNumberFilter(field_name="goal__number", label=gettext_lazy("Goal"))
    about_migration = YesNoFilter(label=gettext_lazy("Followed here"), method="followed")

    class Meta:
        model = Target
        fields: list[str] = []

    def followed(self, queryset: QuerySet[Target], name: str, wanted: bool) -> QuerySet[Target]:
        has = Exists(Indicator.objects.filter(target=OuterRef("pk"), migration__isnull=False))
        return queryset.filter(has if wanted else ~has)


class IndicatorFilterSet(filters.FilterSet):
    """Indicators by Goal, target and relation to migration."""

    goal = WholeNumberFilter(field_name="target__goal__number", label=gettext_lazy("Goal"))
    target = CodesFilter(model=Target, field_name="target_id", label=gettext_lazy("Target"))
    series = CodesFilter(model=Series, field_name="series", label=gettext_lazy("Series"), distinct=True)
    about_migration = YesNoFilter(
        field_name="migration", lookup_expr="isnull", exclude=True, label=gettext_lazy("Followed here")
    )

    class Meta:
        model = Indicator
        fields: list[str] = []


class SeriesFilterSet(filters.FilterSet):
    """Series by indicator and by dimension."""

    indicator = CodesFilter(model=Indicator, field_name="indicators", label=gettext_lazy("Indicator"), distinct=True)
    related = CodesFilter(model=Indicator, field_name="related", label=gettext_lazy("Related indicator"), distinct=True)
    dimension = CodesFilter(model=Dimension, field_name="dimensions", label=gettext_lazy("Dimension"), distinct=True)

    class Meta:
        model = Series
        fields: list[str] = []


class MetadataFilterSet(filters.FilterSet):
    """Texts of metadata by indicator, dataset, field and language."""

    indicator = CodesFilter(model=Indicator, field_name="indicator_id", label=gettext_lazy("Indicator"))
    dataset = CodesFilter(model=Dataset, field_name="dataset_id", label=gettext_lazy("Dataset"))
    field = filters.MultipleChoiceFilter(
        choices=[(name, gettext_lazy(field.heading)) for name, field in FIELDS.items()], label=gettext_lazy("Field")
    )
    language = filters.CharFilter(label=gettext_lazy("Language, such as en"), max_length=3)

    class Meta:
        model = Metadata
        fields: list[str] = []


class DatasetFilterSet(filters.FilterSet):
    """Datasets by what they hold and whose they are."""

    series = CodesFilter(model=Series, label=gettext_lazy("Series"), method="holding")
    reporting_type = filters.ChoiceFilter(choices=ReportingType.choices, label=gettext_lazy("Reporting type"))
    evidence = filters.ChoiceFilter(choices=Evidence.choices, label=gettext_lazy("Kind of evidence"))

    class Meta:
        model = Dataset
        fields: list[str] = []

    def holding(self, queryset: QuerySet[Dataset], name: str, series: list[Series]) -> QuerySet[Dataset]:
        """Datasets that have a value of any of the series."""
        if not series:
            return queryset
        return queryset.filter(Exists(SeriesCoverage.objects.filter(dataset=OuterRef("pk"), series__in=series)))
