"""Incidents of the Missing Migrants Project: which count, once each, in both layouts, and which are refused."""

import io
from pathlib import Path
from typing import Any

import pytest

from sdg_targets.domain.rows import ObservationRow, Problem, Reading
from sdg_targets.formats import iom
from sdg_targets.formats.given import opened
from sdg_targets.formats.workbook import Workbook, open_workbook
from tests.factories.codes import shipped_codes
from tests.sources import iom as source
from tests.sources.unhcr import rows as rows_of

CODES = shipped_codes("iom")
WORLD_HEADING = [
    "Main ID", "Incident Type", "Region of Incident", "Website Date", "Incident year", "Number of Dead",
    "Minimum Estimated Number of Missing", "Total Number of Dead and Missing", "Migration route",
]  # fmt: skip
EUROPE_HEADING = (
    "Incident Type,Region of Incident,Incident date,Incident year,No. dead,No. missing,No. dead/missing,Route,"
    "Country of Incident\n"
)


def incident(kind: str = "Incident", **given: Any) -> list[Any]:
    cells = {
        "id": "2015.MMP1", "kind": kind, "region": "Mediterranean", "day": "2015-04-18", "year": 2015.0,
        "dead": 3.0, "missing": "", "total": 3.0, "route": "Central Mediterranean",
    } | given  # fmt: skip
    return list(cells.values())


def world(*incidents: list[Any]) -> Reading:
    workbook = Workbook({"About": [["A note"]], "Worksheet": [WORLD_HEADING, *incidents]})
    assert iom.looks_like_workbook(workbook)
    return iom.read_workbook(workbook, CODES)


def europe(*lines: str) -> Reading:
    content = (EUROPE_HEADING + "".join(f"{line}\n" for line in lines)).encode()
    assert iom.looks_like_europe(content)
    return iom.read_europe(io.BytesIO(content), CODES)


def said(reading: Reading) -> list[tuple[object, ...]]:
    return [
        (row.place, row.column, row.rule, row.found, row.rows)
        if isinstance(row, Problem)
        else (row.series, row.area, row.period, row.breakdown, row.value)
        for row in reading.items
    ]


MEDITERRANEAN = "INCIDENT_REGION=MEDITERRANEAN;MIGRATION_ROUTE=CENTRAL_MED"


@pytest.mark.parametrize("kind", ["Incident", "Split Incident", "Incident,Split Incident"])
def test_an_incident_counts_once_also_where_its_records_were_put_into_one_row(kind: str) -> None:
    assert said(world(incident(kind))) == [
        ("IOM_DEAD", "001", "2015", MEDITERRANEAN, "3"),
        ("IOM_DEAD_MISSING", "001", "2015", MEDITERRANEAN, "3"),
    ]


@pytest.mark.parametrize("kind", ["Cumulative Incident", "Cumulative Incident,Incident"])
def test_a_cumulative_record_is_refused_since_its_dead_may_be_listed_one_by_one(kind: str) -> None:
    assert said(world(incident(kind))) == [("Worksheet, row 2", "Incident Type", "R12", kind, 2)]


def test_incidents_of_a_place_and_year_become_one_observation_and_every_figure_is_accounted_for() -> None:
    reading = world(incident(), incident(dead=2.0, missing=5.0, total=7.0), incident(year=2016.0, day="2016-01-01"))
    assert said(reading) == [
        ("IOM_DEAD", "001", "2015", MEDITERRANEAN, "5"),
        ("IOM_DEAD_MISSING", "001", "2015", MEDITERRANEAN, "10"),
        ("IOM_MISSING", "001", "2015", MEDITERRANEAN, "5"),
        ("IOM_DEAD", "001", "2016", MEDITERRANEAN, "3"),
        ("IOM_DEAD_MISSING", "001", "2016", MEDITERRANEAN, "3"),
    ]
    assert reading.gathered == 2  # seven figures in five observations


def test_a_blank_number_of_missing_is_not_zero() -> None:
    assert [series for series, *_rest in said(world(incident(dead="", missing=4.0, total=4.0)))] == [
        "IOM_MISSING",
        "IOM_DEAD_MISSING",
    ]


def test_an_incident_without_a_day_has_a_year_and_one_without_a_route_is_said_to_have_none() -> None:
    rows = said(world(incident(day="", route="")))
    assert rows[0] == ("IOM_DEAD", "001", "2015", "INCIDENT_REGION=MEDITERRANEAN;MIGRATION_ROUTE=_U", "3")


