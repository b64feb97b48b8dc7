"""The M49 tables of the United Nations Statistics Division, joined with the reviewed list of territories and groups.

Shape: one row for each area with its code, its parent in the M49 tree, its names in three languages and their sort
keys; and one row for each membership of a group. Reviewed by hand are status, names, footnotes and dates
(``territories.csv``, ``groups.csv``, ``ldc.csv``); the tables give the tree, the codes and the lists of LLDC and SIDS.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sdg_targets.domain.codes import normalise_m49
from sdg_targets.domain.languages import LANGUAGES
from sdg_targets.domain.sorting import name_key

Row = dict[str, str]

#: The eight SDG regions, and the M49 regions each is made of.
SDG_REGIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "202": ("202",),
    "747": ("015", "145"),
    "062": ("143", "034"),
    "753": ("030", "035"),
    "419": ("419",),
    "543": ("054", "057", "061"),
    "053": ("053",),
    "513": ("150", "021"),
}
_LEVELS: Final = (
    ("Global", "world"),
    ("Region", "region"),
    ("Sub-region", "subregion"),
    ("Intermediate Region", "intermediate"),
)
_SDG_SOURCE: Final = "SDG regional groups of the United Nations Statistics Division"
_M49_SOURCE: Final = "UN M49 table"
#: Areas of the reviewed list that the M49 tables lack, and where they belong.
_PARENTS: Final[Mapping[str, str]] = {"158": "030", "412": "039"}


@dataclass(frozen=True, slots=True)
class Areas:
    """Rows of ``areas.csv`` (parents before children) and of ``memberships.csv``."""

    areas: Sequence[Row]
    memberships: Sequence[Row]


def read_areas(folder: Path, reviewed: Path) -> Areas:
    """Read the folder ``country-reference`` and the reviewed files. Errors: ``OSError``, ``KeyError`` for a lost code."""
    tables = {lang: _table(folder / f"M49_{lang}.csv") for lang in LANGUAGES}
    regions = _regions(tables)
    territories = [_territory(row, tables["en"]) for row in _rows(reviewed / "territories.csv")]
    groups = [_group(row) for row in _rows(reviewed / "groups.csv")]
    areas = [*regions, *territories, *groups]
    for row in areas:
        row.update({f"sort_{lang}": name_key(row[f"name_{lang}"], lang) for lang in LANGUAGES})
    memberships = [*_sdg(areas), *_ldc(reviewed / "ldc.csv"), *_listed(tables["en"])]
    return Areas(_parents_first(areas), memberships)


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        delimiter = ";" if ";" in stream.readline() else ","
        stream.seek(0)
        return list(csv.DictReader(stream, delimiter=delimiter))


def _table(path: Path) -> dict[str, Row]:
    return {normalise_m49(row["M49 Code"]): row for row in _rows(path)}


def _regions(tables: Mapping[str, Mapping[str, Row]]) -> list[Row]:
    """World, regions, subregions and intermediate regions: each named in the columns of its countries' rows."""
    found: dict[str, Row] = {}
    for m49, row in tables["en"].items():
        parent = ""
        for level, kind in _LEVELS:
            code = row[f"{level} Code"].strip()
            if not code:
                continue
            names = {f"name_{lang}": tables[lang][m49][f"{level} Name"].strip() for lang in LANGUAGES}
            area = {"code": code, "m49": code, "kind": kind, "status": "aggregate", "parent": parent}
            found.setdefault(code, {**area, **_english_hyphens(names), "source": _M49_SOURCE})
            parent = code
    found["830"]["footnote_en"], found["830"]["footnote_fr"], found["830"]["footnote_es"] = _CHANNEL_ISLANDS
    return list(found.values())


def _english_hyphens(names: Row) -> Row:
    """M49 writes South-eastern Asia, the SDG files South-Eastern Asia: one spelling, the newer."""
    return {key: name.replace("South-eastern", "South-Eastern").replace("'", "’") for key, name in names.items()}


_CHANNEL_ISLANDS: Final = (
    (
        "The Channel Islands are Guernsey, Jersey and Sark. Some publishers give one figure for all of them, others one for"
        " each."
    ),
    (
        "Les îles Anglo-Normandes comprennent Guernesey, Jersey et Sercq. Certains producteurs publient un seul chiffre pour"
        " l’ensemble, d’autres un chiffre pour chacune."
    ),
    (
        "Las Islas Anglonormandas son Guernsey, Jersey y Sark. Algunos editores publican una sola cifra para el conjunto y otros"
        " una para cada una."
    ),
)


def _territory(row: Row, table: Mapping[str, Row]) -> Row:
    m49 = row["m49"]
    place = table.get(m49, {})
    levels = [place.get(f"{level} Code", "").strip() for level, _kind in _LEVELS]
    parent = _PARENTS.get(m49) or next((code for code in reversed(levels) if code), "001")
    kind = "territory" if row["status"] == "area" else "country"
    return {**row, "code": row["iso3"] or m49, "kind": kind, "parent": parent}


def _group(row: Row) -> Row:
    return {**row, "counts_as_country": "no"}


def _parents_first(areas: Sequence[Row]) -> list[Row]:
    by_code = {row["code"]: row for row in areas}

    def depth(row: Row) -> int:
        return 1 + depth(by_code[row["parent"]]) if row["parent"] else 0

    return sorted(areas, key=lambda row: (depth(row), row["code"]))


def _sdg(areas: Sequence[Row]) -> Iterator[Row]:
    """Which countries and territories are in which SDG region, and the regions in the grouping itself."""
    by_code = {row["code"]: row for row in areas}

    def ancestors(row: Row) -> Iterator[str]:
        while row["parent"]:
            yield row["parent"]
            row = by_code[row["parent"]]

    for region in SDG_REGIONS:
        yield _member("SDG", region, _SDG_SOURCE)
    for row in sorted(areas, key=lambda row: row["code"]):
        if row["kind"] in ("country", "territory"):
            above = set(ancestors(row))
            for region, parts in SDG_REGIONS.items():
                if above & set(parts):
                    yield _member(region, row["code"], _SDG_SOURCE)


def _ldc(path: Path) -> Iterator[Row]:
    for row in _rows(path):
        yield {
            "group": "LDC",
            "member": row["iso3"],
            "valid_from": row["valid_from"],
            "valid_to": row["valid_to"],
            "source": row["source"],
        }


def _listed(table: Mapping[str, Row]) -> Iterator[Row]:
    columns = {"LLDC": "Land Locked Developing Countries (LLDC)", "SIDS": "Small Island Developing States (SIDS)"}
    for group, column in columns.items():
        for row in sorted(table.values(), key=lambda row: row["ISO-alpha3 Code"]):
            if row[column].strip():
                yield _member(group, row["ISO-alpha3 Code"], _M49_SOURCE)


def _member(group: str, member: str, source: str) -> Row:
    return {"group": group, "member": member, "valid_from": "", "valid_to": "", "source": source}
