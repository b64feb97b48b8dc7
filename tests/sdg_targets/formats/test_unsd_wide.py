"""UNSD's wide files: each filled year is an observation, and a merged text is said of its own years only."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem
from sdg_targets.formats import unsd, unsd_wide
from sdg_targets.formats.mapping import CodeMaps

CODES = CodeMaps(
    {
        "column": {"sexCode": "SEX"},
        "unit": {"PT": "PT"},
        "nature": {"C": "C", "E": "E", "_X": "_X"},
        "area": {"004": "AFG"},
        "no_value": {"N": "L"},
    },
    {"SEX": frozenset(("_T", "F", "M"))},
)
HEADING = [
    "seriesCode", "release", "geoAreaCode", "parentCode", "sexCode", "sexDesc", "unitsCode", "unitmultiplierCode",
    "reportingTypeCode", "valueDetails", "footnotes", "sources", "timeDetails", "nature", "value_2014", "value_2015",
    "value_latest_year", "latest_year",
]  # fmt: skip


def wide(*rows: dict[str, str]) -> bytes:
    plain = {"seriesCode": "S_A", "release": "2019.Q3.G.01", "geoAreaCode": "004", "value_2015": "1"}
    lines = [HEADING, *([(plain | row).get(name, "") for name in HEADING] for row in rows)]
    return "\n".join("\t".join(line) for line in lines).encode()


def read(content: bytes) -> list[ObservationRow | Problem]:
    return list(unsd_wide.read(io.BytesIO(content), CODES).items)


def rows(content: bytes) -> list[ObservationRow]:
    items = read(content)
    assert all(isinstance(item, ObservationRow) for item in items), items
    return [item for item in items if isinstance(item, ObservationRow)]


def test_each_filled_year_is_an_observation_and_the_latest_one_is_not_read_twice() -> None:
    found = rows(wide({"value_2014": "9.9", "value_2015": "9.20", "value_latest_year": "9.20", "latest_year": "2015"}))
    assert [(row.place, row.area, row.period, row.value) for row in found] == [
        ("line 2, column value_2014", "AFG", "2014", "9.9"),
        ("line 2, column value_2015", "AFG", "2015", "9.20"),
    ]


def test_a_row_without_data_is_no_observation() -> None:
    assert read(wide({"value_2015": ""})) == []


def test_the_release_stands_in_the_file() -> None:
    assert unsd_wide.read(io.BytesIO(wide({})), CODES).vintage == "2019.Q3.G.01"


def test_two_releases_in_one_file_refuse_it() -> None:
    with pytest.raises(FileProblem, match=r"2019\.Q3\.G\.01 and, in line 3, 2019\.Q4"):
        read(wide({}, {"release": "2019.Q4"}))


def test_a_file_with_a_heading_only_is_refused() -> None:
    with pytest.raises(FileProblem, match="no row"):
        read(wide())


def test_a_letter_for_a_value_stands_in_the_merged_texts() -> None:
    (row,) = rows(wide({"value_2015": "", "valueDetails": "[2015]: N"}))
    assert (row.period, row.value, row.value_text, row.status) == ("2015", None, "N", "L")


def test_the_printed_value_comes_before_the_number_that_lost_its_comma() -> None:
    (row,) = rows(wide({"value_2015": "24.0", "valueDetails": "[2015]: 24,644"}))
    assert row.value == "24644"


def test_a_merged_text_without_years_is_said_of_every_year_of_its_row() -> None:
    found = rows(wide({"value_2014": "1", "nature": "C: Country data", "sources": "WHO, see http://www.who.int"}))
    assert [(row.nature, row.source) for row in found] == [("C", "WHO, see http://www.who.int")] * 2


def test_a_merged_text_with_years_is_said_of_these_years_and_of_no_other() -> None:
    merged = {
        "value_2014": "1",
        "nature": "[2010-2014]: C: Country data // [2015]: E: Estimated data",
        "footnotes": "[2014]: Urban areas",
        "sources": "[2012,2014-2015]: Survey // with slashes",
    }
    found = rows(wide(merged))
    assert [(row.nature, row.footnote, row.source) for row in found] == [
        ("C", "Urban areas", "Survey // with slashes"),
        ("E", None, "Survey // with slashes"),
    ]


@pytest.mark.parametrize(
    ("cell", "rule", "column", "found"),
    [
        ({"geoAreaCode": "999"}, "R01", "area", "999"),
        ({"sexCode": "X"}, "R01", "SEX", "X"),
        ({"value_2015": "about 3"}, "R02", "value", "about 3"),
        ({"reportingTypeCode": "N"}, "R01", "reporting type", "N"),
        ({"nature": "Z: ?"}, "R01", "nature", "Z"),
    ],
)
def test_a_filled_cell_that_has_no_meaning_refuses_its_value(
    cell: dict[str, str], rule: str, column: str, found: str
) -> None:
    (item,) = read(wide(cell))
    assert isinstance(item, Problem)
    assert (item.place, item.rule, item.column, item.found) == ("line 2, column value_2015", rule, column, found)


def test_a_ragged_row_is_a_problem_at_its_line() -> None:
    (_row, item) = read(wide({}) + b"\nS_A\t2019.Q3.G.01")
    assert isinstance(item, Problem) and (item.place, item.rule) == ("line 3", "R03")


YEARS = st.lists(st.integers(1990, 2030), min_size=1, max_size=4, unique=True)
TEXTS = st.text(st.characters(categories=("L", "N"), include_characters=" ;.:/"), min_size=1, max_size=20).filter(
    lambda text: text == text.strip() and " // " not in f" {text} "
)


@given(st.lists(st.tuples(YEARS, TEXTS), min_size=1, max_size=4))
def test_what_is_merged_year_by_year_is_read_back_year_by_year(parts: list[tuple[list[int], str]]) -> None:
    said: dict[int, str] = {}
    for years, text in reversed(parts):
        said |= dict.fromkeys(years, text)
    merged = " // ".join(f"[{','.join(map(str, years))}]: {text}" for years, text in parts)
    assert {year: unsd_wide.said_of(merged, str(year)) for year in said} == said
    assert unsd_wide.said_of(merged, "1900") is None


def test_every_value_that_the_long_form_of_the_release_has_too_is_the_same(shared: Path) -> None:
    """Keys, values, natures, sources and footnotes of the two forms of 2019.Q3, by the same mappings."""
    compared = 0
    whole = _everything_maps()
    for path in sorted(shared.glob("data/un-sdg-2019/2019.Q3.G.01/wide-tsv/*.gz")):
        long_path = path.parent.parent / "long-json" / path.name.replace("csv_", "", 1).replace(".csv.gz", ".json.gz")
        if not long_path.exists():
            continue
        with gzip.open(path) as stream:
            flat = {_key(row): _said(row) for row in unsd_wide.read(stream, whole).items}
        with gzip.open(long_path) as stream:
            long = {_key(row): _said(row) for row in unsd.read(stream, whole).items}
        assert flat.items() <= long.items(), path.name
        compared += len(flat)
    assert compared == 1113 + 382 + 173 + 1695 + 264


class _Itself(dict[str, str]):
    """A mapping in which every code stands for itself, and a column for its dimension."""

    def get(self, key: str, default: object = None) -> str:  # type: ignore[override]
        return key.removesuffix("Code")


def _everything_maps() -> CodeMaps:
    itself = _Itself()
    concepts = ("column", "area", "unit", "nature", "age", "sex", "policyDomains")
    return CodeMaps({**dict.fromkeys(concepts, itself), "no_value": {"N": "L"}})


def _key(item: ObservationRow | Problem) -> tuple[str, str, str]:
    assert isinstance(item, ObservationRow), item
    return item.area, item.period, item.breakdown


def _said(item: ObservationRow | Problem) -> tuple[object, ...]:
    assert isinstance(item, ObservationRow)
    value = None if item.value is None else float(item.value)
    return (value, item.value_text, item.status, item.nature, item.unit, item.source, item.footnote, item.base_period)
