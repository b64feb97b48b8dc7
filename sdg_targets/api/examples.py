"""One row of each list of the catalogue, as the OpenAPI document shows it. The first member is the row's address."""

from typing import Any, Final

Row = dict[str, Any]

GOAL: Final[Row] = {
    "code": "10",
    "name": {"en": "Reduce inequality within and among countries"},
    "short_name": {"en": "Reduced inequalities", "fr": "Inégalités réduites", "es": "Reducción de las desigualdades"},
    "colour": "#dd1367",
}
TARGET: Final[Row] = {"code": "10.c", "goal": "10", "name": {"en": "By 2030, reduce to less than 3 per cent …"}}
INDICATOR: Final[Row] = {
    "code": "10.c.1",
    "unsd_code": "C100c01",
    "target": "10.c",
    "name": {"en": "Remittance costs as a proportion of the amount remitted"},
    "tier": "I",
    "framework": "Global indicator framework after the 2023 refinement",
    "same_as": None,
    "series": ["SI_RMT_COST"],
    "migration": {
        "relevance": "direct",
        "listed_by": ["MDP"],
        "direction": "decrease",
        "target_rule": "Less than 3 % as a global average; no corridor above 5 %",
        "target_operator": "<",
        "target_value": "3",
        "target_year": 2030,
        "target_year_stated": True,
        "natural_limit": None,
        "plain": {"en": "What it costs to send 200 dollars home, as a share of the amount sent."},
        "why": {"en": "Money sent home pays for food, school and health care."},
        "may_map": True,
        "may_rank": True,
        "may_compare_countries": True,
        "may_trend": True,
        "may_aggregate": True,
        "withheld_reason": {},
        "notice": {"en": "A country’s average changes when sending routes join or leave it."},
    },
    "metadata": "http://localhost:8000/api/v1/metadata/?indicator=10.c.1",
}
METADATA: Final[Row] = {
    "indicator": "10.c.1",
    "dataset": "UNSD-SDG",
    "field": "unit",
    "concept": "UNIT_MEASURE",
    "language": "en",
    "text": "Per cent of the amount sent.",
    "source": "Official metadata of the custodian agency, in our own words",
    "updated": "2026-11-24T09:32:24Z",
}
SERIES: Final[Row] = {
    "code": "SI_RMT_COST",
    "name": {"en": "Remittance costs as a proportion of the amount remitted (%)"},
    "unit": "PT",
    "kind": "percent",
    "indicators": ["10.c.1"],
    "related": [],
    "dimensions": ["COUNTERPART_AREA"],
    "headline": ["_T"],
    "breaks": [],
    "value_labels": {},
    "minimum": None,
    "maximum": None,
    "predecessor": None,
}
AREA: Final[Row] = {
    "code": "KEN",
    "m49": "404",
    "iso2": "KE",
    "iso3": "KEN",
    "name": {"en": "Kenya", "fr": "Kenya", "es": "Kenya"},
    "kind": "country",
    "status": "member",
    "counts_as_country": True,
    "parent": "014",
    "footnote": {},
}
SOURCE: Final[Row] = {
    "code": "UNSD-SDG",
    "name": {"en": "Global SDG Indicators Database"},
    "provider": "United Nations Statistics Division",
    "reporting_type": "G",
    "evidence": "official",
    "url": "https://unstats.un.org/sdgs/dataportal",
    "licence": "UN terms of use; the source of each figure is named beside it",
    "note": {"en": "Figures that custodian agencies send to the United Nations Statistics Division."},
    "imports": [
        {
            "file_name": "unsd-sdg-2019.Q2.G.01.csv.gz",
            "sha256": "759f39dd142dd6ace78844c1343ec44caa14390ce05f3b9e8f0eaed7429c8570",
            "vintage": "2019.Q2.G.01",
            "origin": "UN SDG database, publication 2019.Q2.G.01",
            "format": "csv",
            "finished_at": "2026-11-24T09:32:24Z",
            "revision": 1,
            "undone_in": None,
            "read": 16535,
            "new": 16535,
            "revised": 0,
            "unchanged": 0,
            "repeated": 0,
            "gathered": 0,
            "refused": 0,
            "withdrawn": 0,
        }
    ],
}
RELEASE: Final[Row] = {
    "name": "2019.Q3.G.01",
    "revision": 2,
    "made_at": "2026-11-24T09:32:25Z",
    "published_at": "2026-11-24T09:32:26Z",
    "note": "",
}

_FIGURE = {
    "dataset": "UNSD-SDG",
    "series": "SI_RMT_COST",
    "area": "KEN",
    "area_m49": "404",
    "area_name": "Kenya",
    "period": "2018",
    "breakdown": "_T",
    "sex": "_T",
    "age": "_T",
    "migratory_status": "_T",
    "value": 8.4,
    "value_text": None,
    "unit": "PT",
    "multiplier": 0,
    "status": "A",
    "break": False,
    "nature": "_X",
    "lower_bound": None,
    "upper_bound": None,
    "numerator": None,
    "denominator": None,
    "base_period": None,
    "time_detail": None,
    "source": "World Development Indicators database, World Bank",
    "footnote": None,
    "vintage": "2019.Q2.G.01",
    "known_from": 1,
}
_KNOWN = {"as_of": "", "revision": 4, "made_at": "2026-11-24T09:00:00Z"}
_NOTES = {
    "SI_RMT_COST": {
        "name": "Remittance costs as a proportion of the amount remitted (%)",
        "indicators": ["10.c.1"],
        "unit": "PT",
        "headline_breakdowns": ["_T"],
        "supplementary": False,
        "may_map": True,
        "may_rank": True,
        "may_compare_countries": True,
        "may_trend": True,
        "may_aggregate": True,
        "notice": "",
    }
}
OBSERVATIONS = {"known": _KNOWN, "next": None, "series": _NOTES, "data": [_FIGURE]}
_GLOBAL = _FIGURE | {"area": "ARM", "area_m49": "051", "area_name": "Armenia", "value": 5.7}
_NATIONAL = _GLOBAL | {
    "dataset": "national:ARM",
    "period": "2024",
    "value": 6.6,
    "source": None,
    "vintage": "",
    "known_from": 5,
}
_COMPARISON = {
    "series": "SI_RMT_COST",
    "dataset": "national:ARM",
    "global_dataset": "UNSD-SDG",
    "obstacle": None,
    "period": "2018",
    "breakdown": "_T",
    "national_value": "5.66",
    "global_value": "5.7",
    "difference": "-0.04",
    "agrees": True,
}
PROFILE = {
    "area": "ARM",
    "known": _KNOWN,
    "series": _NOTES,
    "comparisons": [_COMPARISON],
    "data": [_GLOBAL],
    "national": [_NATIONAL],
}
