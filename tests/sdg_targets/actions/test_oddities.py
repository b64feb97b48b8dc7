"""What publishers' files really look like: each oddity, from the bytes to what is stored or refused, with its place."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sdg_targets.actions.imports import import_file
from sdg_targets.models import Dataset, Import, ImportState, Observation, SeriesCoverage
from tests.factories.workbooks import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_catalogue")]
Give = Callable[[bytes | str | dict[str, str]], Import]
OWN = "series,area,period,breakdown,value\n"


@pytest.fixture
def give(tmp_path: Path) -> Give:
    """A function that imports a file, or a country's repository given by the names of its files."""

    def given(content: bytes | str | dict[str, str], dataset: str = "") -> Import:
        path = tmp_path / f"given{len(list(tmp_path.iterdir()))}"
        if isinstance(content, dict):
            for name, text in {"config_data.yml": "docs: 1\n", **content}.items():
                (path / name).parent.mkdir(parents=True, exist_ok=True)
                (path / name).write_text(text, encoding="utf-8")
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        code = dataset or ("national:CAN" if isinstance(content, dict) else "UNSD-SDG")
        return import_file(path, dataset=Dataset.objects.get(code=code), by=None)

    return given


def long(series: str, *areas: tuple[str, str, dict[str, Any]], release: str = "2019.Q3.G.01") -> str:
    """A long JSON file: areas by code and name, each with one observation of 2015 unless told otherwise."""
    listed = [
        {"geoAreaCode": code, "geoAreaName": name, "data": [{"timePeriod": "2015", "natureCode": "C", **cell}]}
        for code, name, cell in areas
    ]
    return json.dumps({"seriesCode": series, "release": release, "refAreas": listed})


def stored() -> list[tuple[str, str, str | None]]:
    """Area, period and value of all that is believed now."""
    rows = Observation.objects.current().order_by("area__code", "period__code")
    return [(o.area.code, o.period.code, None if o.value is None else str(o.value)) for o in rows.with_names()]


def refused(record: Import) -> list[tuple[str, str, str]]:
    """Place, rule and what was found, of every refusal."""
    return list(record.refusals.order_by("id").values_list("place", "rule", "found"))


def of_year(text: str) -> dict[str, str]:
    """A repository whose one file says a year so."""
    return {"data/indicator_17-3-2.csv": f"Year,Value\n{text},1.5\n"}


def test_thousands_are_parted_by_commas(give: Give) -> None:
    give(long("VC_DSR_AFFCT", ("404", "Kenya", {"value_detail": "24,644", "value_numeric_part": 24})))
    assert stored() == [("KEN", "2015", "24644")]


def test_a_letter_stands_for_a_value(give: Give) -> None:
    give(long("SG_CPA_MIGR", ("540", "New Caledonia", {"value_detail": "N", "policyDomainsCode": "DOMAIN1"})))
    assert stored() == [("NCL", "2015", None)]
    assert Observation.objects.get().value_text == "N"


@pytest.mark.parametrize("sign", ["..", "-", "...", "(*)", "NA", "1 013,8", "1\u00a0013,8", "5,5", "(100,0)", "x"])
def test_signs_and_other_spellings_in_the_place_of_a_value_are_refused_at_their_line(give: Give, sign: str) -> None:
    record = give({"data/indicator_17-3-2.csv": f'Year,Value\n2014,1.5\n2015,"{sign}"\n'})
    assert stored() == [("CAN", "2014", "1.5")]
    assert refused(record) == [("data/indicator_17-3-2.csv, line 3", "R02", sign)]


def test_na_is_a_nature_and_not_namibia_and_namibia_is_not_missing(give: Give) -> None:
    give(long("SI_RMT_COST", ("516", "Namibia", {"value_detail": "5", "natureCode": "NA"})))
    one = Observation.objects.with_names().get()
    assert (one.area.code, one.area.iso2, one.nature, str(one.value)) == ("NAM", "NA", "_X", "5")


