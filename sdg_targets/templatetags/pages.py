"""Addresses in templates: the same page in another language or with another parameter."""

from typing import Any

from django import template
from django.urls import translate_url
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def same_page(context: dict[str, Any], language: str) -> str:
    """The address of this page in another language, its query kept; the home page where there is no request."""
    request = context.get("request")
    return "/" if request is None else str(translate_url(request.get_full_path(), language))


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """This page's query string with parameters changed; ``None`` or a blank takes one away."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return "?" + parameters.urlencode() if parameters else "?"


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], address: str) -> SafeString:
    """The attribute that marks a link to this very page, or to the section that this page lies in; else nothing."""
    request = context.get("request")
    if request is None or not request.path_info.startswith(address):
        return SafeString("")
    return SafeString(' aria-current="page"' if request.path_info == address else ' aria-current="true"')
