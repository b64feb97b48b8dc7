"""Open SDG repositories: every oddity that was met in the real ones has its reading, or its refusal with a place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading
from sdg_targets.formats import open_sdg
from sdg_targets.formats.given import folder_of
from sdg_targets.formats.mapping import CodeMaps
from sdg_targets.formats.open_sdg_rows import period_of

MAPS = {
    "column": {
        "Year": "period", "Value": "value", "Series": "series", "Units": "unit", "Unit multiplier": "multiplier",
        "Observation status": "status", "GeoCode": "area", "Country": "area", "Sex": "SEX", "Gender": "SEX",
        "Remark": "ignored", "Minor group": "wider:OCCUPATION", "Unit group": "OCCUPATION",
        "5-3-1|Age": "series",
    },
    "series": {
        "10-7-4": "SM_POP_REFG_OR", "16-9-1": "SG_REG_BRTH AGE=Y0T4", "10-7-2-a": "S_A",
        "3-c-1|Density": "SH_MED_DEN", "3-c-1|Distribution": "SH_MED_HWRKDIS",
        "8-7-1||number": "SL_TLF_CHLDEAN", "8-7-1||%": "SL_TLF_CHLDEA",
        "5-3-1|before age 15": "SP_DYN_MRBF15", "5-3-1|before age 18": "SP_DYN_MRBF18",
    },
    "unit": {"%": "PT", "number": "NUMBER", "per 100,000": "PER_100000_POP"},
    "multiplier": {"Units": "0", "Thousands": "3"},
    "status": {"Normal value": "A", "Estimated value": "E", "Missing value; suppressed": "Q"},
    "SEX": {"Female": "F", "Male": "M"},
    "OCCUPATION": {"2211 Medical practitioners": "PHYS"},
    "geo": {"UK": "GBR"},
    "area": {"100": "BGR"},
}  # fmt: skip
CODES = CodeMaps(MAPS, {"indicator": frozenset(("10.7.4",))}, "GBR")
Make = Callable[..., Path]


@pytest.fixture
def repository(tmp_path: Path) -> Make:
    """A function that writes a repository with these files and gives its folder."""

    def make(**files: str) -> Path:
        (tmp_path / "meta").mkdir()
        (tmp_path / "config_data.yml").write_text("languages: [en]")
        for name, content in files.items():
            path = tmp_path / name.replace("__", "/")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content.encode())
        return tmp_path

    return make


def reading(folder: Path, codes: CodeMaps = CODES) -> tuple[Reading, list[ObservationRow | Problem]]:
    with folder_of(folder) as files:
        assert open_sdg.looks_like(files)
        found = open_sdg.read(files, codes)
        return found, list(found.items)


def items(
    make: Make, content: str, name: str = "indicator_10-7-4.csv", **others: str
) -> list[ObservationRow | Problem]:
    return reading(make(**{f"data__{name}": content}, **others))[1]


def row(make: Make, content: str, name: str = "indicator_10-7-4.csv") -> ObservationRow:
    (item,) = items(make, content, name)
    assert isinstance(item, ObservationRow), item
    return item


def problem(make: Make, content: str, name: str = "indicator_10-7-4.csv", **others: str) -> Problem:
    (item,) = items(make, content, name, **others)
    assert isinstance(item, Problem), item
    return item


def test_a_row_is_a_figure_of_the_country_at_its_file_and_line(repository: Make) -> None:
    found = row(
        repository,
        "Year,Sex,Units,Unit multiplier,Observation status,Remark,Value\n"
        '2015,Female,"per 100,000",Thousands,Estimated value,a remark,0.18319384504628114\n',
    )
    assert found == ObservationRow(
        place="data/indicator_10-7-4.csv, line 2", series="SM_POP_REFG_OR", area="GBR", period="2015",
        breakdown="SEX=F", value="0.18319384504628114", status="E", unit="PER_100000_POP", multiplier="3",
    )  # fmt: skip


def test_a_blank_cell_of_a_breakdown_is_the_total(repository: Make) -> None:
    assert row(repository, "Year,Sex,Value\n2015,,1\n").breakdown == "_T"


def test_a_mark_of_utf8_and_line_ends_of_windows_are_no_part_of_anything(repository: Make) -> None:
    found = row(repository, "\N{ZERO WIDTH NO-BREAK SPACE}Year,Sex,Value\r\n2015,Male,1\r\n")
    assert (found.period, found.breakdown, found.value) == ("2015", "SEX=M", "1")


@pytest.mark.parametrize(
    ("printed", "value"), [(" 98.49", "98.49"), ("115000\t", "115000"), ("24,644", "24644"), ("-1", "-1"), ("0", "0")]
)
def test_blanks_around_a_value_and_commas_in_it_are_not_the_value(printed: str, value: str, repository: Make) -> None:
    assert row(repository, f'Year,Value\n2015,"{printed}"\n').value == value


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


def test_a_value_that_is_no_number_refuses_its_row(repository: Make) -> None:
    found = problem(repository, "Year,Value\n2015,about 3\n")
    assert (found.place, found.rule, found.found) == ("data/indicator_10-7-4.csv, line 2", "R02", "about 3")


def test_no_value_with_a_reason_is_an_observation_and_without_one_a_refusal(repository: Make) -> None:
    suppressed, blank, normal = items(
        repository,
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
    content: str, column: str, found: str, repository: Make
) -> None:
    """Among them a national area code that is another country's M49 code: a code means what its own list says."""
    item = problem(repository, content)
    assert (item.place, item.rule) == ("data/indicator_10-7-4.csv, line 2", "R01")
    assert (item.column, item.found) == (column, found)