def test_units_and_natures_that_are_spelled_anew_change_nothing(give: Give) -> None:
    old = {"value_detail": "6.0", "unitsCode": "PERCENT", "natureCode": "NA"}
    new = {"value_detail": "6", "unitsCode": "PT", "natureCode": "_X"}
    give(long("SI_RMT_COST", ("404", "Kenya", old), release="2019.Q2.G.01"))
    record = give(long("SI_RMT_COST", ("404", "Kenya", new)))
    assert (record.state, record.unchanged) == (ImportState.UNCHANGED, 1)


def test_one_series_stands_under_several_indicators(give: Give) -> None:
    text = long("VC_DSR_MTMP", ("404", "Kenya", {"value_detail": "1"}))
    give(text.replace("{", '{"indicator": "1.5.1", ', 1))
    assert give(text.replace("{", '{"indicator": "13.1.1", ', 1)).unchanged == 1


def test_regions_and_groups_stand_among_countries_and_are_not_counted_as_such(give: Give) -> None:
    cell = {"value_detail": "5"}
    ldc = "Least Developed Countries (LDC)"
    give(long("SI_RMT_COST", ("001", "World", cell), ("199", ldc, cell), ("404", "Kenya", cell)))
    assert [area for area, _period, _value in stored()] == ["001", "KEN", "LDC"]
    assert (SeriesCoverage.objects.get().areas, SeriesCoverage.objects.get().countries) == (3, 1)


def test_area_codes_are_padded_and_not_and_decimal_and_are_one_area(give: Give) -> None:
    cell = {"value_detail": "5"}
    record = give(long("SI_RMT_COST", *((code, "Afghanistan", cell) for code in ("004", "4", "4.0"))))
    assert (record.new, record.repeated, stored()) == (1, 2, [("AFG", "2015", "5")])


def test_codes_that_are_not_of_iso_are_mapped_or_refused(give: Give) -> None:
    heading = "Entity,Code,Year,10.7.2 - Policies - SG_CPA_MIGRS - All Domains\n"
    rows = "Kosovo,OWID_KOS,2019,3\nWorld,OWID_WRL,2019,2\nNowhere,OWID_XXX,2019,1\nEurope (group),,2019,1\n"
    record = give(heading + rows)
    assert [area for area, _period, _value in stored()] == ["001", "412"]
    assert [(place, rule) for place, rule, _found in refused(record)] == [("line 4", "R01"), ("line 5", "R01")]


def test_a_placeholder_is_no_figure(give: Give) -> None:
    given = {
        "data/indicator_17-3-2.csv": "Year,Value\n2015,0\n",
        "meta/17-3-2.yml": "reporting_status: notstarted\n",
    }
    record = give(given)
    assert stored() == []
    assert refused(record) == [("data/indicator_17-3-2.csv", "R04", "reporting status notstarted")]


@pytest.mark.parametrize(
    ("written", "period"),
    [("2000/01", "2000/2001"), ("2010-2015", "2010/2015"), ("2015", "2015"), ("2015.0", "2015")],
)
def test_years_are_not_always_one_year(give: Give, written: str, period: str) -> None:
    give(of_year(written))
    assert stored() == [("CAN", period, "1.5")]


@pytest.mark.parametrize("written", ["20222", "03/04/2015", "15.04.2015", "2050"])
def test_years_that_are_none_or_days_or_have_not_begun_are_refused_at_their_line(give: Give, written: str) -> None:
    """Which of 03/04/2015 is the month cannot be known: it is not guessed."""
    record = give(of_year(written))
    ((place, rule, _found),) = refused(record)
    assert (place, rule in ("V03", "V04"), stored()) == ("data/indicator_17-3-2.csv, line 2", True, [])


def test_a_marked_year_is_that_year_or_refused_and_never_another(give: Give) -> None:
    record = give(of_year("2019*"))
    assert stored() in ([("CAN", "2019", "1.5")], []) and len(stored()) + record.refused == 1


def test_a_sentence_stands_in_the_place_of_the_years(give: Give) -> None:
    record = give({"data/indicator_17-3-2.csv": "Year,Value\nThere is no data for this indicator yet,\n"})
    assert [rule for _place, rule, _found in refused(record)] == ["R04"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("cp1252"),
        lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    ],
)
def test_marks_line_ends_and_encodings_change_nothing(give: Give, change: Callable[[str], bytes]) -> None:
    text = "SeriesCode,GeoAreaCode,GeoAreaName,TimePeriod,Value,Source\nSI_RMT_COST,384,Côte d'Ivoire,2015,5,Enquête\n"
    give(change(text))
    assert stored() == [("CIV", "2015", "5")]
    assert Observation.objects.with_names().get().source.text == "Enquête"


