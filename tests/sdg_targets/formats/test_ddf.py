"""DDF datapoint files: lower-case codes are ours after mapping; a letter is a reason."""

import io

import pytest

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem
from sdg_targets.formats import ddf
from sdg_targets.formats.mapping import CodeMaps

CODES = CodeMaps(
    {
        "column": {"sex": "SEX", "migratory_status": "MIGRATORY_STATUS"},
        "SEX": {"bothsex": "_T", "female": "F"},
        "MIGRATORY_STATUS": {"t": "_T", "migper": "MS_MIGRANT"},
        "nature": {"c": "C", "notspec": "_X"},
        "unit": {"per_100000_emp": "PER_100000_EMP"},
        "area": {"012": "DZA"},
        "no_value": {"N": "L"},
    }
)
HEADING = "geo_area,migratory_status,nature,sex,units,year,sl_emp_ftlinjur\n"


def read(lines: str, heading: str = HEADING) -> list[ObservationRow | Problem]:
    return list(ddf.read(io.BytesIO((heading + lines).encode()), CODES).items)


def test_a_row_is_read_with_our_codes() -> None:
    (item,) = read("12,migper,c,female,per_100000_emp,2000,27.28\n")
    assert isinstance(item, ObservationRow)
    assert (item.series, item.area, item.period, item.breakdown, item.value, item.nature, item.unit) == (
        "SL_EMP_FTLINJUR",
        "DZA",
        "2000",
        "MIGRATORY_STATUS=MS_MIGRANT;SEX=F",
        "27.28",
        "C",
        "PER_100000_EMP",
    )
    assert (item.source, item.footnote) == (None, None)


def test_totals_make_the_total() -> None:
    (item,) = read("12,t,notspec,bothsex,per_100000_emp,2000,N\n")
    assert isinstance(item, ObservationRow)
    assert (item.breakdown, item.value, item.value_text, item.status, item.nature) == ("_T", None, "N", "L", "_X")


@pytest.mark.parametrize(
    ("line", "rule", "column"),
    [
        ("12,zz,c,bothsex,per_100000_emp,2000,1\n", "R01", "MIGRATORY_STATUS"),
        ("999,t,c,bothsex,per_100000_emp,2000,1\n", "R01", "area"),
        ("12,t,c,bothsex,per_100000_emp,2000,..\n", "R02", "value"),
        ("12,t,c\n", "R03", ""),
    ],
)
def test_what_has_no_meaning_refuses_its_row_with_its_line(line: str, rule: str, column: str) -> None:
    (item,) = read(line)
    assert isinstance(item, Problem) and (item.place, item.rule, item.column) == ("line 2", rule, column)


def test_a_heading_without_a_series_is_refused() -> None:
    with pytest.raises(FileProblem):
        read("", "geo_area,nature,units,year\n")