def test_an_area_is_taken_where_its_code_is_known_and_columns_of_areas_agree(repository: Make) -> None:
    known, strange = items(repository, "Year,Country,GeoCode,Value\n2015,UK,UK,1\n2015,UK,W92000004,1\n")
    assert isinstance(known, ObservationRow) and known.area == "GBR"
    assert isinstance(strange, Problem) and strange.found == "W92000004"


def test_a_wider_level_says_nothing_more_beside_a_narrower_one_and_refuses_alone(repository: Make) -> None:
    narrow, wide = items(
        repository,
        "Year,Minor group,Unit group,Value\n2015,221 Health,2211 Medical practitioners,1\n2015,221 Health,,5\n",
    )
    assert isinstance(narrow, ObservationRow) and narrow.breakdown == "OCCUPATION=PHYS"
    assert isinstance(wide, Problem) and (wide.column, wide.found) == ("OCCUPATION", "221 Health")


def test_several_series_in_one_file_are_told_apart_by_their_names(repository: Make) -> None:
    found = items(
        repository, "Year,Series,Value\n2015,Density,1\n2015,Distribution,2\n2015,,3\n", "indicator_3-c-1.csv"
    )
    assert [item.series if isinstance(item, ObservationRow) else item.rule for item in found] == [
        "SH_MED_DEN",
        "SH_MED_HWRKDIS",
        "R01",
    ]


def test_two_units_in_one_file_are_two_series(repository: Make) -> None:
    found = items(repository, "Year,Units,Value\n2015,number,39300\n2015,%,8.7\n", "indicator_8-7-1.csv")
    assert [(i.series, i.unit) for i in found if isinstance(i, ObservationRow)] == [
        ("SL_TLF_CHLDEAN", "NUMBER"),
        ("SL_TLF_CHLDEA", "PT"),
    ]


def test_a_column_may_mean_something_else_in_one_file(repository: Make) -> None:
    found = items(repository, "Year,Age,Value\n2015,before age 15,1\n2015,before age 18,5\n", "indicator_5-3-1.csv")
    assert [i.series for i in found if isinstance(i, ObservationRow)] == ["SP_DYN_MRBF15", "SP_DYN_MRBF18"]


