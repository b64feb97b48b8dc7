"""The same release in another form changes nothing beyond what that form truly lacks; countries' repositories whole."""

from pathlib import Path

import pytest

from sdg_targets.actions.imports import Options, import_file
from sdg_targets.formats import open_sdg
from sdg_targets.formats.given import folder_of
from sdg_targets.models import CodeMapping, Dataset, Import, ImportState, Observation
from sdg_targets.queries.code_maps import code_maps
from tests.sources import national

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
RELEASE = "data/un-sdg-2019/2019.Q3.G.01"
BOTH = (
    "10.7.2_Series_SG_CPA_MIGR",
    "10.c.1_Series_SI_RMT_COST",
    "16.9.1_Series_SG_REG_BRTH",
    "4.b.1_Series_DC_TOF_SCHIPSL",
    "8.7.1_Series_SL_TLF_CHLDEA",
)


def taken(path: Path, dataset: str, **options: object) -> Import:
    given = Options(**options)  # type: ignore[arg-type]
    return import_file(path, dataset=Dataset.objects.get(code=dataset), by=None, options=given)


@pytest.mark.parametrize("name", BOTH)
def test_the_wide_form_after_the_long_form_of_a_release_changes_nothing(
    name: str, shipped_catalogue: None, shared: Path
) -> None:
    taken(shared / RELEASE / f"long-json/Indicator_{name}.json.gz", "UNSD-SDG")
    wide = taken(shared / RELEASE / f"wide-tsv/csv_Indicator_{name}.csv.gz", "UNSD-SDG")
    assert (wide.state, wide.new, wide.revised, wide.refused) == (ImportState.UNCHANGED, 0, 0, 0)
    assert wide.unchanged == wide.read > 0


@pytest.mark.parametrize("name", BOTH)
def test_the_long_form_after_the_wide_form_adds_regions_and_revises_nothing(
    name: str, shipped_catalogue: None, shared: Path
) -> None:
    wide = taken(shared / RELEASE / f"wide-tsv/csv_Indicator_{name}.csv.gz", "UNSD-SDG")
    long = taken(shared / RELEASE / f"long-json/Indicator_{name}.json.gz", "UNSD-SDG")
    assert (long.revised, long.unchanged, long.refused) == (0, wide.new, 0)
    assert long.new == long.read - wide.new


def test_the_workbook_holds_what_was_published_in_2019_q1(shipped_catalogue: None, shared: Path) -> None:
    """The release and three cells, read off the sheet by eye: rows 2, 4 and the first with two decimals of 6.50."""
    record = taken(shared / "data/un-sdg-2019/xlsx-2019.Q1.G.02/Data_10.c.1_SI_RMT_COST.xlsx", "UNSD-SDG")
    assert (record.vintage, record.new, record.series_codes) == ("2019.Q1.G.02", 302, ["SI_RMT_COST"])
    values = {(o.area.code, o.period.code): str(o.value) for o in Observation.objects.current().with_names()}
    assert (values["001", "2017"], values["AFG", "2017"]) == ("7.21", "9.88")


def test_an_older_form_is_refused_after_a_newer_release(shipped_catalogue: None, shared: Path) -> None:
    taken(shared / RELEASE / "wide-tsv/csv_Indicator_10.c.1_Series_SI_RMT_COST.csv.gz", "UNSD-SDG")
    record = taken(shared / "data/un-sdg-2019/xlsx-2019.Q1.G.02/Data_10.c.1_SI_RMT_COST.xlsx", "UNSD-SDG")
    assert record.state == ImportState.REFUSED and "2019.Q1.G.02" in record.problem


@pytest.mark.parametrize("source", national.SOURCES, ids=lambda source: source.path)
def test_placeholders_are_those_that_a_search_in_the_repository_finds(source: national.Source, shared: Path) -> None:
    assert source.refused["R04"] == national.placeholders(shared / source.path)


def test_a_country_reports_what_its_files_say(shipped_catalogue: None, shared: Path) -> None:
    record = taken(shared / "data/national/uk", "national:GBR", vintage="2023-05")
    assert record.new == 28 + 30 + 36 + 7 + 108
    refugees = Observation.objects.current().with_names().get(series__code="SM_POP_REFG_OR", period__code="1994")
    assert (str(refugees.value), refugees.area.code, refugees.unit.code) == (
        "0.18319384504628114",
        "GBR",
        "PER_100000_POP",
    )
    assert refugees.source is None  # the office names two, and nobody knows which gave a figure
    remittances = Observation.objects.current().with_names().get(series__code="BX_TRF_PWKR", period__code="2022")
    assert remittances.source.text.startswith("World Bank")
    births = Observation.objects.current().with_names().filter(series__code="SG_REG_BRTH")
    assert {o.breakdown.key for o in births} == {"AGE=Y0T4", "AGE=Y0T4;SEX=F", "AGE=Y0T4;SEX=M"}
    assert {o.status for o in births} == {"E"}


