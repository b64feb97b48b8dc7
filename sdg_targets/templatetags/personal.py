"""The way between one's own pages: what a person looks after, the account, and the way out."""

from typing import Any

from django import template
from django.urls import reverse

from sdg_targets.domain.roles import Permission
from sdg_targets.queries.submissions import TEAM
from sdg_targets.web.administration import ENTRY, held

register = template.Library()


@register.inclusion_tag("components/personal.html", takes_context=True)
def personal(context: Any) -> dict[str, Any]:
    """Links to the working pages that the person of this request has. Not for public pages: those are the same for all."""
    request = context["request"]
    permissions = held(request)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "at_people": request.path_info.startswith(reverse("sdg_targets:people")),
        "has_country": bool(permissions & set(TEAM)),
        "reviews": Permission.REVIEW_DATA in permissions,
        "invites": bool(permissions & {Permission.INVITE_COLLEAGUES, Permission.MANAGE_MANDATES}),
        "administers": bool(permissions & ENTRY),
    }