def test_a_breakdown_that_the_definition_implies_is_part_of_the_key(repository: Make) -> None:
    assert row(repository, "Year,Value\n2015,100\n", "indicator_16-9-1.csv").breakdown == "AGE=Y0T4"


@pytest.mark.parametrize("name", ["indicator_10_7_4.csv", "10-7-4.csv", "indicator_10-7-4.CSV"])
def test_a_file_is_known_under_each_spelling_of_its_name(name: str, repository: Make) -> None:
    content = {f"data__{name}": "Year,Value\n2015,1\n", "data__indicator_1-1-1.csv": "Year,Value\n"}
    _reading, (item,) = reading(repository(**content))
    assert isinstance(item, ObservationRow) and item.place == f"data/{name}, line 2"


def test_a_sub_indicator_is_an_indicator_of_its_own(repository: Make) -> None:
    known, other = items(
        repository,
        "Year,Value\n2015,1\n",
        "indicator_10-7-2-a.csv",
        **{"data__indicator_10-7-4-b.csv": "Year,Value\n2015,1\n2016,1\n"},
    )
    assert isinstance(known, ObservationRow) and known.series == "S_A"
    assert isinstance(other, Problem)
    assert (other.place, other.rule, other.found, other.rows) == ("data/indicator_10-7-4-b.csv", "R06", "10-7-4-b", 2)


@pytest.mark.parametrize("status", ["notstarted", "notapplicable", "notavailable"])
def test_a_file_that_the_office_does_not_report_is_a_placeholder(status: str, repository: Make) -> None:
    others = {
        "indicator-config__10-7-4.yml": f"reporting_status: {status}\n",
        "meta__10-7-4.yml": "reporting_status: complete\n",
    }
    found = problem(repository, "Year,Value\n2015,0\n", **others)
    assert (found.place, found.rule, found.rows) == ("data/indicator_10-7-4.csv", "R04", 1)
    assert found.found == f"reporting status {status}"


def test_the_state_may_stand_in_the_front_matter_of_markdown(repository: Make) -> None:
    page = "---\nreporting_status: notstarted\n---\nText that is no YAML: at: all\n"
    assert problem(repository, "Year,Value\n2015,0\n", **{"meta__10-7-4.md": page}).rule == "R04"


@pytest.mark.parametrize("status", ["complete", "inprogress", "'  '"])
def test_a_zero_that_the_office_reports_is_a_figure(status: str, repository: Make) -> None:
    (item,) = items(repository, "Year,Value\n2015,0\n", **{"meta__10-7-4.yml": f"reporting_status: {status}"})
    assert isinstance(item, ObservationRow) and item.value == "0"


def test_the_example_of_the_template_is_a_placeholder_whatever_its_state(repository: Make) -> None:
    example = "Year,Group,Value\n2015,A,1\n2016,A,3\n2015,B,1\n2016,B,3\n2015,,2\n"
    found = problem(repository, example)
    assert (found.rule, found.rows) == ("R04", 5) and "template" in found.found


def test_a_demonstration_file_is_a_placeholder(repository: Make) -> None:
    demo = {"data__demo_indicator.csv": "Year,Fruit,Value\n2015,Apple,1\n2016,Apple,2\n"}
    found, figure = items(repository, "Year,Value\n2015,1\n", **demo)
    assert isinstance(figure, ObservationRow) and isinstance(found, Problem)
    assert (found.place, found.rule, found.rows) == ("data/demo_indicator.csv", "R04", 2)


def test_a_sentence_in_the_place_of_figures_is_a_placeholder(repository: Make) -> None:
    found = problem(repository, "Year,Value\nThere is no data for this indicator yet,\n")
    assert (found.rule, found.found) == ("R04", "There is no data for this indicator yet")


