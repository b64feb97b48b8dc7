"""Areas and memberships against the United Nations' tables, counted in another way; nothing lost, nothing doubled."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from sdg_targets.formats.m49 import SDG_REGIONS, Areas, read_areas
from sdg_targets.formats.shipped_csv import DATA, read_rows


@pytest.fixture(scope="module")
def made(shared: Path) -> Areas:
    return read_areas(shared / "data" / "country-reference", DATA)


def table(shared: Path, lang: str) -> list[dict[str, str]]:
    text = (shared / "data" / "country-reference" / f"M49_{lang}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";" if lang == "en" else ","))


def members(made: Areas, group: str) -> set[str]:
    return {row["member"] for row in made.memberships if row["group"] == group}


def test_every_country_and_area_of_the_table_is_there_under_its_codes(shared: Path, made: Areas) -> None:
    ours = {row["m49"]: row for row in made.areas if row["kind"] in ("country", "territory")}
    for row in table(shared, "en"):
        area = ours[row["M49 Code"].zfill(3)]
        assert (area["iso2"] or "", area["iso3"] or "") == (row["ISO-alpha2 Code"], row["ISO-alpha3 Code"])
    # Taiwan and Kosovo are in publishers' files and not in this table (TRUST: no code is dropped in silence).
    assert set(ours) - {row["M49 Code"].zfill(3) for row in table(shared, "en")} == {"158", "412"}


def test_193_member_states_two_observers_and_no_other_country(made: Areas) -> None:
    assert Counter(row["status"] for row in made.areas if row.get("counts_as_country") == "yes") == {
        "member": 193,
        "observer": 2,
    }
    assert {row["iso3"] for row in made.areas if row["status"] == "observer"} == {"PSE", "VAT"}
    assert sum(row["status"] == "member" for row in made.areas) == 193


def test_disputed_areas_are_no_countries_and_carry_their_footnote_in_three_languages(made: Areas) -> None:
    by_m49 = {row["m49"]: row for row in made.areas}
    for m49 in ("158", "412", "732", "238"):  # Taiwan, Kosovo, Western Sahara, Falkland Islands (Malvinas)
        row = by_m49[m49]
        assert (row["status"], row["counts_as_country"]) == ("area", "no"), m49
        assert all(row[f"footnote_{lang}"] for lang in ("en", "fr", "es")), m49
    assert "1244" in by_m49["412"]["footnote_en"]


def test_every_area_has_a_name_and_a_sort_key_in_three_languages(made: Areas) -> None:
    for row in made.areas:
        for lang in ("en", "fr", "es"):
            assert row[f"name_{lang}"] and row[f"sort_{lang}"], (row["code"], lang)


def test_the_tree_is_that_of_the_table(shared: Path, made: Areas) -> None:
    by_code = {row["code"]: row for row in made.areas}
    seen: set[str] = set()
    for row in made.areas:
        assert not row["parent"] or row["parent"] in seen, f"{row['code']} stands before its parent"
        seen.add(row["code"])
    for row in table(shared, "en"):
        area = by_code[row["ISO-alpha3 Code"] or row["M49 Code"]]
        above = []
        while area["parent"]:
            above.append(area["parent"])
            area = by_code[area["parent"]]
        wanted = [row[f"{level} Code"] for level in ("Intermediate Region", "Sub-region", "Region", "Global")]
        assert above == [code for code in wanted if code], row["Country or Area"]


def test_least_developed_countries_today_are_those_of_the_newest_list(shared: Path, made: Areas) -> None:
    newest = read_rows(shared / "data" / "country-reference" / "undata-m49-2026.csv")
    today = {row["member"] for row in made.memberships if row["group"] == "LDC" and not row["valid_to"]}
    assert today == {row["iso3"] for row in newest if row["ldc"] == "x"}
    assert len(today) == 44


def test_a_country_that_graduated_was_a_member_until_the_day_before(made: Areas) -> None:
    """Dates as the Committee for Development Policy states them."""
    ended = {row["member"]: row["valid_to"] for row in made.memberships if row["group"] == "LDC" and row["valid_to"]}
    assert ended["BTN"] == "2023-12-12"
    assert ended["STP"] == "2024-12-12"
    assert ended["VUT"] == "2020-12-03"
    assert ended["GNQ"] == "2017-06-03"
    assert {"BWA", "CPV", "MDV", "WSM"} <= set(ended)


@pytest.mark.parametrize(("group", "column", "count"), [("LLDC", "lldc", 32), ("SIDS", "sids", 53)])
def test_landlocked_countries_and_island_states_are_those_of_two_lists(
    shared: Path, made: Areas, group: str, column: str, count: int
) -> None:
    newest = read_rows(shared / "data" / "country-reference" / "undata-m49-2026.csv")
    assert members(made, group) == {row["iso3"] for row in newest if row[column] == "x"}
    assert len(members(made, group)) == count


def test_each_country_is_in_one_sdg_region(shared: Path, made: Areas) -> None:
    countries = {row["code"] for row in made.areas if row.get("counts_as_country") == "yes"}
    regions = [members(made, region) for region in SDG_REGIONS]
    assert sum(len(region & countries) for region in regions) == len(countries)
    assert countries <= set.union(*regions)
    # The eight regions hold whole M49 regions: Sudan and Türkiye are with Northern Africa and Western Asia.
    assert {"SDN", "TUR", "MAR"} <= members(made, "747")
    assert {"IRN", "KAZ", "IND"} <= members(made, "062")
    assert members(made, "SDG") == set(SDG_REGIONS)


def test_a_lost_code_is_an_error_and_not_a_gap(shared: Path, tmp_path: Path) -> None:
    for path in (shared / "data" / "country-reference").glob("M49_*.csv"):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines(keepends=True)
        (tmp_path / path.name).write_text("".join(lines[:1] + lines[2:]) if "_fr" in path.name else text)
    with pytest.raises(KeyError, match="012"):
        read_areas(tmp_path, DATA)
