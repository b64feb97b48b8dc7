"""Load the catalogue that comes with the product: Goals, targets, indicators, series, units, breakdowns, mappings."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from sdg_targets.domain.disaggregation import COUNTERPART
from sdg_targets.formats.shipped_csv import DATA, read_rows
from sdg_targets.models import (
    Area,
    Category,
    CodeMapping,
    Dimension,
    Goal,
    Indicator,
    MigrationProfile,
    Series,
    SeriesLimits,
    Target,
    Unit,
)
from sdg_targets.models.shipping import Shipped, ShippedTable, load_once

Row = dict[str, str]
NAMES: Final = ("name_en", "name_fr", "name_es")
_IN_THREE: Final = tuple(
    f"{stem}_{lang}" for stem in ("plain", "why", "withheld_reason", "notice") for lang in ("en", "fr", "es")
)
_MAY: Final = ("may_map", "may_rank", "may_compare_countries", "may_trend", "may_aggregate")
_LIMITS: Final = ("minimum", "maximum", "jump_factor", "jump_difference", "z_score", "sum_tolerance")

GOALS = ShippedTable(Goal, ("code",), plain=("code", "number", "colour", *NAMES, "short_en", "short_fr", "short_es"))
TARGETS = ShippedTable(Target, ("code",), plain=("code", "sort", *NAMES), one={"goal": "code"})
INDICATORS = ShippedTable(
    Indicator,
    ("code",),
    plain=("code", "unsd_code", "sort", "tier", "framework", *NAMES),
    one={"target": "code"},
    itself=("same_as",),
)
PROFILES = ShippedTable(
    MigrationProfile,
    ("indicator",),
    plain=(
        "relevance",
        "listed_by",
        "direction",
        "direction_note",
        "unit_note",
        "target_rule",
        "target_operator",
        "target_value",
        "target_year",
        "target_year_stated",
        "natural_limit",
        "note",
        *_MAY,
        *_IN_THREE,
    ),
    one={"indicator": "code"},
)
UNITS = ShippedTable(Unit, ("code",), plain=("code", *NAMES, "symbol_en", "symbol_fr", "symbol_es"))
DIMENSIONS = ShippedTable(Dimension, ("code",), plain=("code", "position", *NAMES))
CATEGORIES = ShippedTable(
    Category, ("dimension", "code"), plain=("code", "position", *NAMES), one={"dimension": "code"}
)
SERIES = ShippedTable(
    Series,
    ("code",),
    plain=("code", "kind", "position", "headline", "breaks", "value_labels", "minimum", "maximum", "note", *NAMES),
    one={"unit": "code"},
    itself=("predecessor",),
    many={"indicators": "code", "related": "code", "dimensions": "code", "expected_dimensions": "code"},
)
LIMITS = ShippedTable(
    SeriesLimits,
    ("series",),
    plain=(*_LIMITS, "small_count", "hide_zero", "statuses", "reason_en", "reason_fr", "reason_es"),
    one={"series": "code"},
)
MAPPINGS = ShippedTable(
    CodeMapping, ("provider", "concept", "given"), plain=("provider", "concept", "given", "code"), prune=True
)
FILES: Final = (
    "areas.csv",
    "goals.csv",
    "targets.csv",
    "indicators.csv",
    "migration_profiles.csv",
    "units.csv",
    "dimensions.csv",
    "categories.csv",
    "series.csv",
    "value_labels.csv",
    "series_limits.csv",
    "mappings.csv",
)


@transaction.atomic
def load_catalogue(*, folder: Path = DATA) -> list[Shipped]:
    """Bring the catalogue in, after the areas; nothing is read where the files are those loaded last.

    Rows edited since they were loaded stay as they are and are reported. Errors: ``OSError``, ``ValueError``,
    ``KeyError`` where a file is broken; then nothing is written.
    """
    return load_once("catalogue", [folder / name for name in FILES], lambda: _load(folder))


def _load(folder: Path) -> list[Shipped]:
    labels = _value_labels(read_rows(folder / "value_labels.csv"))
    counterparts = _counterparts()
    steps: list[tuple[ShippedTable, str, Callable[[Row], dict[str, Any]]]] = [
        (GOALS, "goals.csv", _goal),
        (TARGETS, "targets.csv", lambda row: row),
        (INDICATORS, "indicators.csv", lambda row: {**row, "same_as": row["same_as"] or None}),
        (PROFILES, "migration_profiles.csv", _profile),
        (UNITS, "units.csv", lambda row: row),
        (DIMENSIONS, "dimensions.csv", _positioned),
        (CATEGORIES, "categories.csv", _positioned),
        (SERIES, "series.csv", lambda row: _series(row, labels)),
        (LIMITS, "series_limits.csv", _limits),
        (MAPPINGS, "mappings.csv", lambda row: row),
    ]
    return [
        table.sync(
            [_only(table, values(row)) for row in read_rows(folder / name)]
            + (counterparts if table is CATEGORIES else [])
        )
        for table, name, values in steps
    ]


def _counterparts() -> list[dict[str, Any]]:
    """Every reference area as a category of the dimension of counterpart areas, in the order of the list of areas."""
    areas = Area.objects.order_by("code").values("code", *NAMES)
    return [{"dimension": COUNTERPART, "position": n, **area} for n, area in enumerate(areas, start=1)]


def _only(table: ShippedTable, values: dict[str, Any]) -> dict[str, Any]:
    """The fields of the table; sources and other columns for readers of the file stay in the file."""
    return {name: values[name] for name in table.fields}


def _goal(row: Row) -> dict[str, Any]:
    return {**row, "number": int(row["number"])}


def _positioned(row: Row) -> dict[str, Any]:
    return {**row, "position": int(row["position"])}


def _profile(row: Row) -> dict[str, Any]:
    return {
        **row,
        "listed_by": row["listed_by"].split(";"),
        "target_value": _decimal(row["target_value"]),
        "natural_limit": _decimal(row["natural_limit"]),
        "target_year": int(row["target_year"]) if row["target_year"] else None,
        **{name: _yes(row[name]) for name in ("target_year_stated", *_MAY)},
    }


def _series(row: Row, labels: dict[str, dict[str, dict[str, str]]]) -> dict[str, Any]:
    return {
        **row,
        "position": int(row["position"]),
        "headline": row["headline"].split("|"),
        "breaks": [int(year) for year in row["breaks"].split()],
        "value_labels": labels[row["value_labels"]] if row["value_labels"] else {},
        "minimum": _decimal(row["minimum"]),
        "maximum": _decimal(row["maximum"]),
        "predecessor": row["predecessor"] or None,
        **{name: sorted(row[name].split()) for name in ("indicators", "related", "dimensions", "expected_dimensions")},
    }


def _limits(row: Row) -> dict[str, Any]:
    return {
        **row,
        **{name: _decimal(row[name]) for name in _LIMITS},
        "small_count": int(row["small_count"]) if row["small_count"] else None,
        "hide_zero": _yes(row["hide_zero"]),
        "statuses": row["statuses"].split(),
    }


def _value_labels(rows: list[Row]) -> dict[str, dict[str, dict[str, str]]]:
    """Words for values by list: ``{"yes_no": {"1": {"en": "Yes", ...}}}``."""
    lists: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows:
        lists.setdefault(row["list"], {})[row["value"]] = {lang: row[lang] for lang in ("en", "fr", "es")}
    return lists


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"{text!r} is neither yes nor no.")
    return text == "yes"
