"""Codes of the catalogue in words."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext

from sdg_targets.domain.indicator_lists import LISTS

register = template.Library()


@register.filter
def list_names(codes: Iterable[str]) -> str:
    """The lists that name an indicator, in words; a code that is not known stands as it is."""
    return "; ".join(gettext(LISTS[code]) if code in LISTS else code for code in codes)
