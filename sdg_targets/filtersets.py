"""Filters of every list: the same at the page, the API and the export. Each says itself in words."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import (
    Area,
    AreaKind,
    Breakdown,
    Category,
    Dataset,
    Dimension,
    GroupMembership,
    Indicator,
    Nature,
    Observation,
    Period,
    Series,
    Status,
    Target,
)

#: So many codes may stand in one parameter.
MOST_CODES = 100


class CodesField(forms.CharField):
    """Codes separated by commas, each of which must be one of a model's."""

    def __init__(self, *args: Any, model: type[models.Model], **kwargs: Any) -> None:
        self.model = model
        super().__init__(*args, **kwargs)

    def clean(self, value: Any) -> list[models.Model]:
        """The rows with these codes, in the order given. Errors: ``ValidationError`` naming the codes that are none."""
        text = super().clean(value)
        codes = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
        if len(codes) > MOST_CODES:
            raise ValidationError(_("At most %(most)d codes can be given.") % {"most": MOST_CODES})
        rows = {row.code: row for row in self.model._default_manager.filter(code__in=codes)}
        unknown = [code[:40] for code in codes if code not in rows]
        if unknown:
            raise ValidationError(_("Not known: %(codes)s.") % {"codes": ", ".join(unknown)})
        return [rows[code] for code in codes]


class CodesFilter(filters.Filter):
    """Rows whose reference is one of the given codes. The codes become ids first: plans stay on the key."""

    field_class = CodesField

    def filter(self, qs: QuerySet[Any], value: Sequence[models.Model]) -> QuerySet[Any]:
        if not value:
            return qs
        return self.get_method(qs)(**{f"{self.field_name}__in": [row.pk for row in value]})


def category_choices(dimension: str) -> list[tuple[str, str]]:
    """The categories of a dimension with their names, for a list to choose from."""
    return [(row.code, str(row.name)) for row in Category.objects.filter(dimension__code=dimension)]


