"""Corridors of Remittance Prices Worldwide: who receives is the reference area, what was not surveyed is no figure."""

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading
from sdg_targets.formats import remittance_prices
from sdg_targets.formats.mapping import CodeMaps

CODES = CodeMaps(
    {"series": {"ATCR.CORR": "RPW_COST_CORRIDOR"}, "iso3": {"KSV": "412"}}, {"iso3": frozenset(("RUS", "KGZ", "AGO"))}
)
NAMES = (
    "Sending Countries Name,Sending Countries Code,Series Name,Series Code,"
    "Receiving Countries  Name,Receiving Countries  Code"
)
HEADING = f"\ufeff{NAMES},2011Q1 [YR2011Q1],2011Q3 [YR2011Q3],2012Q1 [YR2012Q1]\n"
FOOTER = (
    ",,,,,,,,\n,,,,,,,,\nData from database: Remittance Prices Worldwide (Corridors),,,,,,,,\n"
    "Last Updated: 12/07/2020,,,,,,,,\n"
)


def reading_of(lines: str, heading: str = HEADING) -> Reading:
    data = (heading + lines).encode()
    assert remittance_prices.looks_like(data)
    return remittance_prices.read(io.BytesIO(data), CODES)


def test_a_corridor_is_read_by_quarter_and_what_was_not_surveyed_is_no_figure() -> None:
    name = "Average Total Cost to remit in corridor,ATCR.CORR"
    reading = reading_of(f"Russian Federation,RUS,{name},Kyrgyz Republic,KGZ,1.24,..,-11.3599996566772\n" + FOOTER)
    assert reading.vintage == "2020-12-07"
    assert list(reading.items) == [
        ObservationRow(
            place=f"line 2, {quarter}",
            series="RPW_COST_CORRIDOR",
            area="KGZ",
            period=quarter,
            breakdown="COUNTERPART_AREA=RUS",
            value=value,
            status="A",
            source="World Bank, Remittance Prices Worldwide",
        )
        for quarter, value in (("2011Q1", "1.24"), ("2012Q1", "-11.3599996566772"))
    ]


def test_a_corridor_of_an_area_that_is_not_known_is_refused_with_its_figures() -> None:
    lines = (
        "X,RUS,N,ATCR.CORR,Y,ZZZ,1,..,2\nX,QQQ,N,ATCR.CORR,Y,KGZ,..,..,..\n"
        "X,RUS,N,SMART,Y,KGZ,1,,\nK,KSV,N,ATCR.CORR,Y,KGZ,1,,\n"
    )
    first, second, third = reading_of(lines).items
    assert isinstance(first, Problem) and (first.place, first.found, first.rows) == ("line 2", "ZZZ Y", 2)
    assert isinstance(second, Problem) and (second.place, second.column, second.found) == ("line 4", "series", "SMART")
    assert isinstance(third, ObservationRow) and third.breakdown == "COUNTERPART_AREA=412"


def test_a_cell_that_is_no_number_and_a_ragged_line_are_refused_where_they_stand() -> None:
    number, ragged = reading_of("X,RUS,N,ATCR.CORR,Y,KGZ,n/a,..,..\nX,RUS,N,ATCR.CORR\n").items
    assert isinstance(number, Problem) and (number.place, number.rule, number.found) == ("line 2, 2011Q1", "R02", "n/a")
    assert isinstance(ragged, Problem) and (ragged.place, ragged.rule) == ("line 3", "R03")


def test_a_heading_of_anything_else_is_refused() -> None:
    with pytest.raises(FileProblem, match="The column '2011' is headed by no quarter"):
        reading_of("", f"{NAMES},2011Q1 [YR2011Q1],2011\n")
    with pytest.raises(FileProblem, match="headed by no quarter"):
        reading_of("", f"{NAMES},2011Q1 [YR2012Q1]\n")
    with pytest.raises(FileProblem, match="The heading does not begin with"):
        reading_of("", "Sending Countries Name,Price\n")


def test_a_file_without_a_footer_names_no_vintage() -> None:
    assert reading_of("").vintage == ""


def test_costs_by_country_of_the_un_are_those_of_receiving(shared: Path) -> None:
    """Why the reference area is the one that receives: the UN's yearly figure is the third quarter of its corridor."""
    folder = shared / "data"
    packed = (folder / "un-sdg-2019/2019.Q3.G.01/long-json/Indicator_10.c.1_Series_SI_RMT_COST.json.gz").read_bytes()
    published = {
        (area["ISO3"], int(cell["timePeriod"])): float(cell["value_detail"])
        for area in json.loads(gzip.decompress(packed))["refAreas"]
        if area["type"] == "Country"
        for cell in area["data"]
    }
    table = gzip.decompress((folder / "remittances/rpw_corridors_36d1ed87_Data.csv.gz").read_bytes()).decode(
        "utf-8-sig"
    )
    heading, *lines = csv.reader(table.splitlines())
    agree = {}
    for role, at in (("receiving", 5), ("sending", 1)):
        costs: dict[tuple[str, int], list[float]] = {}
        for cells in lines:
            for name, cell in zip(heading[6:], cells[6:], strict=True):
                if name[4:6] == "Q3" and cell not in ("", ".."):
                    costs.setdefault((cells[at], int(name[:4])), []).append(float(cell))
        single = {key: found[0] for key, found in costs.items() if len(found) == 1 and key in published}
        agree[role] = (len(single), sum(abs(published[key] - cost) < 0.05 for key, cost in single.items()))
    assert agree["receiving"] == (135, 125)
    assert agree["sending"][1] == 0
