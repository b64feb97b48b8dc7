"""Figures in templates: thin words over ``domain.figures``; a status decides its words once, here."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sdg_targets.domain import figures
from sdg_targets.domain.coverage import NOT_ASKED_PRINTED
from sdg_targets.models import Nature, Status

register = template.Library()


def language() -> str:
    """The active language's two letters."""
    return (get_language() or "en")[:2]


@register.filter
def figure(value: Decimal | None, digits: int | None = None) -> str:
    """A number in the reader's language, with the precision it was written in (or at most ``digits`` digits)."""
    return "" if value is None else figures.number(Decimal(value), language(), digits=digits)


@register.filter
def change(value: Decimal | None) -> str:
    """A difference with its sign, also where it is upward."""
    text = figure(value)
    return f"+{text}" if value is not None and value > 0 else text


@register.filter
def unit(text: str, symbol: str) -> str:
    """The number with its unit behind it."""
    return figures.with_unit(str(text), str(symbol), language())


@register.filter
def no_value(status: str, printed: str | None = None) -> str:
    """The words for why there is no value; a printed ``N`` of 10.7.2 is an area that was not asked."""
    if printed == NOT_ASKED_PRINTED:
        return _("Not asked")
    return str(Status(status).label) if status in Status.values else _("No data")


@register.filter
def status_label(code: str) -> str:
    """The words of an observation status."""
    return str(Status(code).label) if code in Status.values else str(code)


@register.filter
def nature_label(code: str) -> str:
    """The words of a figure's nature (country data, estimated, modelled ...)."""
    return str(Nature(code).label) if code in Nature.values else str(code)


@register.filter
def sign(operator: str) -> str:
    """An operator of a target rule as people write it."""
    return figures.OPERATORS.get(operator, operator)


@register.filter
def data_age(end: Any) -> str:
    """How old a figure is, in words, by the last day of its period."""
    if end is None:
        return ""
    years = figures.age_in_years(end.year, this_year=timezone.localdate().year)
    if years == 0:
        return _("this year")
    return ngettext("%(years)d year old", "%(years)d years old", years) % {"years": years}