def test_the_archive_holds_the_same_figures_as_the_folder(shipped_catalogue: None, shared: Path) -> None:
    taken(shared / "data/national/canada", "national:CAN")
    whole = taken(shared / "data/national/canada-full.tar.gz", "national:CAN")
    assert (whole.new, whole.revised, whole.unchanged, whole.withdrawn) == (0, 0, 55, 0)
    assert whole.texts_new > 0  # the folder was a part of the repository: the archive says more of the indicators


def test_a_whole_file_that_is_refused_is_one_problem_for_all_its_rows(shipped_catalogue: None, shared: Path) -> None:
    record = taken(shared / "data/national/canada", "national:CAN", dry_run=True)
    refusal = record.refusals.get(place="data/indicator_10-7-4.csv")
    assert (refusal.rule, refusal.rows, refusal.found) == ("R04", 815, "reporting status notstarted")
    unmapped = record.refusals.get(place="data/indicator_16-2-2.csv")
    assert (unmapped.rule, unmapped.rows, unmapped.column) == ("R06", 10, "series")


def test_duplicates_that_disagree_name_both_lines_of_their_file(shipped_catalogue: None, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "config_data.yml").write_text("")
    (tmp_path / "data/indicator_10-7-4.csv").write_text("Year,Value\n2015,1\n2016,2\n2016,2.0\n2015,3\n20222,4\n")
    record = taken(tmp_path, "national:GBR")
    found = {(r.place, r.rule, r.expected.partition("(")[2]) for r in record.refusals.all()}
    places = "data/indicator_10-7-4.csv, line 2, data/indicator_10-7-4.csv, line 5)"
    assert found == {
        ("data/indicator_10-7-4.csv, line 2", "V18", places),
        ("data/indicator_10-7-4.csv, line 5", "V18", places),
        ("data/indicator_10-7-4.csv, line 6", "V03", ""),
    }
    assert (record.new, record.repeated, record.refused) == (1, 1, 3)


def test_mappings_are_of_the_country_and_one_may_be_added(shipped_catalogue: None, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "config_data.yml").write_text("")
    (tmp_path / "data/indicator_10-7-4.csv").write_text("Year,Value\n2015,1\n")
    assert taken(tmp_path, "national:USA").refusals.get().rule == "R06"
    CodeMapping.objects.create(provider="national:USA", concept="series", given="10-7-4", code="SM_POP_REFG_OR")
    assert taken(tmp_path, "national:USA").new == 1


def test_a_repository_is_not_taken_into_the_global_dataset(shipped_catalogue: None, shared: Path) -> None:
    record = taken(shared / "data/national/uk", "UNSD-SDG")
    assert record.state == ImportState.REFUSED and "import it into that country's dataset" in record.problem


@pytest.mark.parametrize(
    ("folder", "dataset", "place", "field", "language", "beginning"),
    [
        ("uk", "national:GBR", "meta/10-7-4.md", "method", "en", "Per 100,000 population = (number of UK refugees"),
        ("uk", "national:GBR", "meta/10-7-4.md", "contact", "en", "gbrlo@unhcr.org\n\npop.info@ons.gov.uk"),
        ("canada", "national:CAN", "meta/fr/10-7-4.yml", "definition", "fr", "Cet indicateur est défini comme"),
        ("usa", "national:USA", "meta/3-c-1.md", "unit", "en", "Number of health care workers (per 1000 population)"),
        ("usa", "national:USA", "meta/4-b-1.yml", "contact", "en", ""),
        ("armenia", "national:ARM", "meta/10-c-1.md", "unit", "en", "%"),
        ("armenia", "national:ARM", "meta/17-3-2.md", "source", "en", "Central Bank of RA"),
    ],
)
def test_what_offices_say_of_their_indicators_is_read(
    folder: str, dataset: str, place: str, field: str, language: str, beginning: str, shipped_catalogue: None,
    shared: Path,
) -> None:  # fmt: skip
    codes = code_maps(open_sdg.PROVIDER, dataset=Dataset.objects.get(code=dataset))
    with folder_of(shared / "data/national" / folder) as files:
        found = open_sdg.read(files, codes).metadata
    (text,) = [t for t in found if (t.place, t.field, t.language) == (place, field, language)]
    assert text.text.startswith(beginning)
    assert len({(t.indicator, t.field, t.language) for t in found}) == len(found)
    assert not [t for t in found if "<p>" in t.text or "<br" in t.text or "global_" in t.text]
