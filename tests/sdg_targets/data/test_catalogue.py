"""The shipped catalogue, audited against its sources: whole, in three languages, and nothing said that they do not say."""

from decimal import Decimal
from pathlib import Path

import pytest

from sdg_targets.domain.disaggregation import parse_breakdown
from sdg_targets.formats.shipped_csv import read_rows
from sdg_targets.models import (
    Area,
    Category,
    CodeMapping,
    Dimension,
    Goal,
    Indicator,
    MigrationProfile,
    Series,
    Target,
    Unit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_catalogue")]
#: What the sheet of facts calls a list, and our word for it.
LISTS = {"project's selection": "project"}


def test_the_whole_framework_is_there() -> None:
    assert (Goal.objects.count(), Target.objects.count(), Indicator.objects.count()) == (17, 169, 248)
    assert Indicator.objects.about_migration().count() == MigrationProfile.objects.count() == 32
    assert set(Target.objects.filter(indicators=None).values_list("code", flat=True)) == {"11.c"}
    assert [target.code for target in Target.objects.filter(goal__code="10")] == [
        *(f"10.{number}" for number in range(1, 8)),
        *(f"10.{letter}" for letter in "abc"),
    ]


def test_every_name_is_there_in_three_languages() -> None:
    for model in (Goal, Target, Indicator, Series, Unit, Dimension, Category):
        for row in model._default_manager.all():
            assert row.name_en and row.name_fr and row.name_es, row
    for goal in Goal.objects.all():
        assert goal.short_en and goal.short_fr and goal.short_es, goal
    for unit in Unit.objects.all():
        assert bool(unit.symbol_en) == bool(unit.symbol_fr) == bool(unit.symbol_es), unit.code
    for series in Series.objects.exclude(value_labels={}):
        assert all(set(words) == {"en", "fr", "es"} for words in series.value_labels.values()), series.code


@pytest.mark.parametrize("stem", ["plain", "why", "withheld_reason", "notice"])
def test_our_own_words_are_there_in_three_languages_or_in_none(stem: str) -> None:
    """A translation that was left in English, or copied from another language, would be seen by its equal text."""
    for profile in MigrationProfile.objects.select_related("indicator"):
        texts = [getattr(profile, f"{stem}_{lang}") for lang in ("en", "fr", "es")]
        assert all(texts) or not any(texts), profile.indicator.code
        assert not any(texts) or len(set(texts)) == 3, profile.indicator.code
        assert all(text.endswith(".") and text == " ".join(text.split(" ")) for text in texts if text)
        assert stem in ("withheld_reason", "notice") or all(texts), profile.indicator.code


def test_a_withheld_deed_has_its_reason() -> None:
    for profile in MigrationProfile.objects.all():
        if not (profile.may_trend and profile.may_map and profile.may_rank and profile.may_compare_countries):
            assert profile.withheld_reason_en, profile.indicator.code


def test_profiles_say_what_the_sheet_of_facts_says(shared: Path) -> None:
    """Relevance, lists, direction, years and flags of each migration-related indicator, cell by cell."""
    facts = {row["indicator"]: row for row in read_rows(shared / "facts" / "migration_indicators.csv")}
    profiles = {p.indicator.code: p for p in MigrationProfile.objects.select_related("indicator")}
    assert set(profiles) == set(facts)
    for code, row in facts.items():
        ours = profiles[code]
        assert (ours.relevance, ours.direction) == (row["relevance"], row["direction"].split(" ")[0]), code
        assert ours.listed_by == [LISTS.get(name, name) for name in row["listed_by"].split(";")], code
        assert ours.target_year == (int(row["target_year"]) if row["target_year"] else None), code
        assert ours.target_year_stated == row["year_stated_in_target"].startswith("yes"), code
        for flag in ("may_map", "may_rank", "may_compare_countries", "may_trend", "may_aggregate"):
            assert getattr(ours, flag) == row[flag].startswith("yes"), (code, flag)
        assert bool(ours.notice_en) or not row["required_notice"], code


def test_series_of_the_sheet_of_facts_belong_to_their_indicators(shared: Path) -> None:
    for row in read_rows(shared / "facts" / "migration_indicators.csv"):
        ours = set(Series.objects.filter(indicators__code=row["indicator"]).values_list("code", flat=True))
        assert set(row["series"].split()) <= ours, row["indicator"]


def test_target_rules_are_those_that_the_agenda_states() -> None:
    rules = {p.indicator.code: p for p in MigrationProfile.objects.select_related("indicator")}
    remittances = rules["10.c.1"]
    assert (remittances.target_operator, remittances.target_value, remittances.target_year) == ("<", Decimal(3), 2030)
    assert {code: rules[code].target_year for code in ("4.b.1", "17.18.1", "8.7.1")} == {
        "4.b.1": 2020,
        "17.18.1": 2020,
        "8.7.1": 2025,
    }


def test_every_series_has_a_headline_that_its_own_dimensions_and_categories_can_say() -> None:
    categories = {(c.dimension.code, c.code) for c in Category.objects.select_related("dimension")}
    for series in Series.objects.prefetch_related("dimensions", "expected_dimensions"):
        own = {dimension.code for dimension in series.dimensions.all()}
        assert {dimension.code for dimension in series.expected_dimensions.all()} <= own, series.code
        assert series.headline and len(set(series.headline)) == len(series.headline), series.code
        for key in series.headline:
            parts = [] if key == "_T" else [tuple(part.split("=")) for part in key.split(";")]
            assert {dimension for dimension, _code in parts} <= own, (series.code, key)
            assert set(parts) <= categories, (series.code, key)


def test_every_mapping_of_a_series_leads_to_one_of_ours_and_implies_what_it_is_broken_down_by() -> None:
    series = {row.code: set(row.dimensions.values_list("code", flat=True)) for row in Series.objects.all()}
    categories = set(Category.objects.values_list("dimension__code", "code"))
    mappings = CodeMapping.objects.filter(concept="series")
    assert mappings.filter(provider__startswith="national:").exists()
    for mapping in mappings:
        code, _blank, implied = mapping.code.partition(" ")
        parts = parse_breakdown(implied).parts if implied else ()
        assert {dimension for dimension, _category in parts} <= series[code], mapping
        assert set(parts) <= categories, mapping


def test_unhcr_s_codes_mean_what_its_own_list_says(shared: Path) -> None:
    """99 of its codes are not those of ISO, many look like another country's; two have no name, and mean nothing."""
    ours = dict(CodeMapping.objects.filter(provider="unhcr", concept="area").values_list("given", "code"))
    theirs = {row["unhcr_code"]: row["iso_code"] for row in read_rows(shared / "data" / "unhcr" / "countries.csv")}
    assert set(theirs) - set(ours) == {"CRB", "CUR"} and set(ours) - set(theirs) == {"AB9"}
    special = {"UKN": "_U", "STA": "XXA", "TIB": "TIB", "AB9": "AB9"}
    assert {code: iso for code, iso in ours.items() if code not in special} == {
        code: iso for code, iso in theirs.items() if code not in special and code in ours
    }
    assert {code: ours[code] for code in special} == special
    assert sum(code != iso for code, iso in theirs.items()) == 99 and ours["AUS"] == "AUT"
    counterparts = set(Category.objects.filter(dimension__code="COUNTERPART_AREA").values_list("code", flat=True))
    assert set(ours.values()) <= counterparts


def test_names_and_codes_of_countries_are_mapped_to_areas() -> None:
    mapped = CodeMapping.objects.filter(concept__in=("area_name", "iso3")).exclude(code__in=("TIB", "XXA"))
    assert set(mapped.values_list("code", flat=True)) <= set(Area.objects.values_list("code", flat=True))


def test_a_supplementary_series_measures_no_indicator_is_related_to_some_and_states_its_limits() -> None:
    for series in Series.objects.filter(indicators=None):
        assert series.related.exists() and series.note, series.code
        assert not series.related.filter(migration=None).exists(), series.code
