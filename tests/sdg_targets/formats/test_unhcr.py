"""UNHCR's tables: its own codes, unknown and stateless people, zeros and blanks, and two tables with one heading."""

import csv
import gzip
import io
from collections import Counter
from pathlib import Path

import pytest

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem
from sdg_targets.formats import unhcr
from tests.factories.codes import shipped_codes

KEYS = "year,coo_name,coo,coo_iso,coa_name,coa,coa_iso,"
CODES = shipped_codes("unhcr")


def items(columns: str, *lines: str) -> list[ObservationRow | Problem]:
    content = KEYS + columns + "\n" + "\n".join(lines) + "\n"
    assert unhcr.looks_like(content.encode())
    return list(unhcr.read(io.BytesIO(content.encode()), CODES).items)


def said(*rows: ObservationRow | Problem) -> list[tuple[object, ...]]:
    """Rows as series, area, period, breakdown and value; problems as place, rule, what was found, and rows."""
    return [
        (row.place, row.rule, row.found, row.rows)
        if isinstance(row, Problem)
        else (row.series.removeprefix("UNHCR_"), row.area, row.period, row.breakdown, row.value)
        for row in rows
    ]


def test_the_code_aus_is_austria_and_an_iso_code_that_contradicts_it_refuses_the_row() -> None:
    right = "2024,Sudan,SUD,SDN,Austria,AUS,AUT,15,5"
    wrong = "2024,Sudan,SUD,SDN,Australia,AUS,AUS,15,5"
    assert said(*items("refugees,asylum_seekers", right, wrong)) == [
        ("REFUGEES", "AUT", "2024", "COUNTERPART_AREA=SDN", "15"),
        ("ASYLUM_SEEKERS", "AUT", "2024", "COUNTERPART_AREA=SDN", "5"),
        ("line 3", "R11", "AUS AUS", 2),
    ]


def test_a_blank_is_no_figure_and_zero_is_one() -> None:
    row = "2010,Unknown,UKN,UNK,Austria,AUS,AUT,0,5,"
    assert said(*items("refugees,stateless,oip", row)) == [
        ("REFUGEES", "AUT", "2010", "COUNTERPART_AREA=_U", "0"),
        ("STATELESS", "AUT", "2010", "COUNTERPART_AREA=_U", "5"),
    ]


def test_a_zero_of_years_in_which_nobody_was_counted_yet_is_none() -> None:
    """Host communities are counted since 2019: the table's 0 of 1951 says nothing. A number would be read."""
    rows = items(
        "refugees,hst",
        "1951,Unknown,UKN,UNK,Austria,AUS,AUT,0,0",
        "2018,Unknown,UKN,UNK,Austria,AUS,AUT,,7",
        "2019,Unknown,UKN,UNK,Austria,AUS,AUT,,0",
    )
    assert [one[:3] + one[4:] for one in said(*rows)] == [
        ("REFUGEES", "AUT", "1951", "0"),
        ("HOST_COMMUNITY", "AUT", "2018", "7"),
        ("HOST_COMMUNITY", "AUT", "2019", "0"),
    ]


@pytest.mark.parametrize(
    ("origin", "code"), [("Unknown,UKN,UNK", "_U"), ("Stateless,STA,XXA", "XXA"), ("Tibetan,TIB,TIB", "TIB")]
)
def test_people_of_no_country_are_never_dropped(origin: str, code: str) -> None:
    (row,) = items("refugees", f"2024,{origin},China,CHI,CHN,25")
    assert said(row) == [("REFUGEES", "CHN", "2024", f"COUNTERPART_AREA={code}", "25")]


def test_an_unknown_country_of_asylum_is_an_area_too() -> None:
    (row,) = items("returned_refugees", "2025,Ukraine,UKR,UKR,Unknown,UKN,UNK,12000")
    assert said(row) == [("RETURNED_REFUGEES", "_U", "2025", "COUNTERPART_AREA=UKR", "12000")]


@pytest.mark.parametrize("code", ["CRB", "CUR"])
def test_codes_that_the_publisher_does_not_explain_are_refused(code: str) -> None:
    assert said(*items("refugees", f"2024,{code},{code},,China,CHI,CHN,25")) == [("line 2", "R01", code, 1)]


def test_the_displaced_within_a_country_have_no_counterpart() -> None:
    """0 fills their columns in a row of two countries: nobody is displaced within a pair. Any other number is refused."""
    rows = items(
        "idps,returned_idps",
        "2024,Sudan,SUD,SDN,Sudan,SUD,SDN,9000000,0",
        "2024,Sudan,SUD,SDN,Chad,CHD,TCD,0,7",
    )
    assert said(*rows) == [
        ("IDPS", "SDN", "2024", "_T", "9000000"),
        ("RETURNED_IDPS", "SDN", "2024", "_T", "0"),
        ("line 3, returned_idps", "R11", "7 from SDN in TCD", 1),
    ]