def test_a_sentence_among_figures_refuses_its_row(repository: Make) -> None:
    _figure, found = items(repository, "Year,Value\n2015,1\nNo data before 2015,\n")
    assert isinstance(found, Problem) and (found.place[-6:], found.rule) == ("line 3", "R05")


def test_blank_headings_at_the_end_are_no_columns(repository: Make) -> None:
    full, short, filled = items(repository, "Year,Value,,\n2015,1,,\n2016,2\n2017,3,x,\n")
    assert isinstance(full, ObservationRow) and isinstance(short, ObservationRow)
    assert isinstance(filled, Problem) and (filled.place[-6:], filled.rule) == ("line 4", "R03")


ONE = "source_organisation_1: UNHCR\nsource_url_text_1: Data Finder\nsource_active_1: true\n"


@pytest.mark.parametrize(
    ("metadata", "source"),
    [
        (ONE, "UNHCR: Data Finder"),
        (ONE + "source_organisation_2: ''\nsource_active_2: true\n", "UNHCR: Data Finder"),
        (ONE + "source_organisation_2: Home Office\nsource_active_2: false\n", "UNHCR: Data Finder"),
        (ONE + "source_organisation_2: Home Office\nsource_active_2: 'true'\n", None),
        ("source_organisation_1: <b>UNHCR</b>\nsource_url_text_1: https://x.org\n", "UNHCR"),
        ("source_organisation_1: sources.UNHCR\n", None),
        ("UNIT_MEASURE: x\n", None),
    ],
)
def test_the_one_source_of_an_indicator_is_that_of_its_figures_and_of_several_none_is(
    metadata: str, source: str | None, repository: Make
) -> None:
    (item,) = items(repository, "Year,Value\n2015,1\n", **{"meta__10-7-4.yml": metadata})
    assert isinstance(item, ObservationRow) and item.source == source


def test_a_ragged_row_is_a_problem_at_its_line_and_a_blank_one_is_nothing(repository: Make) -> None:
    figure, short, long = items(repository, "Year,Sex,Value\n\n2015,,1\n,,\n2016,\n2017,Male,1,9\n")
    assert isinstance(figure, ObservationRow) and figure.place.endswith("line 3")
    assert isinstance(short, Problem) and (short.place[-6:], short.rule, short.found) == ("line 5", "R03", "2 cells")
    assert isinstance(long, Problem) and (long.place[-6:], long.rule, long.found) == ("line 6", "R03", "4 cells")


def test_a_blank_line_before_the_heading_is_not_the_heading(repository: Make) -> None:
    found = row(repository, "\n,,\nYear,Sex,Value\n2015,Male,1\n")
    assert (found.place[-6:], found.breakdown, found.value) == ("line 4", "SEX=M", "1")


@pytest.mark.parametrize("heading", ["Value,Year,Units", "Series,Year,Units,Value", "Year,Value,Units"])
def test_columns_are_known_by_their_names_in_any_order(heading: str, repository: Make) -> None:
    cells = {"Year": "2015", "Value": "4", "Units": "%", "Series": "Density"}
    line = ",".join(cells[name] for name in heading.split(","))
    (item,) = items(
        repository,
        f"{heading}\n{line}\n",
        "indicator_3-c-1.csv" if "Series" in heading else "10-7-4.csv",
        **{"data__indicator_1-1-1.csv": "Year\n"},
    )
    assert isinstance(item, ObservationRow) and (item.value, item.period, item.unit) == ("4", "2015", "PT")


def test_a_file_without_a_column_of_values_is_refused_whole(repository: Make) -> None:
    found = problem(repository, "Year,Units\n2015,%\n2016,%\n")
    assert (found.place, found.rule, found.found, found.rows) == ("data/indicator_10-7-4.csv", "R03", "Year, Units", 2)


@pytest.mark.parametrize("content", ["", "Year,Value\n", "Year,Value\n\n,\n"])
def test_a_file_with_a_heading_only_says_nothing(content: str, repository: Make) -> None:
    assert items(repository, content) == []


