"""Who works for whom: a country's team, and the reviewers at whose desk it is."""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from sdg_targets.domain.roles import Permission, roles_with
from sdg_targets.models import Area, Mandate
from sdg_targets.permissions import regions_around


def team_of(area: Area, *, on: date, permission: Permission = Permission.SUBMIT_DATA) -> QuerySet[Any]:
    """People who hold a permission for this country by a mandate for it."""
    mandates = Mandate.objects.in_force(on=on).filter(area=area, role__in=roles_with(permission))
    return get_user_model().objects.filter(is_active=True, pk__in=mandates.values("user")).order_by("pk")


def desk_of(area: Area, *, on: date) -> QuerySet[Any]:
    """The reviewers of a country: those for everywhere, and those for a region in which it lies."""
    mandates = Mandate.objects.in_force(on=on).filter(role__in=roles_with(Permission.REVIEW_DATA))
    theirs = mandates.filter(area=None) | mandates.filter(area__in=[area.pk, *regions_around(area)])
    return get_user_model().objects.filter(is_active=True, pk__in=theirs.values("user")).order_by("pk")
