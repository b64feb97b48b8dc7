"""Pages of the UN Statistics Division's API: whole, in order, and as many observations as they speak of."""

import io
import json
from typing import Any

import pytest

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem
from sdg_targets.formats import unsd_api
from sdg_targets.formats.mapping import CodeMaps

CODES = CodeMaps(
    {
        "column": {"Sex": "SEX", "Policy Domains": "POLICY_DOMAIN"},
        "unit": {"PERCENT": "PT"},
        "nature": {"C": "C"},
        "area": {"001": "001", "404": "KEN"},
        "no_value": {"N": "L", "NaN": "O"},
        "SEX": {"FEMALE": "F", "BOTHSEX": "_T"},
        "POLICY_DOMAIN": {"DOMAIN1": "PD_1"},
    }
)


def cell(**changes: Any) -> dict[str, Any]:
    """An observation as the API writes it."""
    return {
        "goal": ["10"], "target": ["10.c"], "indicator": ["10.c.1"], "series": "SI_RMT_COST", "seriesDescription": "Costs",
        "seriesCount": "2", "geoAreaCode": "404", "geoAreaName": "Kenya", "timePeriodStart": 2015.0, "value": "8.60",
        "valueType": "Float", "time_detail": None, "timeCoverage": None, "upperBound": None, "lowerBound": None,
        "basePeriod": None, "source": "World Bank", "geoInfoUrl": None, "footnotes": [""],
        "attributes": {"Nature": "C", "Units": "PERCENT"}, "dimensions": {"Reporting Type": "G"},
    } | changes  # fmt: skip


def page(*cells: Any, number: int = 1, pages: int = 1, total: int | None = None) -> dict[str, Any]:
    total = len(cells) if total is None else total
    return {
        "size": 25, "totalElements": total, "totalPages": pages, "pageNumber": number,
        "attributes": [{"id": "Nature", "codes": []}], "dimensions": [], "data": list(cells),
    }  # fmt: skip


def read(*pages: Any) -> list[ObservationRow | Problem]:
    content = b"\n".join(given if isinstance(given, bytes) else json.dumps(given).encode() for given in pages)
    return list(unsd_api.read(io.BytesIO(content), CODES).items)


def test_an_observation_is_read_with_everything_that_it_says() -> None:
    given = cell(
        dimensions={"Sex": "FEMALE", "Reporting Type": "G"}, footnotes=["Urban", "", "Revised"], upperBound="9",
        lowerBound="8", basePeriod="2010", time_detail="2015-16",
    )  # fmt: skip
    assert read(page(given)) == [
        ObservationRow(
            place="line 1, data[0]", series="SI_RMT_COST", area="KEN", period="2015.0", breakdown="SEX=F", value="8.60",
            status="A", nature="C", unit="PT", lower_bound="8", upper_bound="9", base_period="2010",
            time_detail="2015-16", source="World Bank", footnote="Urban | Revised",
        )
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["UnitMultiplier", "Unit Multiplier"])
def test_pages_without_multipliers_do_not_change_them(name: str) -> None:
    without, given = page(cell()), page(cell(attributes={name: "0"}))
    assert "multiplier" not in unsd_api.read(io.BytesIO(json.dumps(without).encode()), CODES).carries
    assert "multiplier" in unsd_api.read(io.BytesIO(json.dumps(given).encode()), CODES).carries


def test_names_of_dimensions_are_compared_without_case_and_blanks() -> None:
    (row,) = read(page(cell(dimensions={"policy domains": "DOMAIN1"})))
    assert isinstance(row, ObservationRow) and row.breakdown == "POLICY_DOMAIN=PD_1"


def test_a_letter_and_nan_are_reasons() -> None:
    letter, nan = read(page(cell(value="N"), cell(value="NaN", geoAreaCode="1")))
    assert isinstance(letter, ObservationRow) and (letter.value, letter.status) == (None, "L")
    assert isinstance(nan, ObservationRow) and (nan.area, nan.status) == ("001", "O")


def test_pages_of_several_series_follow_each_other() -> None:
    first = [page(cell(), number=1, pages=2, total=2), page(cell(), number=2, pages=2, total=2)]
    assert [item.place for item in read(*first, page(cell(series="S_B")))] == [
        "line 1, data[0]",
        "line 2, data[0]",
        "line 3, data[0]",
    ]


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([page(cell(), pages=2, total=2)], "Page 2 of 2 is missing"),
        ([page(cell(), number=2, pages=2, total=2)], "Page 1 should come here; this is page 2"),
        ([page(cell(), pages=2, total=2)] * 2, "Page 2 should come here; this is page 1"),
        (
            [page(cell(), pages=2, total=2), page(cell(), number=2, pages=2, total=3)],
            "page 2 speaks of 3 observations on 2 pages, the first page of 2 on 2",
        ),
        ([page(cell(), total=2)], "hold 1 observations and speak of 2"),
        ([b'{"totalElements": 1, "data": [{'], "not readable JSON"),
        ([{"totalElements": 1, "totalPages": 1, "pageNumber": 1}], "no list of data"),
        ([{"totalElements": 1, "data": []}], "does not say its number"),
        ([page(cell(source="a\0b"))], "NUL"),
        ([b"[" * 100_000], "not readable JSON"),
    ],
)
def test_pages_that_do_not_hold_together_refuse_the_file(pages: list[Any], said: str) -> None:
    with pytest.raises(FileProblem, match=said):
        read(*pages)


@pytest.mark.parametrize(
    ("given", "rule", "column"),
    [
        (cell(geoAreaCode="999"), "R01", "area"),
        (cell(dimensions={"Sex": "X"}), "R01", "SEX"),
        (cell(dimensions={"Planet": "Mars"}), "R01", "column"),
        (cell(dimensions={"Reporting Type": "N"}), "R01", "reporting type"),
        (cell(attributes={"Units": "STONES"}), "R01", "unit"),
        (cell(value="<0.1"), "R02", "value"),
        ("text", "R03", "data"),
    ],
)
def test_what_has_no_meaning_refuses_its_observation(given: Any, rule: str, column: str) -> None:
    (item,) = read(page(given))
    assert isinstance(item, Problem) and (item.place, item.rule, item.column) == ("line 1, data[0]", rule, column)