def test_a_file_in_cp1252_is_read_and_one_in_no_encoding_is_a_problem(repository: Make) -> None:
    folder = repository()
    (folder / "data").mkdir()
    (folder / "data/indicator_10-7-4.csv").write_bytes(b"Year,Remark,Value\n2015,caf\xe9,1\n")
    (folder / "data/indicator_16-9-1.csv").write_bytes(b"Year,Value\n2015,1\x81\n")
    figure, broken = reading(folder)[1]
    assert isinstance(figure, ObservationRow) and figure.value == "1"
    assert isinstance(broken, Problem) and (broken.place, broken.rule) == ("data/indicator_16-9-1.csv", "R03")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Year,Value\n2015,1\0\n", "NUL"),
        ('Year,Value\n2015,"1\n', "no CSV"),
        ("Year,Value\n" + "1" * 200_000, "no CSV"),
    ],
)
def test_a_file_that_is_no_text_or_no_csv_is_a_problem_and_the_others_are_read(
    content: str, said: str, repository: Make
) -> None:
    figure, broken = items(repository, "Year,Value\n2015,1\n", **{"data__indicator_16-9-1.csv": content})
    assert isinstance(figure, ObservationRow)
    assert isinstance(broken, Problem) and broken.rule == "R03" and said in broken.found


def test_a_file_that_is_too_large_is_a_problem(repository: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_sdg, "MAX_BYTES", 10)
    assert "more than 0 MiB" in problem(repository, "Year,Value\n2015,1\n").found


def test_other_files_of_the_folder_are_no_data(repository: Make) -> None:
    others = {
        "data__README.md": "text",
        "geocodes.csv": "GeoCode,Geography\n10,X\n",
        "data__sub__a.csv": "Year,Value\n1,1\n",
    }
    assert len(items(repository, "Year,Value\n2015,1\n", **others)) == 1


def test_a_repository_is_taken_into_the_dataset_of_its_country_only(repository: Make) -> None:
    folder = repository(**{"data__indicator_10-7-4.csv": "Year,Value\n2015,1\n"})
    with folder_of(folder) as files, pytest.raises(FileProblem, match="import it into that country's dataset"):
        open_sdg.read(files, CodeMaps(MAPS))


@given(
    st.dictionaries(
        st.tuples(st.integers(1990, 2024), st.sampled_from(["", "Female", "Male"])),
        st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-1000, max_value=1000),
        max_size=6,
    )
)
def test_what_an_office_writes_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, figures: dict[tuple[int, str], object]
) -> None:
    folder = tmp_path_factory.mktemp("repository")
    (folder / "data").mkdir()
    (folder / "config_data.yml").write_text("")
    lines = [f"{year},{sex},{value}" for (year, sex), value in figures.items()]
    (folder / "data/indicator_10-7-4.csv").write_text("\n".join(["Year,Sex,Value", *lines]))
    _reading, found = reading(folder)
    codes = {"": "_T", "Female": "SEX=F", "Male": "SEX=M"}
    assert {(i.period, i.breakdown): i.value for i in found if isinstance(i, ObservationRow)} == {
        (str(year), codes[sex]): str(value) for (year, sex), value in figures.items()
    }


@given(
    st.binary(max_size=60) | st.text('Year,Value\n"\r2015;|\0é', max_size=60).map(str.encode),
    st.binary(max_size=60) | st.text("---\n: reporting_status[]{}*&!", max_size=60).map(str.encode),
)
def test_whatever_bytes_stand_in_a_repository_are_rows_or_problems_with_a_place(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, metadata: bytes
) -> None:
    folder = tmp_path_factory.mktemp("repository")
    for name, content in (
        ("data/indicator_10-7-4.csv", data),
        ("meta/10-7-4.md", metadata),
        ("meta/16-9-1.yml", metadata),
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    _reading, found = reading(folder)
    assert all(item.place.startswith("data/indicator_10-7-4.csv") for item in found)
