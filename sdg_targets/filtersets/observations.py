"""Filters of the observations: the same at the page, the API and the export. The query says itself in a sentence."""

from functools import partial
from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sdg_targets.domain.disaggregation import COUNTERPART, TOTAL
from sdg_targets.models import (
    Area,
    AreaKind,
    Breakdown,
    Category,
    Dataset,
    GroupMembership,
    Indicator,
    Nature,
    Observation,
    Period,
    Series,
    Status,
    Target,
)

from .fields import (
    BreakdownFilter,
    CategoriesFilter,
    CodesField,
    CodesFilter,
    CodesInput,
    WholeNumberFilter,
    YesNoFilter,
)
from .kept_rows import KeptRows, kept_in


def category_choices(dimension: str) -> list[tuple[str, str]]:
    """The categories of a dimension with their names, for a list to choose from."""
    return [(row.code, str(row.name)) for row in Category.objects.filter(dimension__code=dimension)]


class ObservationFilterSet(filters.FilterSet):
    """Observations by what they are of, where, when, for whom, and what is known of the value.

    ``state`` is that of the catalogue, where it is known: rows that were found by their codes are kept for it.
    """

    area = CodesFilter(
        model=Area,
        field_name="area_id",
        label=gettext_lazy("Areas, by code"),
        widget=CodesInput(attrs={"list": "area-codes"}),
    )
    members_of = CodesFilter(model=Area, label=gettext_lazy("Countries of a region or group"), method="in_groups")
    goal = WholeNumberFilter(label=gettext_lazy("Goal"), method="of_goal", min_value=1, max_value=17)
    target = CodesFilter(model=Target, label=gettext_lazy("Target"), method="of_targets")
    indicator = CodesFilter(
        model=Indicator,
        label=gettext_lazy("Indicator"),
        method="of_indicators",
        widget=CodesInput(attrs={"list": "indicator-codes"}),
    )
    series = CodesFilter(model=Series, field_name="series_id", label=gettext_lazy("Series"))
    dataset = CodesFilter(model=Dataset, field_name="dataset_id", label=gettext_lazy("Dataset"))
    period = CodesFilter(model=Period, field_name="period_id", label=gettext_lazy("Time period"))
    year_from = WholeNumberFilter(
        label=gettext_lazy("From the year"), method="from_year", min_value=1900, max_value=2100
    )
    year_to = WholeNumberFilter(label=gettext_lazy("To the year"), method="to_year", min_value=1900, max_value=2100)
    breakdown = BreakdownFilter(label=gettext_lazy("Breakdown, by key"), method="with_breakdown", max_length=200)
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
    counterpart_area = CategoriesFilter(
        dimension=COUNTERPART,
        label=gettext_lazy("Counterpart areas (origin), by code"),
        method="of_counterparts",
        widget=CodesInput(attrs={"list": "area-codes"}),
    )
    status = filters.MultipleChoiceFilter(choices=Status.choices, label=gettext_lazy("Status"))
    nature = filters.MultipleChoiceFilter(choices=Nature.choices, label=gettext_lazy("Nature"))
    value = filters.ChoiceFilter(
        choices=[("present", gettext_lazy("with a value")), ("missing", gettext_lazy("without a value"))],
        label=gettext_lazy("Value"),
        method="with_value",
        empty_label=gettext_lazy("with and without a value"),
    )

    latest = YesNoFilter(label=gettext_lazy("Only the latest value"), method="only_latest")

    class Meta:
        model = Observation
        fields: list[str] = []

    def __init__(self, *args: Any, state: object = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._kept = KeptRows() if state is None else kept_in(state)

    @property
    def form(self) -> Any:
        """The form, whose fields find rows among those that are kept."""
        form = super().form
        for field in form.fields.values():
            if isinstance(field, CodesField):
                field.kept = self._kept
        return form

    def in_groups(self, queryset: QuerySet[Observation], name: str, groups: list[Area]) -> QuerySet[Observation]:
        """Countries of regions (by descent) and of groups (by membership on the last day of the period)."""
        if not groups:
            return queryset
        regions = [area for area in groups if area.kind not in (AreaKind.GROUP, AreaKind.SDG_REGION)]
        countries = Area.objects.below(regions)
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
        found = self._kept.find(Breakdown, [key], field="key")
        return queryset.filter(breakdown_id__in=[row.pk for row in found.values()])

    def with_category(self, queryset: QuerySet[Observation], name: str, code: str) -> QuerySet[Observation]:
        """Breakdowns with this category of the dimension named; ``_T`` is the total, which keys leave out."""
        dimension = name.upper()
        wanted = Breakdown.objects.all()
        wanted = (
            wanted.exclude(codes__has_key=dimension) if code == "_T" else wanted.filter(**{f"codes__{dimension}": code})
        )
        return queryset.filter(breakdown_id__in=list(wanted.values_list("pk", flat=True)))

    def of_counterparts(
        self, queryset: QuerySet[Observation], name: str, categories: list[Category]
    ) -> QuerySet[Observation]:
        """Figures of these counterpart areas: of refugees by origin. The series are named too, for the index by them."""
        if not categories:
            return queryset
        wanted = Q(categories__in=categories)
        if any(category.code == TOTAL for category in categories):
            wanted |= ~Q(codes__has_key=COUNTERPART)
        breakdowns = Breakdown.objects.filter(wanted).values_list("pk", flat=True).distinct()
        return queryset.filter(
            breakdown_id__in=list(breakdowns), series_id__in=_series_of(dimensions__code=COUNTERPART)
        )

    def with_value(self, queryset: QuerySet[Observation], name: str, choice: str) -> QuerySet[Observation]:
        return queryset.filter(value__isnull=choice == "missing")

    def only_latest(self, queryset: QuerySet[Observation], name: str, wanted: bool) -> QuerySet[Observation]:
        """The newest value of each series, area, breakdown and dataset among all that is known (``no``: the others).

        Newest is the greatest end of period, then the shortest period. The other filters narrow what is left.
        """
        mine = {field: OuterRef(field) for field in ("series_id", "area_id", "breakdown_id", "dataset_id")}
        later = Q(period__end__gt=OuterRef("period__end"))
        later |= Q(period__end=OuterRef("period__end"), period__start__gt=OuterRef("period__start"))
        newer = Exists(self.queryset.filter(later, value__isnull=False, **mine).order_by())
        newest = queryset.filter(~newer, value__isnull=False)
        return newest if wanted else queryset.filter(Q(value__isnull=True) | newer)

    def sentence(self, known: str = "") -> str:
        """The query in one sentence of the active language; ``known`` are the words of a past moment of knowledge."""
        data = self.form.cleaned_data if self.form.is_valid() else {}
        what = data.get("series") or data.get("indicator") or data.get("target") or []
        said = [", ".join(str(row.name) for row in what) or _("All figures")]
        if data.get("goal"):
            said.append(_("of Goal %(number)s") % {"number": int(data["goal"])})
        if where := [*(data.get("area") or []), *(data.get("members_of") or [])]:
            said.append(_("for %(areas)s") % {"areas": ", ".join(str(area.name) for area in where)})
        if others := data.get("counterpart_area"):
            said.append(_("with %(areas)s as counterpart area") % {"areas": ", ".join(str(row.name) for row in others)})
        said.extend(self._times(data))
        dimensions = ("sex", "age", "migratory_status", "policy_domain", "occupation")
        said.extend(category_name(name.upper(), data[name]) for name in dimensions if data.get(name))
        labels = {**dict(Status.choices), **dict(Nature.choices)}
        said.extend(str(labels[code]).lower() for code in (*data.get("status", ()), *data.get("nature", ())))
        if data.get("value"):
            said.append(str(dict(self.filters["value"].extra["choices"])[data["value"]]))
        if data.get("breakdown"):
            said.append(_("breakdown %(key)s") % {"key": data["breakdown"]})
        if data.get("dataset"):
            said.append(_("from %(sources)s") % {"sources": ", ".join(str(row.name) for row in data["dataset"])})
        if data.get("latest") is not None:
            said.append(_("only the latest value") if data["latest"] else _("without the latest value"))
        return ", ".join([*said, known] if known else said) + "."

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
