"""The shipped organisations, and their roles for indicators as the framework's list states them."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import transaction

from partners.domain.agencies import agencies
from partners.models import IndicatorRole, Organisation, RoleKind
from sdg_targets.domain.checksums import checksum
from sdg_targets.models import Indicator, ShippedFile

HERE: Final = Path(__file__).resolve().parent.parent / "data" / "organisations.csv"
FRAMEWORK: Final = Path(__file__).resolve().parents[2] / "sdg_targets" / "data" / "indicators.csv"
#: Which list the roles are from.
LIST: Final = "Tier classification of the global SDG indicators, 30 November 2022"
NAMED: Final = ("abbreviation", "kind", "name_en", "name_fr", "name_es", "url")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many organisations and roles the files hold, and the agency names that no organisation is written as."""

    organisations: int
    roles: int
    unknown: tuple[str, ...]


@transaction.atomic
def load_organisations(*, organisations: Path = HERE, framework: Path = FRAMEWORK) -> Loaded | None:
    """Bring in the shipped organisations and roles; ``None`` where the very same files were loaded before.

    A shipped organisation that is there already keeps what was edited; roles of the framework's list are set as it states
    them; organisations and roles from elsewhere are left alone.
    """
    digest = checksum([organisations, framework])
    if ShippedFile.objects.filter(name="organisations", sha256=digest).exists():
        return None
    rows = _read(organisations)
    by_slug = {
        row["slug"]: Organisation.objects.get_or_create(slug=row["slug"], defaults={name: row[name] for name in NAMED})[
            0
        ]
        for row in rows
    }
    for row in rows:
        organisation = by_slug[row["slug"]]
        if row["parent"] and organisation.parent_id is None:
            organisation.parent = by_slug[row["parent"]]
            organisation.save(update_fields=["parent"])
    spellings = {name: by_slug[row["slug"]] for row in rows for name in row["written_as"].split("|")}
    roles, unknown = _roles(_read(framework), spellings)
    IndicatorRole.objects.filter(source=LIST).delete()
    IndicatorRole.objects.bulk_create(roles, ignore_conflicts=True)
    ShippedFile.objects.update_or_create(name="organisations", defaults={"sha256": digest})
    return Loaded(len(rows), len(roles), tuple(sorted(unknown)))


def _roles(rows: list[dict[str, str]], spellings: dict[str, Organisation]) -> tuple[list[IndicatorRole], set[str]]:
    indicators = {indicator.code: indicator for indicator in Indicator.objects.all()}
    found: dict[tuple[int, str, str], IndicatorRole] = {}
    unknown: set[str] = set()
    for row in rows:
        for column, role in (("custodian", RoleKind.CUSTODIAN), ("partners", RoleKind.PARTNER)):
            for name in agencies(row[column]):
                if name not in spellings:
                    unknown.add(name)
                    continue
                organisation = spellings[name]
                found[(organisation.pk, row["code"], role)] = IndicatorRole(
                    organisation=organisation, indicator=indicators[row["code"]], role=role, source=LIST
                )
    return list(found.values()), unknown


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
