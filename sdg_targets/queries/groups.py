"""Groups of countries as pages offer them: the regions of the Goals, and the groups that cut across them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import get_language

from sdg_targets.domain.sorting import name_key
from sdg_targets.models import Area, AreaKind, GroupMembership

#: The group whose members are the regions of the Goals; they cut across the M49 tree.
SDG_REGIONS: Final = "SDG"


@dataclass(frozen=True, slots=True)
class Group:
    """A region or group, and the ids of its members on the day asked for; Member States or not."""

    area: Area
    members: frozenset[int]


@dataclass(frozen=True, slots=True)
class Groups:
    """The regions of the Goals, which between them hold every country once, and other groups, which overlap."""

    regions: tuple[Group, ...]
    others: tuple[Group, ...]


def groups_on(day: date) -> Groups:
    """The regions and groups with their members on a day of the reference period, in one query."""
    rows = GroupMembership.objects.in_force(on=day).select_related("group", "member")
    members: dict[int, set[int]] = {}
    regions: dict[int, Area] = {}
    others: dict[int, Area] = {}
    for row in rows:
        members.setdefault(row.group_id, set()).add(row.member_id)
        if row.group.code == SDG_REGIONS:
            regions[row.member_id] = row.member
        elif row.group.kind == AreaKind.GROUP:
            others[row.group_id] = row.group
    return Groups(
        tuple(Group(area, frozenset(members.get(area.pk, ()))) for area in sorted(regions.values(), key=_by_name)),
        tuple(Group(area, frozenset(members[area.pk])) for area in sorted(others.values(), key=_by_name)),
    )


def _by_name(area: Area) -> str:
    """As readers of the active language sort names."""
    return name_key(str(area.name), (get_language() or "en")[:2])
