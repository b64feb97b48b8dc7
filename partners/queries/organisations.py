"""Who is custodian or partner of what, and which organisations a text finds."""

from dataclasses import dataclass

from partners.models import IndicatorRole, Organisation
from sdg_targets.domain.folding import folded, rank
from sdg_targets.models import Target


@dataclass(frozen=True, slots=True)
class TargetRoles:
    """An organisation's roles for the indicators of one target."""

    target: Target
    roles: tuple[IndicatorRole, ...]

    @property
    def about_migration(self) -> bool:
        return any(hasattr(role.indicator, "migration") for role in self.roles)


def roles_of_indicator(indicator_id: int) -> list[IndicatorRole]:
    """Custodians, then partners, of an indicator."""
    return list(
        IndicatorRole.objects.filter(indicator=indicator_id)
        .select_related("organisation")
        .order_by("role", "organisation__name_en")
    )


def roles_by_target(organisation: Organisation) -> list[TargetRoles]:
    """Everything an organisation is custodian or partner of, by target, in one query."""
    found: dict[int, list[IndicatorRole]] = {}
    targets: dict[int, Target] = {}
    rows = organisation.roles.select_related("indicator__target__goal", "indicator__migration").order_by(
        "indicator__sort", "role"
    )
    for row in rows:
        target = row.indicator.target
        targets[target.pk] = target
        found.setdefault(target.pk, []).append(row)
    return [TargetRoles(targets[pk], tuple(roles)) for pk, roles in found.items()]


def find_organisations(text: str, *, limit: int = 12) -> list[Organisation]:
    """Organisations whose name, in any language, or abbreviation has all the words of a text; the nearest first."""
    words = folded(text).split()
    if not words:
        return []
    ranked = []
    for place, row in enumerate(Organisation.objects.all()):
        near = rank((folded(t) for t in (row.abbreviation, row.name_en, row.name_fr, row.name_es)), words)
        if near is not None:
            ranked.append((near, place, row))
    ranked.sort(key=lambda item: item[:2])
    return [row for _near, _place, row in ranked[:limit]]
