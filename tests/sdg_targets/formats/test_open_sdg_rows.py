"""Rows of an Open SDG repository: every oddity that was met in a real cell has its reading, or its refusal with a place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.rows import ObservationRow, Problem
from sdg_targets.formats.open_sdg_rows import period_of
from tests.factories.repositories import items, problem, row


def test_a_row_is_a_figure_of_the_country_at_its_file_and_line(tmp_path: Path) -> None:
    found = row(
        tmp_path,
        "Year,Sex,Units,Unit multiplier,Observation status,Remark,Value\n"
        '2015,Female,"per 100,000",Thousands,Estimated value,a remark,0.18319384504628114\n',
    )
    assert found == ObservationRow(
        place="data/indicator_10-7-4.csv, line 2", series="SM_POP_REFG_OR", area="GBR", period="2015",
        breakdown="SEX=F", value="0.18319384504628114", status="E", unit="PER_100000_POP", multiplier="3",
    )  # fmt: skip


def test_a_blank_cell_of_a_breakdown_is_the_total(tmp_path: Path) -> None:
    assert row(tmp_path, "Year,Sex,Value\n2015,,1\n").breakdown == "_T"


def test_a_mark_of_utf8_and_line_ends_of_windows_are_no_part_of_anything(tmp_path: Path) -> None:
    found = row(tmp_path, "\N{ZERO WIDTH NO-BREAK SPACE}Year,Sex,Value\r\n2015,Male,1\r\n")
    assert (found.period, found.breakdown, found.value) == ("2015", "SEX=M", "1")


@pytest.mark.parametrize(
    ("printed", "value"), [(" 98.49", "98.49"), ("115000\t", "115000"), ("24,644", "24644"), ("-1", "-1"), ("0", "0")]
)
def test_blanks_around_a_value_and_commas_in_it_are_not_the_value(printed: str, value: str, tmp_path: Path) -> None:
    assert row(tmp_path, f'Year,Value\n2015,"{printed}"\n').value == value


@pytest.mark.parametrize(
    ("printed", "period", "detail"),
    [
        ("2015", "2015", None),
        ("2000/01", "2000/01", None),
        ("2010-2015", "2010-2015", None),
        ("2019*", "2019", "2019*"),
        ("2021-2022*", "2021-2022", "2021-2022*"),
        ("2019/20 [Note 5]", "2019/20", "2019/20 [Note 5]"),
        ("2019/20* [Note 5]", "2019/20", "2019/20* [Note 5]"),
        ("[draft] 2019", "[draft] 2019", None),
        ("2013 Q1", "2013-Q1", None),
        ("1" + " " * 130_000 + "2", "1" + " " * 130_000 + "2", None),
        ("1980 to 1990", "1980/1990", None),
        ("20222", "20222", None),
        ("after the war", "after the war", None),
    ],
)
def test_a_period_is_read_without_the_marks_of_notes_and_what_is_none_is_left_to_the_rules(
    printed: str, period: str, detail: str | None
) -> None:
    assert period_of(printed) == (period, detail)


@given(st.text(max_size=30))
def test_whatever_stands_for_a_year_is_kept_or_read(text: str) -> None:
    period, detail = period_of(text)
    assert detail in (None, text) and len(period) <= len(text)


def test_a_value_that_is_no_number_refuses_its_row(tmp_path: Path) -> None:
    found = problem(tmp_path, "Year,Value\n2015,about 3\n")
    assert (found.place, found.rule, found.found) == ("data/indicator_10-7-4.csv, line 2", "R02", "about 3")


def test_no_value_with_a_reason_is_an_observation_and_without_one_a_refusal(tmp_path: Path) -> None:
    suppressed, blank, normal = items(
        tmp_path,
        "Year,Observation status,Value\n2015,Missing value; suppressed,\n2016,,\n2017,Normal value,\n",
    )
    assert isinstance(suppressed, ObservationRow) and (suppressed.value, suppressed.status) == (None, "Q")
    assert isinstance(blank, Problem) and (blank.rule, blank.place[-6:], blank.found) == ("R05", "line 3", "")
    assert isinstance(normal, Problem) and (normal.rule, normal.found) == ("R05", "Normal value")


@pytest.mark.parametrize(
    ("content", "column", "found"),
    [
        ("Year,Sex,Value\n2015,Divers,1\n", "SEX", "Divers"),
        ("Year,Units,Value\n2015,stones,1\n", "unit", "stones"),
        ("Year,Observation status,Value\n2015,Definition differs,1\n", "status", "Definition differs"),
        ("Year,Unit multiplier,Value\n2015,Dozens,1\n", "multiplier", "Dozens"),
        ("Year,Planet,Value\n2015,Mars,1\n", "column", "Planet"),
        ("Year,,Value\n2015,Mars,1\n", "column", ""),
        ("Year,Series,Value\n2015,Another,1\n", "series", "10-7-4|Another"),
        ("Year,GeoCode,Value\n2015,E92000001,1\n", "geo", "E92000001"),
        ("Year,GeoCode,Value\n2015,100,1\n", "geo", "100"),
        ("Year,Sex,Gender,Value\n2015,Female,Male,1\n", "SEX", "F and M"),
    ],
)
def test_a_filled_cell_that_has_no_meaning_refuses_its_row(
    content: str, column: str, found: str, tmp_path: Path
) -> None:
    """Among them a national area code that is another country's M49 code: a code means what its own list says."""
    item = problem(tmp_path, content)
    assert (item.place, item.rule) == ("data/indicator_10-7-4.csv, line 2", "R01")
    assert (item.column, item.found) == (column, found)