def test_a_row_that_ends_early_ends_in_blanks() -> None:
    assert said(world(incident()[:5])) == [("Worksheet, row 2", "Total Number of Dead and Missing", "R03", "", 1)]


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"year": ""}, ("Incident year", "R03", "2015-04-18", 2)),
        ({"year": 2014.0}, ("Incident year", "R11", "2014 and 2015-04-18", 2)),
        ({"dead": "", "total": ""}, ("Total Number of Dead and Missing", "R03", "", 1)),
        ({"dead": 15.0, "missing": -2.0, "total": 13.0}, ("Minimum Estimated Number of Missing", "R02", "-2", 3)),
        ({"total": 4.0}, ("Total Number of Dead and Missing", "R11", "4", 2)),
        ({"kind": "Rumour"}, ("Incident Type", "R01", "Rumour", 2)),
        ({"region": "Atlantis"}, ("INCIDENT_REGION", "R01", "Atlantis", 2)),
        (
            {"route": "Central Mediterranean,US-Mexico border crossing"},
            ("MIGRATION_ROUTE", "R01", "Central Mediterranean,US-Mexico border crossing", 2),
        ),
    ],
)
def test_an_incident_that_cannot_be_counted_is_refused_with_its_place(
    given: dict[str, Any], refused: tuple[object, ...]
) -> None:
    assert said(world(incident(**given))) == [("Worksheet, row 2", *refused)]


def test_in_the_extract_for_europe_the_area_is_the_country_and_na_is_not_known() -> None:
    reading = europe(
        "Incident,Mediterranean,2024-03-01,2024,NA,40,40,Central Mediterranean,Libya",
        "Incident,Western Asia,2024-03-01,2024,1,0,1,Syria to Türkiye,Türkiye",
        "Incident,Mediterranean,2024-03-01,2024,1,0,1,Central Mediterranean,NA",
        "Incident,Mediterranean,2024-03-01,2024,12,0,12,Central Mediterranean,Libya - presumed departure on 12 April",
        "Incident,Mediterranean,2024-03-01",
    )
    turkiye = "INCIDENT_REGION=WESTERN_ASIA;MIGRATION_ROUTE=SYR_TUR"
    assert said(reading) == [
        ("line 4", "area_name", "R01", "NA", 3),
        ("line 5", "area_name", "R01", "Libya - presumed departure on 12 April", 3),
        ("line 6", "", "R03", "3 cells", 1),
        ("IOM_MISSING", "LBY", "2024", MEDITERRANEAN, "40"),
        ("IOM_DEAD_MISSING", "LBY", "2024", MEDITERRANEAN, "40"),
        ("IOM_DEAD", "TUR", "2024", turkiye, "1"),
        ("IOM_MISSING", "TUR", "2024", turkiye, "0"),
        ("IOM_DEAD_MISSING", "TUR", "2024", turkiye, "1"),
    ]


def totals(reading: Reading) -> int:
    rows = [row for row in reading.items if isinstance(row, ObservationRow)]
    return sum(int(row.value or 0) for row in rows if row.series == "IOM_DEAD_MISSING")


@pytest.mark.slow
def test_the_real_workbook_has_45_732_dead_and_missing_without_its_cumulative_records(shared: Path) -> None:
    """48,423 in all, of which 2,667 in cumulative records, 13 in one with a negative number and 11 with two routes."""
    with (shared / source.SOURCES[0].path).open("rb") as stream:
        assert totals(iom.read_workbook(open_workbook(stream), CODES)) == 48_423 - 2_667 - 13 - 11 == 45_732


def test_the_real_extract_sums_up_to_what_is_printed_less_what_is_refused(shared: Path) -> None:
    path = shared / source.SOURCES[1].path
    with opened(path) as stream:
        reading = iom.read_europe(stream, CODES)
    items = list(reading.items)
    refused = {int(row.place.removeprefix("line ")) for row in items if isinstance(row, Problem)}
    kept = [row for line, row in enumerate(rows_of(path), start=2) if line not in refused]
    printed = sum(int(row["No. dead/missing"]) for row in kept)
    rows = [row for row in items if isinstance(row, ObservationRow) and row.series == "IOM_DEAD_MISSING"]
    assert (len(refused), sum(int(row.value or 0) for row in rows), printed) == (12, 49_862, 49_862)
