"""UNSD's long JSON: what is written is read exactly, and what cannot be read says where."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem
from sdg_targets.formats import unsd
from sdg_targets.formats.mapping import CodeMaps

CODES = CodeMaps(
    {
        "column": {"sexCode": "SEX", "policyDomainsCode": "POLICY_DOMAIN"},
        "unit": {"PERCENT": "PT"},
        "nature": {"NA": "_X"},
        "area": {"404": "KEN", "516": "NAM"},
        "POLICY_DOMAIN": {"DOMAIN1": "PD_1", "ALLDOMAINS": "_T"},
        "no_value": {"N": "L"},
    },
    {"SEX": frozenset(("_T", "F", "M")), "unit": frozenset(("PT",)), "nature": frozenset(("C", "_X"))},
)


def document(*cells: dict[str, Any], area: str = "404") -> dict[str, Any]:
    return {
        "seriesCode": "SI_RMT_COST",
        "release": "2019.Q2.G.01",
        "refAreas": [
            {"geoAreaCode": area, "data": [{"timePeriod": 2015, "value_detail": "1"} | cell for cell in cells]}
        ],
    }


def read(content: Any) -> list[ObservationRow | Problem]:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return list(unsd.read(io.BytesIO(raw), CODES).items)


def one(**cell: Any) -> ObservationRow | Problem:
    (item,) = read(document(cell))
    return item


def test_a_thousands_comma_is_read_from_the_printed_value_not_from_the_wrong_number() -> None:
    item = one(value_detail="24,644", value_numeric_part=24.0)
    assert isinstance(item, ObservationRow)
    assert item.value == "24644"


def test_a_letter_for_a_value_is_a_reason_and_keeps_what_was_printed() -> None:
    item = one(value_detail="N", policyDomainsCode="DOMAIN1")
    assert isinstance(item, ObservationRow)
    assert (item.value, item.value_text, item.status, item.breakdown) == (None, "N", "L", "POLICY_DOMAIN=PD_1")


def test_namibia_is_an_area_and_na_a_nature() -> None:
    (item,) = read(document({"natureCode": "NA", "unitsCode": "PERCENT"}, area="516"))
    assert isinstance(item, ObservationRow)
    assert (item.area, item.nature, item.unit) == ("NAM", "_X", "PT")


def test_area_codes_with_and_without_noughts_are_the_same() -> None:
    (item,) = read(document({}, area="404.0"))
    assert isinstance(item, ObservationRow) and item.area == "KEN"


def test_a_number_in_scientific_writing_keeps_its_value() -> None:
    item = one(value_detail="3e-05")
    assert isinstance(item, ObservationRow) and item.value == "0.00003"


def test_a_number_that_is_json_and_not_text_keeps_its_digits() -> None:
    raw = json.dumps(document({"value_detail": "@"})).replace('"@"', "0.1000000000000000055511151231257827").encode()
    (item,) = read(raw)
    assert isinstance(item, ObservationRow) and item.value == "0.1000000000000000055511151231257827"


@pytest.mark.parametrize(
    ("cell", "rule", "column", "found"),
    [
        ({"natureCode": "ZZ"}, "R01", "nature", "ZZ"),
        ({"unitsCode": "STONES"}, "R01", "unit", "STONES"),
        ({"sexCode": "X"}, "R01", "SEX", "X"),
        ({"planetCode": "MARS"}, "R01", "column", "planetCode"),
        ({"value_detail": ".."}, "R02", "value", ".."),
        ({"value_detail": "NaN"}, "R02", "value", "NaN"),
        ({"upperBound": "1,2"}, "R02", "value", "1"),
    ],
)
def test_a_filled_cell_that_has_no_meaning_refuses_its_row(
    cell: dict[str, Any], rule: str, column: str, found: str
) -> None:
    item = one(**cell)
    assert isinstance(item, Problem)
    assert (item.place, item.rule, item.column, item.found) == ("refAreas[0].data[0]", rule, column, found)


def test_an_area_that_is_not_in_the_list_refuses_its_rows() -> None:
    (item,) = read(document({}, area="999"))
    assert isinstance(item, Problem) and (item.column, item.found) == ("area", "999")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"refAreas": 3}', b'{"refAreas": []}', b'"text"', b"\xff\xfe{", b"[" * 100_000],
)
def test_a_file_that_is_no_long_file_is_refused_whole(content: bytes) -> None:
    with pytest.raises(FileProblem):
        read(content)


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=5) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["data", "geoAreaCode", "timePeriod", "value_detail", "sexCode"]), inner, max_size=4
            )
        ),
        max_leaves=8,
    )
)
def test_whatever_stands_in_the_list_is_a_row_or_a_problem_with_a_place(inner: Any) -> None:
    items = read({"seriesCode": "S", "refAreas": [inner]})
    assert all(item.place.startswith("refAreas[0]") for item in items)


def test_every_value_of_the_real_files_is_read_as_it_is_printed(shared: Path) -> None:
    """An independent count and sum over the raw JSON, against the reader."""
    whole = CodeMaps({"column": {}}, {})
    for path in sorted(shared.glob("data/un-sdg-2019/*/long-json/*.json.gz")):
        raw = json.loads(gzip.decompress(path.read_bytes()))
        printed = [cell["value_detail"] for area in raw["refAreas"] for cell in area["data"]]
        with gzip.open(path) as stream:
            items = list(unsd.read(stream, whole).items)
        assert len(items) == len(printed), path.name
