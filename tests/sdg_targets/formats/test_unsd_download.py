"""CSV downloads of the UN's database: original headings, several series, dimensions as columns, both encodings."""

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem
from sdg_targets.formats import unsd_download
from sdg_targets.formats.mapping import CodeMaps

CODES = CodeMaps(
    {
        "column": {"Sex": "SEX", "Age": "AGE", "Migratory status": "MIGRATORY_STATUS", "ageCode": "AGE"},
        "unit": {"PERCENT": "PT", "CON_USD": "CON_USD_M", "NUMBER": "NUMBER"},
        "nature": {"C": "C", "NA": "_X"},
        "status": {"A": "A", "E": "E", "Q": "Q"},
        "multiplier": {"0": "0", "3": "3", "6": "6", "CON_USD|6": "0"},
        "area": {"004": "AFG", "384": "CIV", "516": "NAM"},
        "no_value": {"N": "L", "NaN": "O"},
        "SEX": {"FEMALE": "F", "BOTHSEX": "_T"},
        "AGE": {"<5Y": "Y0T4", "15+": "Y_GE15"},
        "MIGRATORY_STATUS": {"MIGPER": "MS_MIGRANT"},
    }
)
HEADING = (
    "Goal,Target,Indicator,SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,TimePeriod,Value,Time_Detail,"
    "TimeCoverage,UpperBound,LowerBound,BasePeriod,Source,GeoInfoUrl,FootNote,[Age],[Migratory status],[Nature],"
    "[Observation Status],[Reporting Type],[Sex],[Units],[UnitMultiplier]"
)
PLAIN = {"SeriesCode": "S_A", "GeoAreaCode": "4", "GeoAreaName": "Afghanistan", "TimePeriod": "2015", "Value": "1.50"}


def download(*rows: dict[str, str], heading: str = HEADING) -> str:
    made = io.StringIO()
    writer = csv.DictWriter(made, heading.split(","), restval="")
    writer.writeheader()
    writer.writerows(PLAIN | row for row in rows)
    return made.getvalue()


def read(text: str, encoding: str = "utf-8") -> list[ObservationRow | Problem]:
    return list(unsd_download.read(io.BytesIO(text.encode(encoding)), CODES).items)


def one(**cells: str) -> ObservationRow | Problem:
    (item,) = read(download(cells))
    return item


def row(**cells: str) -> ObservationRow:
    item = one(**cells)
    assert isinstance(item, ObservationRow), item
    return item


def test_a_row_is_read_with_everything_that_it_says() -> None:
    found = row(
        **{
            "Goal": "8", "Target": "8.8", "Indicator": "8.8.1", "UpperBound": "2", "LowerBound": "1", "BasePeriod": "2010",
            "Time_Detail": "2015-16", "Source": "Survey", "GeoInfoUrl": "http://x", "FootNote": "Urban", "[Age]": "15+",
            "[Migratory status]": "MIGPER", "[Nature]": "NA", "[Observation Status]": "E", "[Reporting Type]": "G",
            "[Sex]": "FEMALE", "[Units]": "PERCENT", "[UnitMultiplier]": "3",
        }
    )  # fmt: skip
    assert found == ObservationRow(
        place="line 2", series="S_A", area="AFG", period="2015",
        breakdown="AGE=Y_GE15;MIGRATORY_STATUS=MS_MIGRANT;SEX=F", value="1.50", status="E", nature="_X", unit="PT",
        multiplier="3", lower_bound="1", upper_bound="2", base_period="2010", time_detail="2015-16", source="Survey",
        footnote="Urban",
    )  # fmt: skip


def test_a_blank_cell_of_a_dimension_is_the_total() -> None:
    assert row().breakdown == "_T" and row(**{"[Sex]": "BOTHSEX"}).breakdown == "_T"


