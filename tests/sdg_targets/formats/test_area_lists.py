"""A code means what the file's own list says, or the file is refused."""

import io
import json
from pathlib import Path

import pytest

from sdg_targets.domain.rows import FileProblem, ObservationRow
from sdg_targets.formats import ddf, unsd
from sdg_targets.formats.area_lists import listed_area
from sdg_targets.formats.given import folder_of
from sdg_targets.formats.mapping import CodeMaps, UnmappedCode

CODES = CodeMaps(
    {"area": {"004": "AFG", "792": "TUR"}, "nature": {"c": "C"}, "unit": {"pt": "PT"}},
    area_names={"AFG": frozenset({"afghanistan"}), "TUR": frozenset({"turkiye", "turquie", "turkey"})},
)


def test_a_code_with_the_name_of_the_same_place_is_ours() -> None:
    assert {listed_area(CODES, *said) for said in (("4", "AFGHANISTAN"), ("004", None), ("4.0", "Afghanistan"))} == {
        "AFG"
    }
    assert listed_area(CODES, "792", "Turquie") == listed_area(CODES, "792", "Turkey") == "TUR"


def test_a_code_with_the_name_of_another_place_says_that_the_list_is_another() -> None:
    with pytest.raises(FileProblem, match=r"calls 4 “Northern Province”; here that code is AFG, afghanistan"):
        listed_area(CODES, "4", "Northern Province")


def test_a_code_that_is_not_known_is_of_its_row() -> None:
    with pytest.raises(UnmappedCode):
        listed_area(CODES, "97", "European Union")


def test_a_long_file_of_another_list_is_refused_whole() -> None:
    cell = {"timePeriod": "2015", "value_detail": "1"}
    document = {
        "seriesCode": "S",
        "refAreas": [
            {"geoAreaCode": "792", "geoAreaName": "Turkey", "data": [cell]},
            {"geoAreaCode": "004", "geoAreaName": "Northern Province", "data": [cell]},
        ],
    }
    items = unsd.read(io.BytesIO(json.dumps(document).encode()), CODES).items
    assert isinstance(next(items), ObservationRow)
    with pytest.raises(FileProblem, match="own list of areas"):
        next(items)


def test_the_list_of_a_folder_says_what_its_codes_mean(tmp_path: Path) -> None:
    figures = tmp_path / "ddf--datapoints--s--by--geo_area--nature--units--year.csv"
    figures.write_text("geo_area,nature,units,year,s\n4,c,pt,2015,1\n792,c,pt,2015,2\n")
    names = tmp_path / "ddf--entities--geo_area.csv"
    names.write_text("geo_area,name\n4,Afghanistan\n792,Turkey\n")
    with folder_of(tmp_path) as folder:
        assert ddf.is_snapshot(folder)
        rows = [item for item in ddf.read_folder(folder, CODES).items if isinstance(item, ObservationRow)]
    assert [(row.place, row.area) for row in rows] == [
        (f"{figures.name}, line 2", "AFG"),
        (f"{figures.name}, line 3", "TUR"),
    ]
    names.write_text("geo_area,name\n4,Northern Province\n")
    with folder_of(tmp_path) as folder, pytest.raises(FileProblem, match="Northern Province"):
        list(ddf.read_folder(folder, CODES).items)