class ObservationFilterSet(filters.FilterSet):
    """Observations by what they are of, where, when, for whom, and what is known of the value."""

    area = CodesFilter(
        model=Area,
        field_name="area_id",
        label=gettext_lazy("Areas, by code"),
        widget=forms.TextInput(attrs={"list": "area-codes"}),
    )
    members_of = CodesFilter(model=Area, label=gettext_lazy("Countries of a region or group"), method="in_groups")
    goal = filters.NumberFilter(label=gettext_lazy("Goal"), method="of_goal", min_value=1, max_value=17)
    target = CodesFilter(model=Target, label=gettext_lazy("Target"), method="of_targets")
    indicator = CodesFilter(
        model=Indicator,
        label=gettext_lazy("Indicator"),
        method="of_indicators",
        widget=forms.TextInput(attrs={"list": "indicator-codes"}),
    )
    series = CodesFilter(model=Series, field_name="series_id", label=gettext_lazy("Series"))
    dataset = CodesFilter(model=Dataset, field_name="dataset_id", label=gettext_lazy("Dataset"))
    period = CodesFilter(model=Period, field_name="period_id", label=gettext_lazy("Time period"))
    year_from = filters.NumberFilter(
        label=gettext_lazy("From the year"), method="from_year", min_value=1900, max_value=2100
    )
    year_to = filters.NumberFilter(label=gettext_lazy("To the year"), method="to_year", min_value=1900, max_value=2100)
    breakdown = filters.CharFilter(label=gettext_lazy("Breakdown, by key"), method="with_breakdown", max_length=200)
    sex = filters.ChoiceFilter(
        choices=partial(category_choices, "SEX"),
        label=gettext_lazy("Sex"),
        method="with_category",
        empty_label=gettext_lazy("any"),
    )
    age = filters.ChoiceFilter(
        choices=partial(category_choices, "AGE"),
        label=gettext_lazy("Age"),
        method="with_category",
        empty_label=gettext_lazy("any"),
    )
    migratory_status = filters.ChoiceFilter(
        choices=partial(category_choices, "MIGRATORY_STATUS"),
        label=gettext_lazy("Migratory status"),
        method="with_category",
        empty_label=gettext_lazy("any"),
    )
    policy_domain = filters.ChoiceFilter(
        choices=partial(category_choices, "POLICY_DOMAIN"),
        label=gettext_lazy("Policy domain"),
        method="with_category",
        empty_label=gettext_lazy("any"),
    )
    occupation = filters.ChoiceFilter(
        choices=partial(category_choices, "OCCUPATION"),
        label=gettext_lazy("Occupation"),
        method="with_category",
        empty_label=gettext_lazy("any"),
    )
    status = filters.MultipleChoiceFilter(choices=Status.choices, label=gettext_lazy("Status"))
    nature = filters.MultipleChoiceFilter(choices=Nature.choices, label=gettext_lazy("Nature"))
    value = filters.ChoiceFilter(
        choices=[("present", gettext_lazy("with a value")), ("missing", gettext_lazy("without a value"))],
        label=gettext_lazy("Value"),
        method="with_value",
        empty_label=gettext_lazy("with and without a value"),
    )

    class Meta:
        model = Observation
        fields: list[str] = []

    def in_groups(self, queryset: QuerySet[Observation], name: str, groups: list[Area]) -> QuerySet[Observation]:
        """Countries of regions (by descent) and of groups (by membership on the last day of the period)."""
        if not groups:
            return queryset
        below = {area.pk for area in groups if area.kind not in (AreaKind.GROUP, AreaKind.SDG_REGION)}
        countries: set[int] = set()
        frontier = below
        while frontier:
            children = list(Area.objects.filter(parent_id__in=frontier).values_list("pk", "kind"))
            countries |= {pk for pk, kind in children if kind in (AreaKind.COUNTRY, AreaKind.TERRITORY)}
            frontier = {pk for pk, _kind in children}
        member = GroupMembership.objects.filter(
            Q(valid_from=None) | Q(valid_from__lte=OuterRef("period__end")),
            Q(valid_to=None) | Q(valid_to__gte=OuterRef("period__end")),
            group__in=groups,
            member=OuterRef("area_id"),
        )
        return queryset.filter(Q(area_id__in=countries) | Exists(member))

    def of_goal(self, queryset: QuerySet[Observation], name: str, number: Any) -> QuerySet[Observation]:
        return queryset.filter(series_id__in=_series_of(indicators__target__goal__number=number))

    def of_targets(self, queryset: QuerySet[Observation], name: str, targets: list[Target]) -> QuerySet[Observation]:
        return queryset.filter(series_id__in=_series_of(indicators__target__in=targets)) if targets else queryset

    def of_indicators(self, queryset: QuerySet[Observation], name: str, rows: list[Indicator]) -> QuerySet[Observation]:
        return queryset.filter(series_id__in=_series_of(indicators__in=rows)) if rows else queryset

    def from_year(self, queryset: QuerySet[Observation], name: str, year: Any) -> QuerySet[Observation]:
        return queryset.filter(period_id__in=_periods(end__year__gte=int(year)))

    def to_year(self, queryset: QuerySet[Observation], name: str, year: Any) -> QuerySet[Observation]:
        return queryset.filter(period_id__in=_periods(end__year__lte=int(year)))

    def with_breakdown(self, queryset: QuerySet[Observation], name: str, key: str) -> QuerySet[Observation]:
        return queryset.filter(breakdown_id__in=list(Breakdown.objects.filter(key=key).values_list("pk", flat=True)))

    def with_category(self, queryset: QuerySet[Observation], name: str, code: str) -> QuerySet[Observation]:
        """Breakdowns with this category of the dimension named; ``_T`` is the total, which keys leave out."""
        dimension = name.upper()
        wanted = Breakdown.objects.all()
        wanted = (
            wanted.exclude(codes__has_key=dimension) if code == "_T" else wanted.filter(**{f"codes__{dimension}": code})
        )
        return queryset.filter(breakdown_id__in=list(wanted.values_list("pk", flat=True)))

    def with_value(self, queryset: QuerySet[Observation], name: str, choice: str) -> QuerySet[Observation]:
        return queryset.filter(value__isnull=choice == "missing")

    def sentence(self) -> str:
        """The query in one sentence of the active language."""
        data = self.form.cleaned_data if self.form.is_valid() else {}
        what = data.get("series") or data.get("indicator") or data.get("target") or []
        said = [", ".join(str(row.name) for row in what) or _("All figures")]
        if data.get("goal"):
            said.append(_("of Goal %(number)s") % {"number": int(data["goal"])})
        if where := [*(data.get("area") or []), *(data.get("members_of") or [])]:
            said.append(_("for %(areas)s") % {"areas": ", ".join(str(area.name) for area in where)})
        said.extend(self._times(data))
        dimensions = ("sex", "age", "migratory_status", "policy_domain", "occupation")
        said.extend(category_name(name.upper(), data[name]) for name in dimensions if data.get(name))
        labels = {**dict(Status.choices), **dict(Nature.choices)}
        said.extend(str(labels[code]).lower() for code in (*data.get("status", ()), *data.get("nature", ())))
        if data.get("value"):
            said.append(str(dict(self.filters["value"].extra["choices"])[data["value"]]))
        return ", ".join(said) + "."

    def _times(self, data: dict[str, Any]) -> list[str]:
        if data.get("period"):
            return [", ".join(str(period) for period in data["period"])]
        first, last = data.get("year_from"), data.get("year_to")
        if first and last:
            return [_("%(first)s to %(last)s") % {"first": int(first), "last": int(last)}]
        if first:
            return [_("from %(first)s on") % {"first": int(first)}]
        return [_("up to %(last)s") % {"last": int(last)}] if last else []


