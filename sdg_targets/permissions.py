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

#: Roles that are held for one area and no other.
ABOUT_ONE_AREA: Final = tuple(sorted(role.name for role in ROLES.values() if role.needs_area))


def _mandates_of(user: Any) -> list[tuple[str, int | None]]:
    """Role and area of each mandate in force, in one question to the database."""
    return list(Mandate.objects.of(user).in_force(on=timezone.localdate()).values_list("role", "area_id"))


def permissions_of(user: Any) -> frozenset[Permission]:
    """Everything a person may do somewhere, in one question to the database.

    Published figures are for everybody. Everything else needs a mandate in force, of a role that carries the
    permission. A superuser may do everything. Where a mandate in force asks for a second factor that the account does
    not have, nothing of this holds until it has one; and a token for programs narrows what its owner may.
    """
    return _held(user)[0]


def _held(user: Any) -> tuple[frozenset[Permission], list[tuple[str, int | None]]]:
    """What a person may do somewhere, and the mandates by which: none counts while a second factor is owed."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return EVERYBODY, []
    mandates = [] if user.is_superuser else _mandates_of(user)
    if owes_second_factor(user, (role for role, _area in mandates)):
        return EVERYBODY, []
    every = frozenset(Permission)
    held = every if user.is_superuser else EVERYBODY.union(*(ROLES[role].permissions for role, _area in mandates))
    allowed: frozenset[Permission] | None = getattr(user, "allowed_by_token", None)
    return (held if allowed is None else held & allowed), mandates


def roles_of(user: Any) -> list[str]:
    """Names of the roles that a person holds today."""
    return [role for role, _area in _mandates_of(user)]


def asks_second_factor(user: Any, roles: Iterable[str]) -> bool:
    """Whether these roles, or being a superuser, ask for a second factor."""
    return bool(user.is_superuser) or any(ROLES[role].needs_second_factor for role in roles)


def owes_second_factor(user: Any, roles: Iterable[str]) -> bool:
    """Whether these roles ask for a second factor that the account does not have."""
    return asks_second_factor(user, roles) and not user.has_second_factor()


def can(user: Any, permission: Permission, *, area: Area | None = None) -> bool:
    """Whether a person may do this (for an area, where the permission is about one).

    A mandate with an area holds for that area alone (of a role that is not about one country, also for what lies in it:
    a regional desk); without one, wherever the role applies.
    """
    if permission is Permission.READ_PUBLISHED:
        return True
    held, mandates = _held(user)
    if permission not in held:
        return False
    if area is None or user.is_superuser:
        return True
    by = [(role, where) for role, where in mandates if permission in ROLES[role].permissions]
    if any(where in (None, area.pk) for _role, where in by):
        return True
    desks = {where for role, where in by if role not in ABOUT_ONE_AREA}
    return bool(desks and desks & set(regions_around(area)))


def regions_around(area: Area) -> list[int]:
    """Ids of the regions in which an area lies: the hierarchy has four levels above a country."""
    parents = ("parent", "parent__parent", "parent__parent__parent", "parent__parent__parent__parent")
    (row,) = Area.objects.filter(pk=area.pk).values_list(*parents)
    return [pk for pk in row if pk is not None]


def areas_of(user: Any, permission: Permission) -> set[int] | None:
    """Ids of the areas for which a person has a permission, with what lies in them; ``None`` is everywhere."""
    if user.is_superuser:
        return None
    mandates = Mandate.objects.of(user).in_force(on=timezone.localdate()).filter(role__in=roles_with(permission))
    areas = list(Area.objects.filter(pk__in=mandates.exclude(area=None).values("area")))
    if mandates.filter(area=None).exists():
        return None
    return {area.pk for area in areas} | Area.objects.below(areas)


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
