"""Chart downloads of Our World in Data: the series is in the heading, groups of the site's own are refused."""

import io

import pytest

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem
from sdg_targets.formats import owid
from sdg_targets.formats.mapping import CodeMaps

CODES = CodeMaps({}, {"iso3": frozenset(("AGO",))})
HEADING = 'Entity,Code,Year,"10.7.2 - Countries, by domain - SG_CPA_MIGRS - All Domains"\n'


def test_countries_are_read_and_the_site_s_groups_refused() -> None:
    lines = "Angola,AGO,2021,2\nEurope,,2021,3\nWorld,OWID_WRL,2021,3\nAngola,AGO,2019,n/a\n"
    reading = owid.read(io.BytesIO((HEADING + lines).encode()), CODES)
    first, *others = reading.items
    assert reading.series == ("SG_CPA_MIGRS",)
    assert isinstance(first, ObservationRow) and (first.area, first.period, first.value) == ("AGO", "2021", "2")
    assert [(p.place, p.rule, p.found) for p in others if isinstance(p, Problem)] == [
        ("line 3", "R01", "Europe"),
        ("line 4", "R01", "OWID_WRL"),
        ("line 5", "R02", "n/a"),
    ]


def test_a_heading_that_names_no_series_is_refused() -> None:
    with pytest.raises(FileProblem):
        owid.read(io.BytesIO(b"Entity,Code,Year,Migrants\n"), CODES)