def test_headings_without_brackets_and_in_other_spellings_are_the_same() -> None:
    newer = (
        "SeriesCode,GeoAreaCode,TimePeriod,Value,TimeDetail,Footnotes,age,Migratory Status,Nature,ObservationStatus,"
        "Reporting Type,SEX,Units,Unit Multiplier"
    )
    cells = {"Migratory Status": "MIGPER", "SEX": "FEMALE", "TimeDetail": "x", "Footnotes": "y", "Unit Multiplier": "0"}
    made = io.StringIO()
    writer = csv.DictWriter(made, newer.split(","), restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerow(PLAIN | cells)
    assert unsd_download.looks_like(made.getvalue().encode())
    (item,) = read(made.getvalue())
    assert isinstance(item, ObservationRow)
    assert (item.breakdown, item.time_detail, item.footnote, item.multiplier) == (
        "MIGRATORY_STATUS=MS_MIGRANT;SEX=F",
        "x",
        "y",
        "0",
    )


def test_several_series_stand_in_one_file() -> None:
    found = read(download({}, {"SeriesCode": "S_B"}))
    assert [item.series for item in found if isinstance(item, ObservationRow)] == ["S_A", "S_B"]


@pytest.mark.parametrize("mark", ["", "\N{ZERO WIDTH NO-BREAK SPACE}"])
def test_utf8_is_read_with_and_without_its_mark(mark: str) -> None:
    text = mark + download({"GeoAreaCode": "384", "GeoAreaName": "Côte d’Ivoire", "Source": "Enquête"})
    assert unsd_download.looks_like(text.encode())
    reading = unsd_download.read(io.BytesIO(text.encode()), CODES)
    (item,) = reading.items
    assert isinstance(item, ObservationRow)
    assert (reading.format, item.area, item.source) == ("unsd-download-csv", "CIV", "Enquête")


def test_cp1252_is_read_and_the_reading_says_so() -> None:
    text = download({"Source": "Enquête\N{NO-BREAK SPACE}démographique"})
    reading = unsd_download.read(io.BytesIO(text.encode("cp1252")), CODES)
    (item,) = reading.items
    assert isinstance(item, ObservationRow)
    assert (reading.format, item.source) == (
        "unsd-download-csv (cp1252)",
        "Enquête\N{NO-BREAK SPACE}démographique",
    )


def test_a_file_cut_inside_a_sign_is_refused_and_not_read_as_cp1252() -> None:
    content = download({"Source": "Enquête à l’école"}).encode()
    with pytest.raises(FileProblem, match="damaged or cut"):
        unsd_download.read(io.BytesIO(content[: content.index("à".encode()) + 1]), CODES)


def test_a_letter_and_nan_are_reasons_and_keep_what_was_printed() -> None:
    assert (row(Value="N").value, row(Value="N").value_text, row(Value="N").status) == (None, "N", "L")
    assert row(Value="NaN").status == "O"


def test_a_missing_value_keeps_the_reason_that_is_printed() -> None:
    assert row(Value="", **{"[Observation Status]": "Q"}).status == "Q"
    assert row(Value="", **{"[Observation Status]": "A"}).status == "O"


def test_millions_are_not_taken_twice() -> None:
    found = row(**{"[Units]": "CON_USD", "[UnitMultiplier]": "6"})
    assert (found.unit, found.multiplier) == ("CON_USD_M", "0")


@pytest.mark.parametrize(
    ("cells", "rule", "column", "found"),
    [
        ({"[Sex]": "X"}, "R01", "SEX", "X"),
        ({"[Units]": "STONES"}, "R01", "unit", "STONES"),
        ({"GeoAreaCode": "900"}, "R01", "area", "900"),
        ({"[Reporting Type]": "N"}, "R01", "reporting type", "N"),
        ({"Value": "<0.1"}, "R02", "value", "<0.1"),
        ({"[UnitMultiplier]": "5"}, "R01", "multiplier", "5"),
    ],
)
def test_what_has_no_meaning_refuses_its_row(cells: dict[str, str], rule: str, column: str, found: str) -> None:
    item = one(**cells)
    assert isinstance(item, Problem)
    assert (item.place, item.rule, item.column, item.found) == ("line 2", rule, column, found)


def test_a_filled_cell_in_a_column_without_meaning_refuses_its_row_and_a_blank_one_does_not() -> None:
    text = download({}, {"[Planet]": "Mars"}, heading=HEADING + ",[Planet]")
    fine, item = read(text)
    assert isinstance(fine, ObservationRow)
    assert isinstance(item, Problem) and (item.place, item.rule, item.found) == ("line 3", "R01", "planet")


def test_two_columns_of_one_dimension_that_disagree_refuse_the_row() -> None:
    heading = HEADING + ",ageCode"
    same, item = read(download({"[Age]": "15+", "ageCode": "15+"}, {"[Age]": "15+", "ageCode": "<5Y"}, heading=heading))
    assert isinstance(same, ObservationRow) and same.breakdown == "AGE=Y_GE15"
    assert isinstance(item, Problem) and (item.column, item.found) == ("AGE", "Y_GE15 and Y0T4")


def test_a_column_that_stands_twice_refuses_the_file() -> None:
    with pytest.raises(FileProblem, match="footnote"):
        read(download({}, heading=HEADING + ",Footnotes"))


def test_a_nul_refuses_the_file_with_its_line() -> None:
    with pytest.raises(FileProblem, match="NUL \\(at line 3\\)"):
        read(download({}, {"Source": "a\0b"}))


def test_a_ragged_row_is_a_problem_and_a_blank_line_is_nothing() -> None:
    (_fine, item) = read(download({}) + "\r\n4,2\r\n")
    assert isinstance(item, Problem) and (item.place, item.rule) == ("line 4", "R03")


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "Value": st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
                "TimePeriod": st.integers(1990, 2025).map(str),
                "[Sex]": st.sampled_from(["FEMALE", "BOTHSEX", ""]),
                "Source": st.text(st.characters(codec="cp1252", exclude_categories=("C", "Z")), max_size=8),
            }
        ),
        max_size=5,
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
)
def test_what_is_written_is_read_back_in_every_encoding(cells: list[dict[str, str]], encoding: str) -> None:
    text = download(*cells)
    # Signs of cp1252 that make whole signs of UTF-8 by chance are UTF-8 to any reader, or look like damaged UTF-8.
    assume(encoding != "cp1252" or not re.search(rb"[\xc2-\xf4][\x80-\xbf]", text.encode("cp1252")))
    items = read(text, encoding)
    assert [(i.value, i.period, i.source) for i in items if isinstance(i, ObservationRow)] == [
        (format(Decimal(c["Value"]), "f"), c["TimePeriod"], c["Source"].strip() or None) for c in cells
    ]
