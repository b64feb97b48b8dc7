"""Breakdowns in words: "Women, 15 to 24 years" instead of ``AGE=Y15T24;SEX=F``."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sdg_targets.domain.disaggregation import parse_breakdown
from sdg_targets.models import Breakdown, Category


def breakdown_names(ids: Iterable[int]) -> dict[int, str]:
    """The words of each breakdown in the active language, by id; the key where a category has no name."""
    rows = Breakdown.objects.filter(pk__in=set(ids)).prefetch_related("categories__dimension")
    return {row.pk: _words(row) for row in rows}


def _words(row: Breakdown) -> str:
    names = {category.dimension.code: str(category.name) for category in row.categories.all()}
    if not row.codes:
        return _("Total")
    return ", ".join(names.get(dimension) or f"{dimension}={code}" for dimension, code in row.codes.items())


def breakdown_words(keys: Iterable[str]) -> dict[str, str]:
    """The same by key, for breakdowns of which no figure was ever written, in one query."""
    read = {key: parse_breakdown(key).parts for key in keys}
    parts = {part for of_one in read.values() for part in of_one}
    rows = Category.objects.filter(code__in={code for _, code in parts}).select_related("dimension")
    names = {(category.dimension.code, category.code): str(category.name) for category in rows}
    return {
        key: ", ".join(names.get(part) or "=".join(part) for part in of_one) or _("Total")
        for key, of_one in read.items()
    }