def test_an_area_is_taken_where_its_code_is_known_and_columns_of_areas_agree(tmp_path: Path) -> None:
    known, strange = items(tmp_path, "Year,Country,GeoCode,Value\n2015,UK,UK,1\n2015,UK,W92000004,1\n")
    assert isinstance(known, ObservationRow) and known.area == "GBR"
    assert isinstance(strange, Problem) and strange.found == "W92000004"


def test_a_wider_level_says_nothing_more_beside_a_narrower_one_and_refuses_alone(tmp_path: Path) -> None:
    narrow, wide = items(
        tmp_path,
        "Year,Minor group,Unit group,Value\n2015,221 Health,2211 Medical practitioners,1\n2015,221 Health,,5\n",
    )
    assert isinstance(narrow, ObservationRow) and narrow.breakdown == "OCCUPATION=PHYS"
    assert isinstance(wide, Problem) and (wide.column, wide.found) == ("OCCUPATION", "221 Health")


def test_several_series_in_one_file_are_told_apart_by_their_names(tmp_path: Path) -> None:
    found = items(tmp_path, "Year,Series,Value\n2015,Density,1\n2015,Distribution,2\n2015,,3\n", "indicator_3-c-1.csv")
    assert [item.series if isinstance(item, ObservationRow) else item.rule for item in found] == [
        "SH_MED_DEN",
        "SH_MED_HWRKDIS",
        "R01",
    ]


def test_two_units_in_one_file_are_two_series(tmp_path: Path) -> None:
    found = items(tmp_path, "Year,Units,Value\n2015,number,39300\n2015,%,8.7\n", "indicator_8-7-1.csv")
    assert [(i.series, i.unit) for i in found if isinstance(i, ObservationRow)] == [
        ("SL_TLF_CHLDEAN", "NUMBER"),
        ("SL_TLF_CHLDEA", "PT"),
    ]


def test_a_column_may_mean_something_else_in_one_file(tmp_path: Path) -> None:
    found = items(tmp_path, "Year,Age,Value\n2015,before age 15,1\n2015,before age 18,5\n", "indicator_5-3-1.csv")
    assert [i.series for i in found if isinstance(i, ObservationRow)] == ["SP_DYN_MRBF15", "SP_DYN_MRBF18"]


def test_a_breakdown_that_the_definition_implies_is_part_of_the_key(tmp_path: Path) -> None:
    assert row(tmp_path, "Year,Value\n2015,100\n", "indicator_16-9-1.csv").breakdown == "AGE=Y0T4"


def test_a_sentence_among_figures_refuses_its_row(tmp_path: Path) -> None:
    _figure, found = items(tmp_path, "Year,Value\n2015,1\nNo data before 2015,\n")
    assert isinstance(found, Problem) and (found.place[-6:], found.rule) == ("line 3", "R05")


def test_blank_headings_at_the_end_are_no_columns(tmp_path: Path) -> None:
    full, short, filled = items(tmp_path, "Year,Value,,\n2015,1,,\n2016,2\n2017,3,x,\n")
    assert isinstance(full, ObservationRow) and isinstance(short, ObservationRow)
    assert isinstance(filled, Problem) and (filled.place[-6:], filled.rule) == ("line 4", "R03")


def test_a_ragged_row_is_a_problem_at_its_line_and_a_blank_one_is_nothing(tmp_path: Path) -> None:
    figure, short, long = items(tmp_path, "Year,Sex,Value\n\n2015,,1\n,,\n2016,\n2017,Male,1,9\n")
    assert isinstance(figure, ObservationRow) and figure.place.endswith("line 3")
    assert isinstance(short, Problem) and (short.place[-6:], short.rule, short.found) == ("line 5", "R03", "2 cells")
    assert isinstance(long, Problem) and (long.place[-6:], long.rule, long.found) == ("line 6", "R03", "4 cells")


@pytest.mark.parametrize("heading", ["Value,Year,Units", "Series,Year,Units,Value", "Year,Value,Units"])
def test_columns_are_known_by_their_names_in_any_order(heading: str, tmp_path: Path) -> None:
    cells = {"Year": "2015", "Value": "4", "Units": "%", "Series": "Density"}
    line = ",".join(cells[name] for name in heading.split(","))
    (item,) = items(
        tmp_path,
        f"{heading}\n{line}\n",
        "indicator_3-c-1.csv" if "Series" in heading else "10-7-4.csv",
        **{"data__indicator_1-1-1.csv": "Year\n"},
    )
    assert isinstance(item, ObservationRow) and (item.value, item.period, item.unit) == ("4", "2015", "PT")
