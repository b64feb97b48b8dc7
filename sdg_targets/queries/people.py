"""Who holds which mandate for a country, who was invited, and which countries have nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from sdg_targets.domain.roles import ROLES, Permission
from sdg_targets.models import Area, Invitation, Mandate, MandateEvent
from sdg_targets.permissions import can

#: So many events are listed.
LISTED: Final = 30
#: Roles that are for one country.
OF_A_COUNTRY: Final = tuple(name for name, role in ROLES.items() if role.needs_area)


@dataclass(frozen=True, slots=True)
class AreaPeople:
    """The people of an area: mandates in force or to come, invitations that wait, and what was done."""

    area: Area | None
    mandates: Sequence[Mandate]
    invitations: Sequence[Invitation]
    events: Sequence[MandateEvent]


@dataclass(frozen=True, slots=True)
class CountryStaffing:
    """How many people report for a country: leads, focal points, invitations that wait."""

    area: Area
    leads: int
    focal_points: int
    invited: int

    @property
    def is_missing(self) -> bool:
        """Nobody reports for it."""
        return not self.leads and not self.focal_points


def areas_of(user: Any, *, on: date) -> list[Area]:
    """The countries for which a person holds a mandate, in the order of their names."""
    held = Mandate.objects.of(user).in_force(on=on).exclude(area=None)
    return list(Area.objects.filter(pk__in=held.values("area")))


def area_seen_by(user: Any, code: str, *, on: date) -> Area | None:
    """A country whose people a person may see: one's own, or any for those who look after mandates; else ``None``."""
    area = Area.objects.filter(code=code).first()
    if area is None or can(user, Permission.MANAGE_MANDATES):
        return area
    return area if Mandate.objects.of(user).in_force(on=on).filter(area=area).exists() else None


def people_of(area: Area | None, *, on: date, at: datetime) -> AreaPeople:
    """The people of an area; without one, of the roles that are for no country."""
    not_over = Q(valid_to=None) | Q(valid_to__gte=on)
    mandates = Mandate.objects.filter(not_over, area=area, user__is_active=True)
    return AreaPeople(
        area=area,
        mandates=list(
            mandates.select_related("user", "delegated_from__user").order_by(
                F("delegated_from").asc(nulls_first=True), "-role", "user__name", "user__email", "pk"
            )
        ),
        invitations=list(Invitation.objects.open(at=at).filter(area=area).select_related("invited_by")),
        events=list(MandateEvent.objects.filter(area=area).select_related("by")[:LISTED]),
    )


def colleagues_of(mandate: Mandate, *, on: date) -> QuerySet[Any]:
    """Those to whom a mandate may be delegated or handed over, by name."""
    held = Mandate.objects.own().in_force(on=on).filter(area=mandate.area).exclude(area=None)
    people = get_user_model()._default_manager.filter(is_active=True, pk__in=held.values("user"))
    return people.exclude(pk=mandate.user_id).order_by("name", "email")


def staffing(*, on: date, at: datetime) -> list[CountryStaffing]:
    """For every country: who reports for it, in three questions to the database."""
    holders: dict[tuple[int, str], set[int]] = {}
    in_force = Mandate.objects.in_force(on=on).filter(role__in=OF_A_COUNTRY, user__is_active=True)
    for area_id, role, user_id in in_force.values_list("area", "role", "user"):
        if area_id is not None:
            holders.setdefault((area_id, role), set()).add(user_id)
    invited: dict[int, int] = {}
    for waiting in Invitation.objects.open(at=at).exclude(area=None).values_list("area", flat=True):
        if waiting is not None:
            invited[waiting] = invited.get(waiting, 0) + 1
    now_there = Q(valid_to=None) | Q(valid_to__gte=timezone.localdate())
    return [
        CountryStaffing(
            area,
            len(holders.get((area.pk, "lead_focal_point"), ())),
            len(holders.get((area.pk, "focal_point"), ())),
            invited.get(area.pk, 0),
        )
        for area in Area.objects.filter(now_there, counts_as_country=True)
    ]
