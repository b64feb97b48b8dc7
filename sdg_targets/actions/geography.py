"""Load the reference areas and the memberships of groups that come with the product."""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from sdg_targets.formats.shipped_csv import DATA, read_rows
from sdg_targets.models import Area, GroupMembership
from sdg_targets.models.shipping import Shipped, ShippedTable, load_once

AREAS = ShippedTable(
    Area,
    ("code",),
    plain=(
        "code",
        "m49",
        "iso2",
        "iso3",
        "kind",
        "status",
        "counts_as_country",
        "name_en",
        "name_fr",
        "name_es",
        "sort_en",
        "sort_fr",
        "sort_es",
        "footnote_en",
        "footnote_fr",
        "footnote_es",
        "valid_from",
        "valid_to",
    ),
    itself=("parent",),
)
MEMBERSHIPS = ShippedTable(
    GroupMembership,
    ("group", "member", "valid_from"),
    plain=("valid_from", "valid_to", "source"),
    one={"group": "code", "member": "code"},
    prune=True,
)
FILES = ("areas.csv", "memberships.csv")


@transaction.atomic
def load_areas(*, folder: Path = DATA) -> list[Shipped]:
    """Bring in areas and memberships; nothing is read where the files are those loaded last.

    Rows edited since they were loaded stay as they are and are reported. Errors: ``OSError``, ``ValueError``,
    ``KeyError`` where a file is broken; then nothing is written.
    """
    return load_once("areas", [folder / name for name in FILES], lambda: _load(folder))


def _load(folder: Path) -> list[Shipped]:
    return [
        AREAS.sync([_area(row) for row in read_rows(folder / "areas.csv")]),
        MEMBERSHIPS.sync([_membership(row) for row in read_rows(folder / "memberships.csv")]),
    ]


def _area(row: dict[str, str]) -> dict[str, Any]:
    absent = {name: row[name] or None for name in ("m49", "iso2", "iso3", "parent")}
    return {
        **{name: row[name] for name in AREAS.plain},
        **absent,
        **_dates(row),
        "counts_as_country": row["counts_as_country"] == "yes",
    }


def _membership(row: dict[str, str]) -> dict[str, Any]:
    return {"group": row["group"], "member": row["member"], "source": row["source"], **_dates(row)}


def _dates(row: dict[str, str]) -> dict[str, date | None]:
    return {name: date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to")}
