"""The publishers' framework files against a second reading of them, made here in another way."""

import csv
import re
from pathlib import Path

import pytest
import yaml
from python_calamine import CalamineWorkbook

from sdg_targets.formats.framework import Correction, clean, read_framework

COLOURS = {str(number): "#dd1367" for number in range(1, 18)}


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data" / "indicator-framework"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (" By 2030,  end hunger\n", "By 2030, end hunger"),
        ("fiscal policy2", "fiscal policy"),
        ("by 2030", "by 2030"),
        ("ISCO-08 code 2", "ISCO-08 code 2"),
        ("", ""),
    ],
)
def test_a_publisher_s_text_is_cleaned_of_what_is_no_part_of_it(text: str, plain: str) -> None:
    assert clean(text) == plain


def test_all_goals_targets_and_indicators_are_there_once(folder: Path) -> None:
    read = read_framework(folder, COLOURS, ())
    assert [len(rows) for rows in (read.goals, read.targets, read.indicators)] == [17, 169, 248]
    for rows in (read.goals, read.targets, read.indicators):
        assert len({row["code"] for row in rows}) == len(rows)
    assert {row["target"] for row in read.indicators} == {row["code"] for row in read.targets} - {"11.c"}


def test_codes_are_those_of_the_united_nations_own_workbook(folder: Path) -> None:
    """The English workbook, read cell by cell: its codes stand at the beginning of its texts."""
    book = CalamineWorkbook.from_path(folder / "Global Indicator Framework after 2023 refinement.English.xlsx")
    cells = [str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    found = {m[1] for cell in cells if (m := re.match(r"\s*([0-9]{1,2}\.[0-9a-z]{1,2}\.[0-9]{1,2})[\s\n]", cell))}
    assert found == {row["code"] for row in read_framework(folder, COLOURS, ()).indicators}


def test_titles_are_the_publishers_titles(folder: Path) -> None:
    read = read_framework(folder, COLOURS, ())
    with (folder / "SDG_Target_Indicator_UNSD_2023.csv").open(encoding="utf-8-sig", newline="") as stream:
        listed = {row["IndicatorsNumber"].strip(): row["Indicators"] for row in csv.DictReader(stream, delimiter=";")}
    for row in read.indicators:
        assert row["name_en"].split() == clean(listed[row["code"]]).split(), row["code"]
    for lang in ("fr", "es"):
        for kind, rows in (("goals", read.goals), ("targets", read.targets), ("indicators", read.indicators)):
            path = folder / "sdg-translations" / lang / f"global_{kind}.yml"
            titles = yaml.safe_load(path.read_text(encoding="utf-8"))
            for row in rows:
                title = titles.get(row["code"].replace(".", "-") + "-title", "")
                assert row[f"name_{lang}"] == clean(title), (lang, row["code"])


def test_tiers_and_agencies_are_those_of_the_classification(folder: Path) -> None:
    with (folder / "Tier classification 30 Nov 2022 clean.csv").open(encoding="utf-8-sig", newline="") as stream:
        tiers = {row["indicator_num"].strip(): row for row in csv.DictReader(stream)}
    for row in read_framework(folder, COLOURS, ()).indicators:
        assert row["tier"] == clean(tiers[row["code"]]["updated_tier"]).replace("Tier ", "")
        assert row["custodian"].split() == tiers[row["code"]]["cust_agency"].split()


def test_what_is_the_same_indicator_under_several_targets_says_so(folder: Path) -> None:
    same = {row["code"]: row["same_as"] for row in read_framework(folder, COLOURS, ()).indicators if row["same_as"]}
    assert (same["11.5.1"], same["13.1.1"], same["16.b.1"]) == ("1.5.1", "1.5.1", "10.3.1")
    assert not set(same) & set(same.values())


def test_a_correction_takes_the_place_of_a_text_and_says_when_it_is_ours(folder: Path) -> None:
    ours = Correction("indicator", "10.7.2", "name_fr", "Un titre à nous", unofficial=True)
    slip = Correction("goal", "2", "short_fr", "Faim « zéro »", unofficial=False)
    read = read_framework(folder, COLOURS, (ours, slip))
    row = next(row for row in read.indicators if row["code"] == "10.7.2")
    assert row["name_fr"] == "Un titre à nous" and "unofficial" in row["framework"]
    assert next(row for row in read.goals if row["code"] == "2")["short_fr"] == "Faim « zéro »"
    assert sum("unofficial" in row["framework"] for row in read.indicators) == 1


def test_a_folder_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"SDG_Target_Indicator_UNSD_2023\.csv"):
        read_framework(tmp_path, COLOURS, ())
