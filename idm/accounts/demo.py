"""The accounts of a demonstration: one person for each role, and one without any; and a round in which to report."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from sdg_targets.domain.roles import ROLES
from sdg_targets.models import Area, Mandate, Round, RoundArea, RoundItem, Series

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


#: The series that the round of the demonstration asks for, with the breakdowns it asks for.
DEMO_SERIES: Final = {
    "SI_RMT_COST": ["_T"],
    "BX_TRF_PWKR": ["_T"],
    "SG_REG_BRTH": ["AGE=Y0T4", "AGE=Y0T4;SEX=F", "AGE=Y0T4;SEX=M"],
    "VC_HTF_DETV": ["_T", "SEX=F", "SEX=M"],
}
#: The series of which it asks one year, by the questionnaire from which it is computed.
DEMO_QUESTIONNAIRE: Final = "SG_CPA_MIGRS"


@transaction.atomic
def create_demo_round(*, today: date) -> None:
    """A reporting round that is open for the demonstration's country, unless there is any round."""
    area = Area.objects.filter(code=DEMO_AREA).first()
    series = {each.code: each for each in Series.objects.filter(code__in=[*DEMO_SERIES, DEMO_QUESTIONNAIRE])}
    if area is None or not series or Round.objects.exists():
        return
    made = Round.objects.create(
        code=f"demo-{today.year}",
        name_en=f"Demonstration round {today.year}",
        name_fr=f"Cycle de démonstration {today.year}",
        name_es=f"Ronda de demostración {today.year}",
        opens_on=today - timedelta(days=30),
        due_on=today + timedelta(days=60),
    )
    RoundArea.objects.create(round=made, area=area)
    for position, (code, breakdowns) in enumerate(DEMO_SERIES.items()):
        if code in series:
            RoundItem.objects.create(
                round=made,
                series=series[code],
                breakdowns=breakdowns,
                first_year=today.year - 10,
                last_year=today.year - 1,
                position=position,
            )
    if DEMO_QUESTIONNAIRE in series:
        year = today.year - 1
        asked = {"series": series[DEMO_QUESTIONNAIRE], "first_year": year, "last_year": year}
        RoundItem.objects.create(round=made, position=len(DEMO_SERIES), **asked)


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
