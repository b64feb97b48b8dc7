"""The publishers' files of the global indicator framework: Goals, targets, indicators, tiers, titles in three languages.

Read are the indicator list after the 2023 refinement (248 indicators; 11.c has none), the tier classification of
30 November 2022, and the translations made after the 2020 review. What is put right on the way: leading blanks,
footnote signs stuck to the last word, double blanks, and the corrections handed over with their reasons.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from sdg_targets.domain.codes import is_code, sort_key
from sdg_targets.domain.languages import LANGUAGES

FRAMEWORK: Final = (
    "Global indicator framework after the 2023 refinement (tier: 30 November 2022; French and Spanish: {})"
)
TRANSLATED: Final = "2020 review"
UNOFFICIAL: Final = "unofficial"
TIER_SOURCE: Final = "Tier classification, 30 November 2022"

_LIST: Final = "SDG_Target_Indicator_UNSD_2023.csv"
_TIERS: Final = "Tier classification 30 Nov 2022 clean.csv"
#: A footnote number at the very end, stuck to a word (``fiscal policy2``).
_STUCK_NOTE: Final = re.compile(r"(?<=[a-z])[0-9]$")

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Correction:
    """A text that replaces the publisher's, with the reason: a slip, or a title not yet translated officially."""

    kind: str
    code: str
    field: str
    text: str
    unofficial: bool


@dataclass(frozen=True, slots=True)
class Framework:
    """Rows of ``goals.csv``, ``targets.csv`` and ``indicators.csv``, in the order of their codes."""

    goals: Sequence[Row]
    targets: Sequence[Row]
    indicators: Sequence[Row]


def clean(text: str) -> str:
    """A publisher's text without blanks at its ends, doubled blanks or a footnote number stuck to its last word."""
    return _STUCK_NOTE.sub("", " ".join(text.split()))


def read_framework(folder: Path, colours: Mapping[str, str], corrections: Iterable[Correction]) -> Framework:
    """Read the folder ``indicator-framework``. Errors: ``OSError`` for a missing file, ``KeyError`` for a missing title."""
    listed = _read_list(folder / _LIST)
    tiers = {row["indicator_num"].strip(): row for row in _read_csv(folder / _TIERS, ",")}
    titles = {
        (kind, lang): _read_titles(folder / "sdg-translations" / lang / f"global_{kind}.yml")
        for kind in ("goals", "targets", "indicators")
        for lang in LANGUAGES
    }
    repairs = {(fix.kind, fix.code, fix.field): fix for fix in corrections}
    return Framework(
        _repaired("goal", _goals(titles, colours), repairs),
        _repaired("target", _targets(listed, titles), repairs),
        _repaired("indicator", _indicators(listed, tiers, titles), repairs),
    )


def _read_list(path: Path) -> list[Row]:
    rows = [{key: clean(value) for key, value in row.items()} for row in _read_csv(path, ";")]
    return sorted(rows, key=lambda row: sort_key(row["TargetsNumber"]))


def _read_csv(path: Path, delimiter: str) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def _read_titles(path: Path) -> dict[str, str]:
    """Titles by code: the key ``10-c-1-title`` is the code ``10.c.1``, ``10-short`` is ``10 short``."""
    titles = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        key.removesuffix("-title").replace("-short", " short").replace("-", "."): clean(text)
        for key, text in titles.items()
    }


_Titles = Mapping[tuple[str, str], Mapping[str, str]]


def _goals(titles: _Titles, colours: Mapping[str, str]) -> list[Row]:
    def row(code: str) -> Row:
        names = {f"name_{lang}": titles["goals", lang][code] for lang in LANGUAGES}
        shorts = {f"short_{lang}": titles["goals", lang][f"{code} short"] for lang in LANGUAGES}
        return {"code": code, "number": code, "colour": colours[code], **names, **shorts}

    return [row(str(number)) for number in range(1, 18)]


def _targets(listed: Sequence[Row], titles: _Titles) -> list[Row]:
    english = {row["TargetsNumber"]: row["Targets"] for row in listed}
    return [
        {
            "code": code,
            "goal": code.split(".")[0],
            "sort": sort_key(code),
            "name_en": english[code],
            **{f"name_{lang}": titles["targets", lang][code] for lang in LANGUAGES[1:]},
        }
        for code in sorted(english, key=sort_key)
    ]


def _indicators(listed: Sequence[Row], tiers: Mapping[str, Row], titles: _Titles) -> list[Row]:
    rows = [row for row in listed if is_code(row["IndicatorsNumber"])]
    rows.sort(key=lambda row: sort_key(row["IndicatorsNumber"]))
    first: dict[str, str] = {}
    for row in rows:
        first.setdefault(row["UNSDIndicatorCodes"], row["IndicatorsNumber"])
    return [_indicator(row, tiers[row["IndicatorsNumber"]], titles, first) for row in rows]


def _indicator(row: Row, tier: Row, titles: _Titles, first: Mapping[str, str]) -> Row:
    code, unsd = row["IndicatorsNumber"], row["UNSDIndicatorCodes"]
    return {
        "code": code,
        "unsd_code": unsd,
        "target": row["TargetsNumber"],
        "sort": sort_key(code),
        "tier": clean(tier["updated_tier"]).replace("Tier ", ""),
        "framework": FRAMEWORK.format(TRANSLATED),
        "same_as": first[unsd] if first[unsd] != code else "",
        "custodian": clean(tier["cust_agency"]),
        "partners": clean(tier["partner_agency"]),
        "name_en": row["Indicators"],
        **{f"name_{lang}": titles["indicators", lang].get(code, "") for lang in LANGUAGES[1:]},
    }


def _repaired(kind: str, rows: list[Row], repairs: Mapping[tuple[str, str, str], Correction]) -> list[Row]:
    for row in rows:
        fixes = [repairs[kind, row["code"], field] for field in row if (kind, row["code"], field) in repairs]
        row.update({fix.field: fix.text for fix in fixes})
        if any(fix.unofficial for fix in fixes):
            row["framework"] = FRAMEWORK.format(UNOFFICIAL)
    return rows
