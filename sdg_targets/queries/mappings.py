"""What a mapping of a provider's code may say: for which concepts, by which providers, to which codes."""

from typing import Any, Final

from django.db import models

from sdg_targets.domain.disaggregation import COUNTERPART, BreakdownError, parse_breakdown
from sdg_targets.domain.metadata import FIELDS
from sdg_targets.domain.rows import KEY, OPTIONAL
from sdg_targets.domain.validation import MISSING, STATUSES
from sdg_targets.formats import providers
from sdg_targets.formats.open_sdg_rows import ROLES, WIDER
from sdg_targets.models import Area, Category, Dataset, Dimension, Indicator, Nature, Series, Unit

#: Concepts beside the dimensions. ``column`` is the name of a column, ``no_value`` what stands where there is no number,
#: ``area_name`` another name of an area, ``geo`` a code of a country's own list of areas, ``metadata`` a key of metadata,
#: ``zero`` the status of a 0 that may be an unreported figure, ``type_of_data`` a letter that says on what a figure rests.
CONCEPTS: Final = (
    "area",
    "area_name",
    "column",
    "geo",
    "indicator",
    "iso3",
    "metadata",
    "multiplier",
    "nature",
    "no_value",
    "series",
    "status",
    "type_of_data",
    "unit",
    "zero",
)
#: What a code of this concept means is said in words, not by a code of ours.
IN_WORDS: Final = frozenset(("type_of_data",))
#: Where our codes of a concept stand. What is no concept here is a dimension.
#: Codes of areas that may also be where somebody is from: nobody lives in "stateless".
_PLACES: Final = ("area", "iso3")
_STORED: Final[dict[str, models.Manager[Any]]] = {
    "area_name": Area.objects,
    "geo": Area.objects,
    "indicator": Indicator.objects,
    "series": Series.objects,
    "unit": Unit.objects,
}
_FIXED: Final = {
    "metadata": frozenset(FIELDS),
    "multiplier": frozenset(str(power) for power in range(13)),
    "nature": frozenset(Nature.values),
    "no_value": MISSING,
    "status": STATUSES,
    "zero": STATUSES,
}


def is_concept(name: str) -> bool:
    """Whether codes of this kind can be mapped: one of the fixed concepts, or a dimension."""
    return name in CONCEPTS or Dimension.objects.filter(code=name).exists()


def concepts() -> list[str]:
    """Every kind of code that can be mapped."""
    return [*CONCEPTS, *Dimension.objects.order_by("code").values_list("code", flat=True)]


def owners() -> list[str]:
    """Whose codes can be mapped: providers that some reader knows, and datasets, for which a mapping of theirs goes first."""
    return [*sorted(providers()), *Dataset.objects.order_by("code").values_list("code", flat=True)]


def means_something(concept: str, code: str) -> bool:
    """Whether a code of a provider can be said to mean this; a series may stand with the breakdown that it implies."""
    if concept in IN_WORDS:
        return bool(code.strip())
    if concept != "series":
        return code in codes_of(concept)
    series, _blank, implied = code.partition(" ")
    try:
        parts = set(parse_breakdown(implied).parts) if implied else set()
    except BreakdownError:
        return False
    return series in codes_of(concept) and parts <= set(Category.objects.values_list("dimension__code", "code"))


def codes_of(concept: str) -> frozenset[str]:
    """Our codes that a code of this concept can mean."""
    if concept in _FIXED:
        return _FIXED[concept]
    if concept in _PLACES:
        return _codes(Area.objects) | _codes(Category.objects.filter(dimension__code=COUNTERPART))
    if concept in _STORED:
        return _codes(_STORED[concept])
    if concept == "column":
        dimensions = list(Dimension.objects.values_list("code", flat=True))
        return frozenset((*dimensions, *(WIDER + code for code in dimensions), *KEY, *OPTIONAL, *ROLES))
    return _codes(Category.objects.filter(dimension__code=concept))


def _codes(rows: Any) -> frozenset[str]:
    return frozenset(rows.values_list("code", flat=True))