@pytest.mark.parametrize("sign", [";", "\t"])
def test_semicolons_and_tabs_part_the_columns_of_a_csv(give: Give, sign: str) -> None:
    record = give((OWN + "SI_RMT_COST,KEN,2015,_T,5\nSI_RMT_COST,KEN,2016,_T,x\n").replace(",", sign))
    assert (stored(), refused(record)) == ([("KEN", "2015", "5")], [("line 3", "V07", "x")])


def test_a_file_without_a_heading_or_with_blank_ones_says_what_is_missing(give: Give) -> None:
    assert "No reader knows this file" in give("SI_RMT_COST,KEN,2015,_T,5\n").problem
    assert "unknown: (blank)" in give("series,area,period,breakdown,value,\nSI_RMT_COST,KEN,2015,_T,5,\n").problem
    record = give({"data/indicator_17-3-2.csv": "Year,Value,,\n2015,1.5,,\n"})
    assert (record.refused, stored()) == (0, [("CAN", "2015", "1.5")])


def test_a_heading_stands_far_down_in_a_workbook_and_its_cells_have_places(give: Give) -> None:
    heading = ["series", "area", "period", "breakdown", "value"]
    rows = [*([["Figures of the office"]] + [[""]] * 15), heading, ["SI_RMT_COST", "KEN", 2015, "_T", 5.5]]
    rows += [["SI_RMT_COST", "KEN", 2016, "_T", "n/a"], [], ["Source: the office"]]
    record = give(workbook(Notes=[["Read me"]], Data=rows))
    assert stored() == [("KEN", "2015", "5.5")]
    assert ("Data!E19", "n/a") in [(place, found) for place, _rule, found in refused(record)]


def test_the_same_key_twice_with_different_values_refuses_both_and_names_them(give: Give) -> None:
    record = give(OWN + "SI_RMT_COST,KEN,2015,_T,5\nSI_RMT_COST,UGA,2015,_T,1\nSI_RMT_COST,KEN,2015,_T,6\n")
    assert stored() == [("UGA", "2015", "1")]
    assert [(place, rule) for place, rule, _found in refused(record)] == [("line 2", "V18"), ("line 4", "V18")]
    assert all("(line 2, line 4)" in refusal.expected for refusal in record.refusals.all())


def test_several_units_of_one_file_are_not_one_series(give: Give) -> None:
    record = give(OWN.replace("value", "value,unit") + "SI_RMT_COST,KEN,2015,_T,5,PT\nSI_RMT_COST,UGA,2015,_T,10,USD\n")
    assert (stored(), refused(record)) == ([("KEN", "2015", "5")], [("line 3", "V12", "USD")])


def test_html_in_a_cell_is_text(give: Give) -> None:
    give(OWN.replace("value", "value,source") + "SI_RMT_COST,KEN,2015,_T,5,<b>Survey</b><script>x</script>\n")
    assert Observation.objects.with_names().get().source.text == "<b>Survey</b><script>x</script>"


def test_a_formula_is_no_number(give: Give) -> None:
    record = give(OWN + "SI_RMT_COST,KEN,2015,_T,=1+1\n")
    assert (stored(), refused(record)) == ([], [("line 2", "V07", "=1+1")])


def test_zero_is_a_figure_and_a_blank_is_none_without_a_reason(give: Give) -> None:
    record = give(OWN + "SM_DTH_MIGR,KEN,2015,_T,0\nSM_DTH_MIGR,UGA,2015,_T,\n")
    assert (stored(), refused(record)) == ([("KEN", "2015", "0")], [("line 3", "V09", "")])


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "1_000", "١٢٣", "0x10", "1,2,3", "--5", "5%"])
def test_what_other_programs_take_for_a_number_is_none(give: Give, number: str) -> None:
    record = give(OWN + f'SI_RMT_COST,KEN,2015,_T,"{number}"\n')
    assert (stored(), refused(record)) == ([], [("line 2", "V07", number)])
