"""A small catalogue: enough of the framework and of the world to hold observations."""

from typing import Any

from sdg_targets.domain.codes import parse_code, sort_key
from sdg_targets.models import (
    Area,
    AreaKind,
    AreaStatus,
    Category,
    Dataset,
    Dimension,
    Goal,
    Indicator,
    MigrationProfile,
    Series,
    Target,
    Unit,
)


def make_area(code: str = "KEN", **given: Any) -> Area:
    """An area; a country unless said otherwise."""
    defaults: dict[str, Any] = {
        "name_en": {"KEN": "Kenya", "UGA": "Uganda", "FRA": "France", "001": "World"}.get(code, code),
        "kind": AreaKind.COUNTRY,
        "status": AreaStatus.MEMBER,
        "counts_as_country": True,
    }
    if code.isdigit():
        defaults |= {
            "kind": AreaKind.WORLD if code == "001" else AreaKind.REGION,
            "m49": code,
            "status": AreaStatus.AGGREGATE,
            "counts_as_country": False,
        }
    elif len(code) == 3:
        defaults |= {"iso3": code, "m49": {"KEN": "404", "UGA": "800", "FRA": "250"}.get(code)}
    values = defaults | given
    values.setdefault("sort_en", values["name_en"].lower())
    values.setdefault("sort_fr", values["sort_en"])
    values.setdefault("sort_es", values["sort_en"])
    return Area.objects.get_or_create(code=code, defaults=values)[0]


def make_indicator(code: str = "10.c.1", *, migration: bool = True, **profile: Any) -> Indicator:
    """An indicator with its Goal and target and, unless told otherwise, its migration profile."""
    parts = parse_code(code)
    goal, _ = Goal.objects.get_or_create(
        code=parts.goal,
        defaults={
            "number": int(parts.goal),
            "name_en": f"Goal {parts.goal}",
            "short_en": f"Goal {parts.goal}",
            "colour": "#dd1367",
        },
    )
    target, _ = Target.objects.get_or_create(
        code=parts.target_code,
        defaults={"goal": goal, "sort": sort_key(parts.target_code), "name_en": f"Target {parts.target_code}"},
    )
    indicator, _ = Indicator.objects.get_or_create(
        code=code,
        defaults={
            "target": target,
            "sort": sort_key(code),
            "name_en": f"Indicator {code}",
            "framework": "test list",
            "tier": "I",
        },
    )
    if migration:
        MigrationProfile.objects.get_or_create(
            indicator=indicator,
            defaults={
                "relevance": "direct",
                "direction": "decrease",
                "plain_en": "A plain sentence.",
                "why_en": "Why it matters.",
            }
            | profile,
        )
    return indicator


def make_series(
    code: str = "SI_RMT_COST",
    *,
    indicator: str = "10.c.1",
    unit: str = "PT",
    dimensions: tuple[str, ...] = (),
    **given: Any,
) -> Series:
    """A series of an indicator, with the dimensions named (sex and age have categories)."""
    made_unit, _ = Unit.objects.get_or_create(code=unit, defaults={"name_en": "Per cent", "symbol_en": "%"})
    series, _ = Series.objects.get_or_create(
        code=code,
        defaults={"name_en": f"Series {code}", "unit": made_unit, "kind": "percent", "headline": ["_T"]} | given,
    )
    series.indicators.add(make_indicator(indicator))
    for name in dimensions:
        series.dimensions.add(make_dimension(name))
    return series


def make_dimension(code: str) -> Dimension:
    """A dimension with its total and a few categories."""
    dimension, _ = Dimension.objects.get_or_create(code=code, defaults={"name_en": code.title()})
    known = {
        "SEX": ("F", "M"),
        "AGE": ("Y0T4", "Y0T17", "Y_GE18"),
        "MIGRATORY_STATUS": ("MS_MIGRANT", "MS_NOMIGRANT"),
    }.get(code, ("X",))
    for position, category in enumerate(("_T", *known)):
        Category.objects.get_or_create(
            dimension=dimension, code=category, defaults={"name_en": category, "position": position}
        )
    return dimension


def make_dataset(code: str = "UNSD-SDG", **given: Any) -> Dataset:
    """A global dataset."""
    defaults = {"name_en": "Global SDG Indicators Database", "provider": "UNSD", "reporting_type": "G", "rank": 1}
    return Dataset.objects.get_or_create(code=code, defaults=defaults | given)[0]


def make_supplementary(code: str = "IOM_DEAD", *, related: str = "10.7.3", **given: Any) -> tuple[Dataset, Series]:
    """A series that measures no indicator, related to one, and the supplementary dataset that holds it."""
    series = make_series(code, indicator=related, **given)
    series.related.set(series.indicators.all())
    series.indicators.clear()
    dataset = make_dataset(
        "IOM-MMP",
        name_en="Missing Migrants",
        evidence="supplementary",
        rank=102,
        note_en="A minimum.",
        note_fr="Un minimum.",
    )
    return dataset, series


def make_catalogue() -> tuple[Dataset, Series]:
    """Kenya, Uganda, France and the world; one dataset; one series by sex and age."""
    for code in ("KEN", "UGA", "FRA", "001"):
        make_area(code)
    return make_dataset(), make_series(dimensions=("SEX", "AGE"))
