"""International Migrant Stock: every table, areas by code and name, signs for what is missing, the type of data in words."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading
from sdg_targets.formats import undesa, undesa_flat
from sdg_targets.formats.mapping import CodeMaps
from sdg_targets.formats.shipped_csv import DATA, read_rows
from sdg_targets.formats.workbook import Workbook, open_workbook

UNDESA = "data/migrant-stock/undesa_pd_2020_ims_stock_by_sex_and_destination.xlsx"
HEADING = ["", "Region, development group, country or area", "Notes", "Location code", "Type of data"]


def shipped_codes(provider: str) -> CodeMaps:
    """The shipped mappings of a provider, with the names and codes of the shipped areas."""
    maps: dict[str, dict[str, str]] = {}
    for row in read_rows(DATA / "mappings.csv"):
        if row["provider"] == provider:
            maps.setdefault(row["concept"], {})[row["given"]] = row["code"]
    areas = read_rows(DATA / "areas.csv")
    for concept, column in (("area", "m49"), ("area_name", "name_en")):
        maps[concept] = {**{area[column]: area["code"] for area in areas if area[column]}, **maps.get(concept, {})}
    return CodeMaps(maps, {"iso3": frozenset(area["iso3"] for area in areas if area["iso3"])})


CODES = shipped_codes("undesa")


def reading_of(*areas: list[Any], title: str = "International migrant stock at mid-year, females") -> Reading:
    """One table of the years 1990 and 1995, with the notes 1 and 2."""
    sheet: list[list[Any]] = [[""] * 7 for _ in range(7)]
    sheet[3][4] = "POP/DB/MIG/Stock/Rev.2020"
    sheet += [["", "", "", "", "", title, ""], [""] * 7, [""] * 7, [*HEADING, 1990.0, 1995.0]]
    notes: list[list[Any]] = [["", "Notes"], [1.0, "Including Zanzibar."], [2.0, "Excluding islands."]]
    book = Workbook({"Table of contents": [["", "Table 1"]], "Table 1": [*sheet, *areas], "Notes": notes})
    assert undesa.looks_like(book)
    return undesa.read(book, CODES)


def items(*areas: list[Any], **more: Any) -> list[ObservationRow | Problem]:
    return list(reading_of(*areas, **more).items)


def test_a_table_is_read_with_series_sex_year_nature_and_footnote() -> None:
    reading = reading_of([1.0, "   United Republic of Tanzania*", 1.0, 834.0, "B R ", 574025.0, 1106043.0])
    assert (reading.vintage, reading.series) == ("2020", ("IMS_STOCK",))
    first, second = reading.items
    assert first == ObservationRow(
        place="Table 1!F12",
        series="IMS_STOCK",
        area="TZA",
        period="1990",
        breakdown="SEX=F",
        value="574025",
        status="A",
        nature="E",
        source="United Nations, Department of Economic and Social Affairs, Population Division: International Migrant"
        " Stock 2020",
        footnote="Type of data: foreign-born population; refugees and asylum seekers added. Including Zanzibar.",
    )
    assert isinstance(second, ObservationRow) and (second.place, second.period) == ("Table 1!G12", "1995")


@pytest.mark.parametrize(
    ("title", "series", "breakdown"),
    [
        ("International migrant stock at mid-year, both sexes combined", "IMS_STOCK", "_T"),
        ("Total population at mid-year, males (thousands)", "IMS_POP", "SEX=M"),
        ("Female migrants as a percentage of the international migrant stock", "IMS_FEMALE", "_T"),
        ("Refugee and asylum seekers at mid-year, both sexes combined", "IMS_REFUGEES", "_T"),
    ],
)
def test_the_title_above_a_group_of_columns_says_its_series_and_sex(title: str, series: str, breakdown: str) -> None:
    first, _second = items(["", "Kenya", "", 404.0, "C", 1.0, 2.0], title=title)
    assert isinstance(first, ObservationRow) and (first.series, first.breakdown) == (series, breakdown)


def test_a_measure_or_a_sex_that_is_not_known_refuses_the_file_with_its_cell() -> None:
    for title in (
        "Number of passports, males",
        "International migrant stock at mid-year, children",
        "Total population",
    ):
        with pytest.raises(FileProblem, match=r"Table 1!F8: .* is no measure known here"):
            reading_of(title=title)


@pytest.mark.parametrize(
    ("code", "name", "area"),
    [
        (900.0, "WORLD", "001"),
        (910.0, "  Eastern Africa", "014"),
        (921.0, "  Central and Southern Asia", "062"),
        (1833.0, "  Northern Africa and Western Asia", "747"),
        (1832.0, "  Eastern and South-Eastern Asia", "753"),
        (909.0, " OCEANIA ", "009"),
        (4.0, "   Afghanistan", "AFG"),
        (158.0, "   China, Taiwan Province of China*", "TWN"),
        (1503.0, "  High-income countries", "910"),
        (830.0, "   Channel Islands*", "830"),
    ],
)
def test_a_location_code_means_what_the_publisher_calls_it(code: float, name: str, area: str) -> None:
    """910, 911 and 921 are other areas in the UN SDG database."""
    first, _second = items(["", name, "", code, "", 1.0, 2.0])
    assert isinstance(first, ObservationRow) and first.area == area


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (910.0, "  High-income countries"),
        (921.0, "Official development assistance not allocated by country"),
        (404.0, "   Uganda"),
        (901.0, "  Developed regions"),
        (1517.0, "  Middle-income countries"),
        (404.0, ""),
    ],
)
def test_a_code_and_a_name_that_disagree_refuse_the_line(code: float, name: str) -> None:
    (problem,) = items(["", name, "", code, "", 1.0, 2.0])
    assert isinstance(problem, Problem)
    assert (problem.place, problem.rule, problem.rows) == ("Table 1!D12", "R01", 2)
    assert problem.found == f"{code:.0f} {name}"


def test_signs_say_why_there_is_no_number_and_others_are_refused() -> None:
    first, second = items(["", "Kenya", "", 404.0, "", "..", "~"])
    assert isinstance(first, ObservationRow) and (first.value, first.value_text, first.status) == (None, "..", "O")
    assert isinstance(second, ObservationRow) and (second.value, second.value_text, second.status) == (None, "~", "Q")
    third, fourth = items(["", "Kenya", "", 404.0, "", "-", ""])
    assert [(p.place, p.rule, p.found) for p in (third, fourth) if isinstance(p, Problem)] == [
        ("Table 1!F12", "R02", "-"),
        ("Table 1!G12", "R02", ""),
    ]


def test_a_zero_is_a_zero_and_imputed_figures_are_modelled() -> None:
    first, _second = items(["", "Kenya", "", 404.0, "I", 0.0, 2.0])
    assert isinstance(first, ObservationRow)
    assert (first.value, first.nature, first.footnote) == ("0", "M", "Type of data: no data, imputed.")


def test_a_type_of_data_that_is_not_known_refuses_the_line() -> None:
    (problem,) = items(["", "Kenya", "", 404.0, "X", 1.0, 2.0])
    assert isinstance(problem, Problem) and (problem.place, problem.found, problem.rows) == ("Table 1!E12", "X", 2)


def test_a_sheet_without_the_heading_and_a_column_without_a_year_are_refused() -> None:
    edition = ["POP/DB/MIG/Stock/Rev.2020"]
    with pytest.raises(FileProblem, match="The sheet Table 1 has no heading"):
        undesa.read(Workbook({"Table 1": [edition, ["Country", "1990"]]}), CODES)
    with pytest.raises(FileProblem, match="no sheet named Table 1"):
        undesa.read(Workbook({"Notes": [edition]}), CODES)
    title = ["", "", "", "", "", "International migrant stock at mid-year, males"]
    rows = [edition, title, [""], [""], [*HEADING, "1990s"]]
    with pytest.raises(FileProblem, match=r"Table 1!F5: '1990s' is no year"):
        undesa.read(Workbook({"Table 1": rows}), CODES)


def test_the_real_workbook_gives_the_numbers_that_another_program_reads(shared: Path) -> None:
    """Each cell, against openpyxl: the same number, in the cell that the row names."""
    with (shared / UNDESA).open("rb") as stream:
        reading = undesa.read(open_workbook(stream), CODES)
    other = openpyxl.load_workbook(shared / UNDESA, data_only=True)
    natures: dict[str | None, int] = {}
    checked = 0
    for item in reading.items:
        if isinstance(item, ObservationRow):
            sheet, cell = item.place.split("!")
            told = other[sheet][cell].value
            assert (item.value_text or Decimal(item.value or "")) == (told if item.value_text else Decimal(repr(told)))
            natures[item.nature] = natures.get(item.nature, 0) + 1
            checked += 1
    assert checked == 30_564 - 540
    assert natures == {None: 4968, "E": 24408, "M": 648}


ORIGINS = "Year,Destination,Total,Other South,Other North,Côte d'Ivoire,Atlantis,Turkey\n"


def flat(lines: str, heading: str = ORIGINS) -> list[ObservationRow | Problem]:
    data = (heading + lines).encode()
    assert undesa_flat.looks_like(data)
    return list(undesa_flat.read(io.BytesIO(data), CODES).items)


def test_origins_stand_across_and_are_counterpart_areas() -> None:
    rows = flat("1990,Kenya,153,6,,3,,37593.00000000001\n")
    assert [(r.place, r.area, r.period, r.breakdown, r.value) for r in rows if isinstance(r, ObservationRow)] == [
        ("line 2, Total", "KEN", "1990", "_T", "153"),
        ("line 2, Other South", "KEN", "1990", "COUNTERPART_AREA=OTHER_SOUTH", "6"),
        ("line 2, Côte d'Ivoire", "KEN", "1990", "COUNTERPART_AREA=CIV", "3"),
        ("line 2, Turkey", "KEN", "1990", "COUNTERPART_AREA=TUR", "37593.00000000001"),
    ]


def test_an_origin_that_is_not_known_refuses_its_filled_cells_alone() -> None:
    rows = flat("1990,Kenya,1,,,,5,\n1990,WORLD,2,,,,,\n")
    assert [(r.place, r.rule, r.found) for r in rows if isinstance(r, Problem)] == [
        ("line 2, Atlantis", "R01", "Atlantis")
    ]
    assert [r.area for r in rows if isinstance(r, ObservationRow)] == ["KEN", "001"]


def test_a_line_that_heads_a_list_is_no_row_and_a_group_of_others_is_refused_with_its_cells() -> None:
    titles = "1990,UN development groups,..,..,..,..,..,..\n"
    (problem,) = flat(titles + "1990,More developed regions,82767210,1,..,,,\n")
    assert isinstance(problem, Problem)
    assert (problem.place, problem.rule, problem.found, problem.rows) == ("line 3", "R01", "More developed regions", 3)


def test_dots_a_hyphen_and_a_ragged_line() -> None:
    dots, hyphen, ragged = flat("1990,Kenya,..,,,-,,\n1990,Kenya\n")
    assert isinstance(dots, ObservationRow) and (dots.value, dots.value_text, dots.status) == (None, "..", "O")
    assert isinstance(hyphen, Problem) and (hyphen.place, hyphen.rule) == ("line 2, Côte d'Ivoire", "R02")
    assert isinstance(ragged, Problem) and (ragged.place, ragged.rule) == ("line 3", "R03")


def test_estimates_of_refugees_have_their_measure_and_years_in_the_heading() -> None:
    heading = "Destination,1990_est_(mf),1990_pct_(mf),1990-1995_annual_rc_(mf)\n"
    rows = flat("Kenya,14249,8.5,-3.4\n", heading)
    assert [(r.series, r.period, r.value) for r in rows if isinstance(r, ObservationRow)] == [
        ("IMS_REFUGEES", "1990", "14249"),
        ("IMS_REFUGEES_SHARE", "1990", "8.5"),
        ("IMS_REFUGEES_CHANGE", "1990-1995", "-3.4"),
    ]
    with pytest.raises(FileProblem, match="'1990' is none of the estimates"):
        flat("", "Destination,1990_est_(mf),1990\n")


def test_names_are_unique_where_they_are_looked_up() -> None:
    """A name that two of our areas bore would be read as one of them by chance."""
    names = [row["name_en"] for row in read_rows(DATA / "areas.csv")]
    assert len(names) == len(set(names))
