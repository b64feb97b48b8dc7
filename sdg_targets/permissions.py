"""Who may do what: one question, asked at every door and in every deed."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission

from .domain.roles import ROLES, Permission, roles_with
from .models import Area, Mandate

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


def permissions_of(user: Any) -> frozenset[Permission]:
    """Everything a person may do somewhere, in one question to the database.

    Published figures are for everybody. Everything else needs a mandate in force, of a role that carries the
    permission. A superuser may do everything.
    """
    everybody = frozenset({Permission.READ_PUBLISHED})
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return everybody
    if user.is_superuser:
        return frozenset(Permission)
    roles = Mandate.objects.of(user).in_force(on=timezone.localdate()).values_list("role", flat=True)
    return everybody.union(*(ROLES[role].permissions for role in roles))


def can(user: Any, permission: Permission, *, area: Area | None = None) -> bool:
    """Whether a person may do this (for an area, where the permission is about one).

    A mandate with an area holds for that area alone; without one, wherever the role applies.
    """
    held = permission in permissions_of(user)
    if not held or area is None or permission is Permission.READ_PUBLISHED or user.is_superuser:
        return held
    mandates = Mandate.objects.of(user).in_force(on=timezone.localdate()).filter(role__in=roles_with(permission))
    return mandates.filter(area=area).exists() or mandates.filter(area=None).exists()


def require(user: Any, permission: Permission, *, area: Area | None = None) -> None:
    """Go on only if permitted. ``None`` is the product itself (set-up, worker). Errors: ``PermissionDenied``."""
    if user is not None and not can(user, permission, area=area):
        raise PermissionDenied(_("You do not have the permission that this needs."))


def requires(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Guard a view: strangers are asked to sign in, people without the permission are refused."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            request = args[0]
            assert isinstance(request, HttpRequest)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())  # type: ignore[return-value]
            require(request.user, permission)
            return view(*args, **kwargs)

        return guarded

    return guard


class MayRead(BasePermission):
    """API: published figures may be read by everybody, and nothing is written."""

    def has_permission(self, request: Any, view: Any) -> bool:
        return request.method in ("GET", "HEAD", "OPTIONS") and can(request.user, Permission.READ_PUBLISHED)
