"""What can be said of a country's own figure beside the global one, in a sentence."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sdg_targets.domain.comparability import OBSTACLES, Comparison, same_figure
from sdg_targets.domain.figures import number, with_unit
from sdg_targets.models import Nature, Status
from sdg_targets.queries.figures import Figure

from .figures import language

register = template.Library()
#: Statuses that say what kind of value it is, where it is not simply one.
_TELLING = (Status.ESTIMATED, Status.PROVISIONAL, Status.LOW_RELIABILITY)


@register.filter
def nature_words(figure: Figure) -> str:
    """The words of a figure's nature and, where it says more, of its status: an estimate never looks like country data."""
    words = [str(Nature(figure.nature).label)] if figure.nature in Nature.values else []
    return " · ".join([*words, *(str(status.label) for status in _TELLING if status == figure.status)])


@register.filter
def compared(comparison: Comparison[Figure]) -> str:
    """Whether the country's own figure agrees with the global one, by how much they differ, or why they are not compared."""
    own, other, difference = comparison.own, comparison.other, comparison.difference
    if difference is None or own is None or other is None:
        reason = _(OBSTACLES[comparison.obstacle]) if comparison.obstacle else ""
        return _("Not comparable with the global figure: %(reason)s.") % {"reason": reason}
    words = {"period": own.period, "own": _said(own, other), "other": _said(other, own)}
    if comparison.agrees and words["own"] == words["other"]:
        return _("For %(period)s: %(own)s, the same as the global figure.") % words
    if comparison.agrees:
        return _("For %(period)s: %(own)s, in agreement with the global figure of %(other)s.") % words
    if own.word and other.word:
        return _("For %(period)s: %(own)s; the global figure says %(other)s.") % words
    words["difference"] = _amount(abs(difference), own.symbol)
    if difference < 0:
        return _("For %(period)s: %(own)s, %(difference)s lower than the global figure of %(other)s.") % words
    return _("For %(period)s: %(own)s, %(difference)s higher than the global figure of %(other)s.") % words


def _said(figure: Figure, beside: Figure) -> str:
    """The word or the number with its unit, in as many digits as tell it from the other; an estimate says that it is one."""
    text = figure.word or _number(figure, beside)
    return f"{text} ({Nature(figure.nature).label})" if figure.is_made else text


def _number(figure: Figure, beside: Figure) -> str:
    values = [one.value or Decimal(0) for one in (figure, beside)]
    short = [number(value, language(), digits=4) for value in values]
    agree = same_figure(*values)
    text = short[0] if agree or short[0] != short[1] else number(values[0], language())
    return with_unit(text, figure.symbol, language())


def _amount(difference: Decimal, symbol: str) -> str:
    text = number(difference, language(), digits=2)
    if symbol == "%":
        # French counts from 2 on as several, English and Spanish everything but 1.
        count = 1 if difference == 1 else 0 if difference < 2 else 2
        points = ngettext("%(number)s percentage point", "%(number)s percentage points", count)
        return points % {"number": text}
    return with_unit(text, symbol, language())