def test_idmc_s_figures_until_2008_are_of_the_world() -> None:
    rows = items(
        "total",
        "2008,Unknown,UKN,UNK,Unknown,UKN,UNK,26000000",
        "2017,Unknown,UKN,UNK,Unknown,UKN,UNK,2",
        "2017,Abyei Area,AB9,AB9,Abyei Area,AB9,AB9,31000",
        "2017,Palestinian,GAZ,PSE,State of Palestine,GAZ,PSE,231000",
    )
    assert said(*rows) == [
        ("IDMC_CONFLICT_IDPS", "001", "2008", "_T", "26000000"),
        ("IDMC_CONFLICT_IDPS", "_U", "2017", "_T", "2"),
        ("IDMC_CONFLICT_IDPS", "AB9", "2017", "_T", "31000"),
        ("IDMC_CONFLICT_IDPS", "PSE", "2017", "_T", "231000"),
    ]


def test_palestine_refugees_are_told_from_the_displaced_by_where_they_are() -> None:
    rows = items(
        "total",
        "1952,Palestinian,GAZ,PSE,State of Palestine,GAZ,PSE,206014",
        "1952,Palestinian,GAZ,PSE,Lebanon,LEB,LBN,103137",
        "1952,Sudan,SUD,SDN,Lebanon,LEB,LBN,9",
    )
    assert said(*rows) == [
        ("UNRWA_PALESTINE_REFUGEES", "PSE", "1952", "COUNTERPART_AREA=PSE", "206014"),
        ("UNRWA_PALESTINE_REFUGEES", "LBN", "1952", "COUNTERPART_AREA=PSE", "103137"),
        ("line 4, total", "R11", "9 from SDN", 1),
    ]


def test_a_table_that_could_be_either_is_refused() -> None:
    with pytest.raises(FileProblem, match="No row tells"):
        items("total", "2024,Palestinian,GAZ,PSE,State of Palestine,GAZ,PSE,5")


def test_an_unknown_column_refuses_the_file_and_a_short_row_itself() -> None:
    with pytest.raises(FileProblem, match="aliens"):
        items("refugees,aliens", "2024,Sudan,SUD,SDN,Chad,CHD,TCD,5,5")
    assert said(*items("refugees", "2024,Sudan,SUD,SDN,Chad,CHD,TCD")) == [("line 2", "R03", "7 cells", 1)]


def test_a_count_that_is_no_number_is_refused_with_its_cell() -> None:
    assert said(*items("refugees,stateless", "2024,Sudan,SUD,SDN,Chad,CHD,TCD,*,6")) == [
        ("line 2, refugees", "R02", "*", 1),
        ("STATELESS", "TCD", "2024", "COUNTERPART_AREA=SDN", "6"),
    ]


def sums_of(path: Path, names: dict[str, str]) -> Counter[tuple[str, str]]:
    """The sum of each column by year, by a reading that knows nothing of codes."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    sums: Counter[tuple[str, str]] = Counter()
    for row in csv.DictReader(io.StringIO(text)):
        for name, series in names.items():
            sums[series, row["year"]] += int(row[name] or 0)
    return sums


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        pytest.param(
            "population.csv.gz",
            [
                "refugees",
                "asylum_seekers",
                "returned_refugees",
                "idps",
                "returned_idps",
                "stateless",
                "ooc",
                "oip",
                "hst",
            ],
            marks=pytest.mark.slow,
        ),
        ("solutions.csv.gz", ["returned_refugees", "resettlement", "naturalisation", "returned_idps"]),
        ("idmc.csv", unhcr.CONFLICT_IDPS),
        ("unrwa.csv", unhcr.PALESTINE_REFUGEES),
    ],
)
def test_every_year_of_the_real_tables_sums_up_to_what_is_printed(
    shared: Path, name: str, columns: list[str] | str
) -> None:
    path = shared / "data" / "unhcr" / name
    names = {"total": columns} if isinstance(columns, str) else {column: unhcr.SERIES[column] for column in columns}
    read: Counter[tuple[str, str]] = Counter()
    content = path.read_bytes()
    stream = io.BytesIO(gzip.decompress(content) if path.suffix == ".gz" else content)
    for row in unhcr.read(stream, CODES).items:
        assert isinstance(row, ObservationRow), row
        if row.series in names.values():
            read[row.series, row.period] += int(row.value or 0)
    assert {key: total for key, total in read.items() if total} == {k: n for k, n in sums_of(path, names).items() if n}
    if name == "population.csv.gz":
        first = {series: min(year for one, year in read if one == series) for series in unhcr.COUNTED_SINCE}
        assert first == dict(unhcr.COUNTED_SINCE)
        assert (read["UNHCR_REFUGEES", "2025"], read["UNHCR_IDPS", "2025"]) == (28_461_306, 64_239_352)
