"""Who may do what: one question, asked at every door and in every deed."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission

from .domain.roles import ROLES, Permission, roles_with
from .models import Area, Mandate

EVERYBODY: Final = frozenset({Permission.READ_PUBLISHED})
P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


def permissions_of(user: Any) -> frozenset[Permission]:
    """Everything a person may do somewhere, in one question to the database.

    Published figures are for everybody. Everything else needs a mandate in force, of a role that carries the
    permission. A superuser may do everything. Where a mandate in force asks for a second factor that the account does
    not have, nothing of this holds until it has one; and a token for programs narrows what its owner may.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return EVERYBODY
    names = [] if user.is_superuser else roles_of(user)
    if owes_second_factor(user, names):
        return EVERYBODY
    held = frozenset(Permission) if user.is_superuser else EVERYBODY.union(*(ROLES[n].permissions for n in names))
    allowed: frozenset[Permission] | None = getattr(user, "allowed_by_token", None)
    return held if allowed is None else held & allowed


def roles_of(user: Any) -> list[str]:
    """Names of the roles that a person holds today."""
    return list(Mandate.objects.of(user).in_force(on=timezone.localdate()).values_list("role", flat=True))


def asks_second_factor(user: Any, roles: Iterable[str]) -> bool:
    """Whether these roles, or being a superuser, ask for a second factor."""
    return bool(user.is_superuser) or any(ROLES[role].needs_second_factor for role in roles)


def owes_second_factor(user: Any, roles: Iterable[str]) -> bool:
    """Whether these roles ask for a second factor that the account does not have."""
    return asks_second_factor(user, roles) and not user.has_second_factor()


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
