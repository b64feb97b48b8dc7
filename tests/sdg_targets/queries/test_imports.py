"""What became of the rows of an import: it adds up, names each rule with its first places, and groups unmapped codes."""

from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from sdg_targets.actions.imports import import_file
from sdg_targets.models import Dataset, Import, Refusal
from sdg_targets.queries.imports import (
    CODES_SHOWN,
    Change,
    broken_rules_of,
    refusal_cells,
    report_of,
    sentence_here,
    unmapped_of,
)
from tests.factories import make_catalogue
from tests.factories.uploads import own_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset() -> Dataset:
    return make_catalogue()[0]


def imported(folder: Path, dataset: Dataset, content: bytes) -> Import:
    path = folder / "a.csv"
    path.write_bytes(content)
    return import_file(path, dataset=dataset, by=None)


def refuse(made: Import, place: str, column: str, rule: str, found: str, rows: int = 1) -> None:
    Refusal.objects.create(of_import=made, place=place, column=column, rule=rule, found=found, rows=rows)


def test_the_report_adds_up_and_names_each_rule_with_its_first_places(tmp_path: Path, dataset: Dataset) -> None:
    lines = ["KEN,2015,_T,5", *(f"ZZZ,{year},_T,5" for year in range(2000, 2030)), "KEN,20222,_T,5", "ZZZ,x,_T,5"]
    report = report_of(imported(tmp_path, dataset, own_csv(*lines)))
    assert (report.accounted, report.read, report.adds_up) == (33, 33, True)
    assert [(count.heading, count.rows) for count in report.counts] == [
        ("new", 1), ("revised", 0), ("unchanged", 0), ("repeated", 0), ("gathered", 0), ("refused", 32),
    ]  # fmt: skip
    assert {rule.number: (rule.rows, rule.more) for rule in report.rules} == {
        "V02": (31, 26),
        "V03": (2, 0),
        "V04": (3, 0),
    }
    assert [refusal.place for refusal in report.rules[0].first] == [f"line {n}" for n in range(3, 8)]
    assert (report.unmapped, report.more_unmapped, report.changes) == ((), 0, ())


def test_a_refusal_counts_for_the_rows_it_stands_for(tmp_path: Path, dataset: Dataset) -> None:
    made = imported(tmp_path, dataset, own_csv("KEN,2015,_T,5"))
    refuse(made, "a.csv", "", "R03", "", rows=40)
    refuse(made, "b.csv line 2", "", "R03", "")
    (rule,) = broken_rules_of(made, first=1)
    assert (rule.rows, rule.more, [r.place for r in rule.first]) == (41, 1, ["a.csv"])


def test_codes_are_grouped_by_concept_and_those_that_cost_most_come_first(tmp_path: Path, dataset: Dataset) -> None:
    made = imported(tmp_path, dataset, b"geo_area,nature,units,year,si_rmt_cost\n404,C,PT,2015,5\n404,C\n")
    Refusal.objects.all().delete()
    for place, concept, found, rows in (
        ("1", "unit", "USD", 1), ("2", "unit", "PCT", 2), ("3", "unit", "PCT", 7), ("4", "SEX", "X", 1),
        ("5", "breakdown", "a=b", 1),
    ):  # fmt: skip
        refuse(made, place, concept, "R01", found, rows)
    refuse(made, "6", "value", "R02", "x")
    assert made.provider == "unsd-ddf"
    codes = unmapped_of(made)
    assert {(code.concept, code.can_be_mapped) for code in codes} == {
        ("breakdown", False),
        ("SEX", True),
        ("unit", True),
    }
    assert [(code.given, code.rows) for code in codes if code.concept == "unit"] == [("PCT", 9), ("USD", 1)]


def test_of_very_many_codes_the_first_are_shown_and_the_others_counted(tmp_path: Path, dataset: Dataset) -> None:
    made = imported(tmp_path, dataset, own_csv("KEN,2015,_T,5"))
    for number in range(CODES_SHOWN + 3):
        refuse(made, str(number), "unit", "R01", f"U{number}")
    report = report_of(made)
    assert (len(report.unmapped), report.more_unmapped) == (CODES_SHOWN, 3)
    assert not any(code.can_be_mapped for code in report.unmapped)  # own CSV has our codes: nothing is mapped


def test_a_file_refused_whole_does_not_add_up(dataset: Dataset, tmp_path: Path) -> None:
    made = imported(tmp_path, dataset, b"\x89PNG")
    Import.objects.filter(pk=made.pk).update(read=5)
    made.refresh_from_db()
    assert not report_of(made).adds_up


def test_every_refusal_is_given_in_order_with_the_sentence_of_its_rule(tmp_path: Path, dataset: Dataset) -> None:
    made = imported(tmp_path, dataset, own_csv("ZZZ,2015,_T,5", "KEN,2015,_T,x"))
    refuse(made, "elsewhere", "", "Z99", "", rows=3)
    rows = list(refusal_cells(made))
    assert [row[:4] for row in rows] == [
        ("a.csv", "line 2", "area", "V02"),
        ("a.csv", "line 3", "value", "V07"),
        ("a.csv", "elsewhere", "", "Z99"),
    ]
    assert rows[1][4:] == ("A value is a plain number, such as 1234.5.", "x", rows[1][6], "1")
    assert (rows[2][4], rows[2][7]) == ("Z99", "3")


def test_a_sentence_is_in_the_reader_s_language_and_a_rule_that_is_no_more_is_its_number() -> None:
    with override("fr"):
        assert sentence_here("V02") != "The reference area is in the list of areas."
    assert sentence_here("R01") == "Each code of the file has a meaning here."
    assert sentence_here("Z99") == "Z99"


@pytest.mark.parametrize(("before", "after", "same"), [("5", "5", True), ("5", "5.0", False), (None, "5", False)])
def test_a_change_of_words_alone_is_told_from_one_of_the_value(before: Any, after: Any, same: bool) -> None:
    change = Change("revised", "S", "KEN", "2015", "_T", before, after)
    assert (change.same_value, change.kind_here) == (same, "revised")
