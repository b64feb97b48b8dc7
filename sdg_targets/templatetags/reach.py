"""How far figures reach, as a bar: plain SVG, so that no inline style is needed."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def meter(part: int, whole: int) -> SafeString:
    """A bar of ``part`` in ``whole``, with the words for those who do not see it."""
    share = round(100 * min(part, whole) / whole, 1) if whole else 0
    words = _("%(part)s of %(whole)s") % {"part": part, "whole": whole}
    return format_html(
        '<svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect width="{}" height="4"/></svg>',
        words,
        share,
    )
