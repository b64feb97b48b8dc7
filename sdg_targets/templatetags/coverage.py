"""States of coverage in templates: the sign and the words of each, decided once in ``domain.coverage``."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from sdg_targets.domain.coverage import WORDS, State

register = template.Library()


@register.filter
def state_label(state: str) -> str:
    """The words of a state."""
    return gettext(WORDS[State(state)].label)


@register.simple_tag
def state_mark(state: str) -> SafeString:
    """The sign of a state, for the eye alone: its words must stand beside it."""
    return format_html(
        '<span class="state-mark state-{}" aria-hidden="true">{}</span>', State(state).value, WORDS[State(state)].sign
    )


@register.simple_tag
def share_bar(part: int, whole: int) -> SafeString:
    """A bar of ``part`` in ``whole``, for the eye alone: the numbers must stand beside it."""
    share = round(100 * min(part, whole) / whole, 1) if whole else 0
    return format_html(
        '<svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="4"/></svg>',
        share,
    )