def category_name(dimension: str, code: str) -> str:
    """The name of a category in the active language, or its code where there is no such category."""
    found = Category.objects.filter(dimension__code=dimension, code=code).first()
    return str(found.name) if found else code


def _series_of(**where: Any) -> list[int]:
    return list(Series.objects.filter(**where).values_list("pk", flat=True).distinct())


def _periods(**where: Any) -> list[int]:
    return list(Period.objects.filter(**where).values_list("pk", flat=True))


class AreaFilterSet(filters.FilterSet):
    """Areas by kind, parent and name."""

    kind = filters.MultipleChoiceFilter(choices=AreaKind.choices, label=gettext_lazy("Kind"))
    parent = CodesFilter(model=Area, field_name="parent_id", label=gettext_lazy("Within"))
    is_country = filters.BooleanFilter(field_name="counts_as_country", label=gettext_lazy("Counts as a country"))

    class Meta:
        model = Area
        fields: list[str] = []


class TargetFilterSet(filters.FilterSet):
    """Targets by Goal, and those followed here."""

    goal = filters.NumberFilter(field_name="goal__number", label=gettext_lazy("Goal"))
    about_migration = filters.BooleanFilter(label=gettext_lazy("Followed here"), method="followed")

    class Meta:
        model = Target
        fields: list[str] = []

    def followed(self, queryset: QuerySet[Target], name: str, wanted: bool) -> QuerySet[Target]:
        has = Exists(Indicator.objects.filter(target=OuterRef("pk"), migration__isnull=False))
        return queryset.filter(has if wanted else ~has)


class IndicatorFilterSet(filters.FilterSet):
    """Indicators by Goal, target and relation to migration."""

    goal = filters.NumberFilter(field_name="target__goal__number", label=gettext_lazy("Goal"))
    target = CodesFilter(model=Target, field_name="target_id", label=gettext_lazy("Target"))
    about_migration = filters.BooleanFilter(
        field_name="migration", lookup_expr="isnull", exclude=True, label=gettext_lazy("Followed here")
    )

    class Meta:
        model = Indicator
        fields: list[str] = []


class SeriesFilterSet(filters.FilterSet):
    """Series by indicator and by dimension."""

    indicator = CodesFilter(model=Indicator, field_name="indicators", label=gettext_lazy("Indicator"), distinct=True)
    dimension = CodesFilter(model=Dimension, field_name="dimensions", label=gettext_lazy("Dimension"), distinct=True)

    class Meta:
        model = Series
        fields: list[str] = []
