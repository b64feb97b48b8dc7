"""Cells of agencies fall apart into names, whatever stands between them; nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.actions.organisations import FRAMEWORK, HERE
from partners.domain.agencies import agencies
from sdg_targets.formats.shipped_csv import read_rows


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", []),
        ("World Bank", ["World Bank"]),
        ("ILO, UNICEF", ["ILO", "UNICEF"]),
        ("ILO;UNICEF/WHO\nFAO", ["ILO", "UNICEF", "WHO", "FAO"]),
        ("UNICEF and WHO", ["UNICEF", "WHO"]),
        ("Under discussion among agencies (ILO, WHO)", ["ILO", "WHO"]),
        (
            "DOALOS, FAO, UNEP, ILO and other UN-Oceans agencies",
            ["DOALOS", "FAO", "UNEP", "ILO and other UN-Oceans agencies"],
        ),
        ("ILO,, ILO ,", ["ILO"]),
        ("Iceland", ["Iceland"]),
        ("WHO,  UN  DESA", ["WHO", "UN DESA"]),
    ],
)
def test_what_stands_between_names(cell: str, names: list[str]) -> None:
    assert agencies(cell) == names


@given(
    st.lists(st.text("ABCDE", min_size=2, max_size=6), unique=True),
    st.sampled_from([", ", "; ", "/", "\n", " and "]),
)
def test_names_put_together_fall_apart_into_the_same(names: list[str], between: str) -> None:
    assert agencies(between.join(names)) == names


def test_every_agency_of_the_framework_is_an_organisation_here() -> None:
    known = {name for row in read_rows(HERE) for name in row["written_as"].split("|")}
    named = {name for row in read_rows(FRAMEWORK) for cell in ("custodian", "partners") for name in agencies(row[cell])}
    assert named - known == set()
    assert len(named) > 60
