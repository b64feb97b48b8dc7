"""The accounts of a demonstration: one person for each role, and one without any."""

from dataclasses import dataclass
from typing import Final

from django.db import transaction

from sdg_targets.domain.roles import ROLES
from sdg_targets.models import Area, Mandate

from .models import User

PASSWORD: Final = "migration-demo"  # noqa: S105 - of demonstrations on one machine, printed by `make run`
DEMO_AREA: Final = "KEN"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A person of the demonstration: the e-mail address to sign in with, a name, a role and its sentence."""

    email: str
    name: str
    role: str | None
    sentence: str


def demo_accounts() -> list[DemoAccount]:
    """One account per role of the roles table, in its order, and an outsider."""
    people = [
        DemoAccount(f"{role.name.replace('_', '-')}@example.org", str(role.label), role.name, str(role.sentence))
        for role in ROLES.values()
    ]
    return [*people, DemoAccount("outsider@example.org", "Outsider", None, "Is signed in and holds no mandate.")]


@transaction.atomic
def create_demo_accounts() -> None:
    """Make the accounts that are missing; those that exist are left as they are."""
    area = Area.objects.filter(code=DEMO_AREA).first()
    existing = set(User.objects.values_list("email", flat=True))
    for person in demo_accounts():
        needs_area = person.role is not None and ROLES[person.role].needs_area
        if person.email in existing or (needs_area and area is None):
            continue
        user = User.objects.create_user(person.email, PASSWORD, name=person.name)
        if person.role is not None:
            Mandate.objects.create(user=user, role=person.role, area=area if needs_area else None)
