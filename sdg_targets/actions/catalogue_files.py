"""Build the catalogue files that come with the product from the publishers' files; reviewed files are left alone."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from sdg_targets.formats.framework import Correction, read_framework
from sdg_targets.formats.m49 import read_areas
from sdg_targets.formats.shipped_csv import read_rows

GOALS = ("code", "number", "colour", "name_en", "name_fr", "name_es", "short_en", "short_fr", "short_es")
TARGETS = ("code", "goal", "sort", "name_en", "name_fr", "name_es")
INDICATORS = (
    "code",
    "unsd_code",
    "target",
    "sort",
    "tier",
    "framework",
    "same_as",
    "custodian",
    "partners",
    "name_en",
    "name_fr",
    "name_es",
)
AREAS = (
    "code",
    "m49",
    "iso2",
    "iso3",
    "kind",
    "status",
    "counts_as_country",
    "parent",
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
    "source",
)
MEMBERSHIPS = ("group", "member", "valid_from", "valid_to", "source")


def curate_catalogue(*, shared: Path, folder: Path) -> dict[str, int]:
    """Write goals, targets, indicators, areas and memberships; the number of rows by file. Errors: ``OSError``."""
    data = shared / "data"
    colours = {row["goal"]: row["colour"] for row in read_rows(folder / "goal_colours.csv")}
    corrections = [
        Correction(row["kind"], row["code"], row["field"], row["text"], row["unofficial"] == "yes")
        for row in read_rows(folder / "corrections.csv")
    ]
    framework = read_framework(data / "indicator-framework", colours, corrections)
    geography = read_areas(data / "country-reference", folder)
    return {
        "goals.csv": _write(folder / "goals.csv", GOALS, framework.goals),
        "targets.csv": _write(folder / "targets.csv", TARGETS, framework.targets),
        "indicators.csv": _write(folder / "indicators.csv", INDICATORS, framework.indicators),
        "areas.csv": _write(folder / "areas.csv", AREAS, geography.areas),
        "memberships.csv": _write(folder / "memberships.csv", MEMBERSHIPS, geography.memberships),
    }


def _write(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> int:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)
