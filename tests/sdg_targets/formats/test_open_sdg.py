"""Open SDG repositories: every oddity that was met in a real file has its reading, or its refusal with a place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem
from sdg_targets.formats import open_sdg
from sdg_targets.formats.given import folder_of
from sdg_targets.formats.mapping import CodeMaps
from tests.factories.repositories import MAPS, items, make_repository, problem, reading, row


@pytest.mark.parametrize("name", ["indicator_10_7_4.csv", "10-7-4.csv", "indicator_10-7-4.CSV"])
def test_a_file_is_known_under_each_spelling_of_its_name(name: str, tmp_path: Path) -> None:
    content = {f"data__{name}": "Year,Value\n2015,1\n", "data__indicator_1-1-1.csv": "Year,Value\n"}
    _reading, (item,) = reading(make_repository(tmp_path, **content))
    assert isinstance(item, ObservationRow) and item.place == f"data/{name}, line 2"


def test_a_sub_indicator_is_an_indicator_of_its_own(tmp_path: Path) -> None:
    known, other = items(
        tmp_path,
        "Year,Value\n2015,1\n",
        "indicator_10-7-2-a.csv",
        **{"data__indicator_10-7-4-b.csv": "Year,Value\n2015,1\n2016,1\n"},
    )
    assert isinstance(known, ObservationRow) and known.series == "S_A"
    assert isinstance(other, Problem)
    assert (other.place, other.rule, other.found, other.rows) == ("data/indicator_10-7-4-b.csv", "R06", "10-7-4-b", 2)


@pytest.mark.parametrize("status", ["notstarted", "notapplicable", "notavailable"])
def test_a_file_that_the_office_does_not_report_is_a_placeholder(status: str, tmp_path: Path) -> None:
    others = {
        "indicator-config__10-7-4.yml": f"reporting_status: {status}\n",
        "meta__10-7-4.yml": "reporting_status: complete\n",
    }
    found = problem(tmp_path, "Year,Value\n2015,0\n", **others)
    assert (found.place, found.rule, found.rows) == ("data/indicator_10-7-4.csv", "R04", 1)
    assert found.found == f"reporting status {status}"


def test_the_state_may_stand_in_the_front_matter_of_markdown(tmp_path: Path) -> None:
    page = "---\nreporting_status: notstarted\n---\nText that is no YAML: at: all\n"
    assert problem(tmp_path, "Year,Value\n2015,0\n", **{"meta__10-7-4.md": page}).rule == "R04"


@pytest.mark.parametrize("status", ["complete", "inprogress", "'  '"])
def test_a_zero_that_the_office_reports_is_a_figure(status: str, tmp_path: Path) -> None:
    (item,) = items(tmp_path, "Year,Value\n2015,0\n", **{"meta__10-7-4.yml": f"reporting_status: {status}"})
    assert isinstance(item, ObservationRow) and item.value == "0"


def test_the_example_of_the_template_is_a_placeholder_whatever_its_state(tmp_path: Path) -> None:
    example = "Year,Group,Value\n2015,A,1\n2016,A,3\n2015,B,1\n2016,B,3\n2015,,2\n"
    found = problem(tmp_path, example)
    assert (found.rule, found.rows) == ("R04", 5) and "template" in found.found


def test_a_demonstration_file_is_a_placeholder(tmp_path: Path) -> None:
    demo = {"data__demo_indicator.csv": "Year,Fruit,Value\n2015,Apple,1\n2016,Apple,2\n"}
    found, figure = items(tmp_path, "Year,Value\n2015,1\n", **demo)
    assert isinstance(figure, ObservationRow) and isinstance(found, Problem)
    assert (found.place, found.rule, found.rows) == ("data/demo_indicator.csv", "R04", 2)


def test_a_sentence_in_the_place_of_figures_is_a_placeholder(tmp_path: Path) -> None:
    found = problem(tmp_path, "Year,Value\nThere is no data for this indicator yet,\n")
    assert (found.rule, found.found) == ("R04", "There is no data for this indicator yet")


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
    metadata: str, source: str | None, tmp_path: Path
) -> None:
    (item,) = items(tmp_path, "Year,Value\n2015,1\n", **{"meta__10-7-4.yml": metadata})
    assert isinstance(item, ObservationRow) and item.source == source


def test_a_blank_line_before_the_heading_is_not_the_heading(tmp_path: Path) -> None:
    found = row(tmp_path, "\n,,\nYear,Sex,Value\n2015,Male,1\n")
    assert (found.place[-6:], found.breakdown, found.value) == ("line 4", "SEX=M", "1")


def test_a_file_without_a_column_of_values_is_refused_whole(tmp_path: Path) -> None:
    found = problem(tmp_path, "Year,Units\n2015,%\n2016,%\n")
    assert (found.place, found.rule, found.found, found.rows) == ("data/indicator_10-7-4.csv", "R03", "Year, Units", 2)


@pytest.mark.parametrize("content", ["", "Year,Value\n", "Year,Value\n\n,\n"])
def test_a_file_with_a_heading_only_says_nothing(content: str, tmp_path: Path) -> None:
    assert items(tmp_path, content) == []


def test_a_file_in_cp1252_is_read_and_one_in_no_encoding_is_a_problem(tmp_path: Path) -> None:
    folder = make_repository(tmp_path)
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
    content: str, said: str, tmp_path: Path
) -> None:
    figure, broken = items(tmp_path, "Year,Value\n2015,1\n", **{"data__indicator_16-9-1.csv": content})
    assert isinstance(figure, ObservationRow)
    assert isinstance(broken, Problem) and broken.rule == "R03" and said in broken.found


def test_a_file_that_is_too_large_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_sdg, "MAX_BYTES", 10)
    assert "more than 0 MiB" in problem(tmp_path, "Year,Value\n2015,1\n").found


def test_other_files_of_the_folder_are_no_data(tmp_path: Path) -> None:
    others = {
        "data__README.md": "text",
        "geocodes.csv": "GeoCode,Geography\n10,X\n",
        "data__sub__a.csv": "Year,Value\n1,1\n",
    }
    assert len(items(tmp_path, "Year,Value\n2015,1\n", **others)) == 1


def test_a_repository_is_taken_into_the_dataset_of_its_country_only(tmp_path: Path) -> None:
    folder = make_repository(tmp_path, **{"data__indicator_10-7-4.csv": "Year,Value\n2015,1\n"})
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
