"""What a mapping of a provider's code may say: for which concepts, by which providers, to which codes."""

from typing import Final

from sdg_targets.domain.rows import KEY, OPTIONAL
from sdg_targets.domain.validation import MISSING, STATUSES
from sdg_targets.formats import providers
from sdg_targets.models import Area, Category, Dataset, Dimension, Indicator, Nature, Series, Unit

#: Concepts beside the dimensions. ``column`` is the name of a column, ``no_value`` what stands where there is no number.
CONCEPTS: Final = ("area", "column", "indicator", "nature", "no_value", "series", "status", "unit")


def is_concept(name: str) -> bool:
    """Whether codes of this kind can be mapped: one of the fixed concepts, or a dimension."""
    return name in CONCEPTS or Dimension.objects.filter(code=name).exists()


def concepts() -> list[str]:
    """Every kind of code that can be mapped."""
    return [*CONCEPTS, *Dimension.objects.order_by("code").values_list("code", flat=True)]


def owners() -> list[str]:
    """Whose codes can be mapped: providers that some reader knows, and datasets, for which a mapping of theirs goes first."""
    return [*sorted(providers()), *Dataset.objects.order_by("code").values_list("code", flat=True)]


def codes_of(concept: str) -> frozenset[str]:
    """Our codes that a code of this concept can mean."""
    match concept:
        case "area":
            return frozenset(Area.objects.values_list("code", flat=True))
        case "column":
            return frozenset((*Dimension.objects.values_list("code", flat=True), *KEY, "value", *OPTIONAL))
        case "indicator":
            return frozenset(Indicator.objects.values_list("code", flat=True))
        case "nature":
            return frozenset(Nature.values)
        case "no_value":
            return MISSING
        case "series":
            return frozenset(Series.objects.values_list("code", flat=True))
        case "status":
            return STATUSES
        case "unit":
            return frozenset(Unit.objects.values_list("code", flat=True))
    return frozenset(Category.objects.filter(dimension__code=concept).values_list("code", flat=True))
