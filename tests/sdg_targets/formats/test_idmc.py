"""IDMC's files: two areas that are not of ISO, zeros and blanks, and disasters summed up event by event."""

import io
from pathlib import Path
from typing import Any

import pytest

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading
from sdg_targets.formats import idmc
from sdg_targets.formats.given import opened
from tests.factories.codes import shipped_codes
from tests.sources.unhcr import rows as rows_of

CODES = shipped_codes("idmc")
CONFLICT = (
    "iso3,country_name,year,new_displacement,new_displacement_rounded,total_displacement,total_displacement_rounded\n"
)
DISASTERS = (
    "iso3,country_name,year,start_date,start_date_accuracy,end_date,end_date_accuracy,event_name,hazard_category,"
    "hazard_category_name,hazard_sub_category,hazard_sub_category_name,hazard_type,hazard_type_name,hazard_sub_type,"
    "hazard_subtype_name,new_displacement,new_displacement_rounded,total_displacement,total_displacement_rounded,"
    "event_codes\n"
)


def event(area: str = "PHL", year: str = "2019", hazard: str = "14,Storm", new: str = "10", total: str = "") -> str:
    return (
        f"{area},,{year},2018-12-28,Day,,,An event,2,Weather related,4,Meteorological,{hazard},21,,{new},,{total},,[]\n"
    )


def disasters(*events: str) -> Reading:
    content = (DISASTERS + "".join(events)).encode()
    assert idmc.looks_like_disasters(content) and not idmc.looks_like_conflict(content)
    return idmc.read_disasters(io.BytesIO(content), CODES)


def said(reading: Reading) -> list[tuple[object, ...]]:
    return [
        (row.place, row.rule, row.found, row.rows)
        if isinstance(row, Problem)
        else (row.place, row.series.removeprefix("IDMC_"), row.area, row.period, row.breakdown, row.value)
        for row in reading.items
    ]


def test_raw_counts_are_read_abyei_and_kosovo_by_code_and_zero_is_not_blank() -> None:
    content = CONFLICT + "AFG,Afghanistan,2009,0,,297000,297000\nAB9,,2012,98,98,,\nXKX,,2012,,,18000,18000\n"
    assert idmc.looks_like_conflict(content.encode())
    assert said(idmc.read_conflict(io.BytesIO(content.encode()), CODES)) == [
        ("line 2, new_displacement", "CONFLICT_DISPLACEMENTS", "AFG", "2009", "_T", "0"),
        ("line 2, total_displacement", "CONFLICT_IDPS", "AFG", "2009", "_T", "297000"),
        ("line 3, new_displacement", "CONFLICT_DISPLACEMENTS", "AB9", "2012", "_T", "98"),
        ("line 4, total_displacement", "CONFLICT_IDPS", "412", "2012", "_T", "18000"),
    ]


def test_an_unknown_area_refuses_both_figures_and_an_odd_count_only_itself() -> None:
    content = CONFLICT + "QQQ,,2012,1,1,2,2\nAFG,,2012,-1,,2.5,\nAFG,,2012\n"
    assert said(idmc.read_conflict(io.BytesIO(content.encode()), CODES)) == [
        ("line 2", "R01", "QQQ", 2),
        ("line 3, new_displacement", "R02", "-1", 1),
        ("line 3, total_displacement", "R02", "2.5", 1),
        ("line 4", "R03", "3 cells", 1),
    ]


def test_events_are_summed_up_by_area_year_and_hazard_and_the_others_declared() -> None:
    reading = disasters(
        event(new="10", total="4"),
        event(new="30", total="0"),
        event(new="7", hazard="10,Flood"),
        event(new="7", hazard="10,Flood"),  # alike in every cell: two events
        event(new="5", year="2020"),
    )
    storm, flood = "HAZARD=STORM", "HAZARD=FLOOD"
    assert said(reading) == [
        ("line 2 and 1 more", "DISASTER_DISPLACEMENTS", "PHL", "2019", storm, "40"),
        ("line 2 and 1 more", "DISASTER_IDPS", "PHL", "2019", storm, "4"),
        ("line 4 and 1 more", "DISASTER_DISPLACEMENTS", "PHL", "2019", flood, "14"),
        ("line 6", "DISASTER_DISPLACEMENTS", "PHL", "2020", storm, "5"),
    ]
    assert reading.gathered == 3


def test_mass_movements_are_told_apart_by_their_code_and_a_code_that_belies_its_name_is_refused() -> None:
    reading = disasters(
        event(hazard="2,Mass Movement"),
        event(hazard="11,Mass Movement"),
        event(hazard="14,Flood", total="3"),
        event(new=""),
        event(new="some"),
    )
    assert said(reading) == [
        ("line 4", "R01", "14 Flood", 2),
        ("line 5", "R03", "", 1),
        ("line 6, new_displacement", "R02", "some", 1),
        ("line 2", "DISASTER_DISPLACEMENTS", "PHL", "2019", "HAZARD=MASS_MOVEMENT_GEO", "10"),
        ("line 3", "DISASTER_DISPLACEMENTS", "PHL", "2019", "HAZARD=MASS_MOVEMENT_HYDRO", "10"),
    ]


def test_the_real_disasters_sum_up_to_what_is_printed(shared: Path) -> None:
    path = shared / "data/idmc/Internal displacements (new displacements) associated with disasters.csv.gz"
    text = list(rows_of(path))
    with opened(path) as stream:
        reading = idmc.read_disasters(stream, CODES)
    sums = {"IDMC_DISASTER_DISPLACEMENTS": 0, "IDMC_DISASTER_IDPS": 0}
    for row in reading.items:
        assert isinstance(row, ObservationRow), row
        sums[row.series] += int(row.value or 0)
    printed = {series: sum(int(row[name] or 0) for row in text) for name, series in idmc.DISASTER_SERIES.items()}
    assert sums == printed
    assert sum(int(row["new_displacement"]) for row in text if row["year"] == "2024") == 45_762_169


@pytest.mark.parametrize(
    ("read", "heading"),
    [
        (idmc.read_conflict, "iso3,country_name,year,new_displacement,new_displacement_rounded"),
        (idmc.read_disasters, "iso3,country_name,year,start_date,new_displacement,total_displacement"),
    ],
)
def test_a_heading_that_lacks_a_column_refuses_the_file(read: Any, heading: str) -> None:
    with pytest.raises(FileProblem, match="The heading lacks: "):
        read(io.BytesIO(heading.encode()), CODES)
