"""Chart downloads of Our World in Data: the series is in the heading, groups of the site's own are refused."""

import io

import pytest

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem
from sdg_targets.formats import owid
from sdg_targets.formats.mapping import CodeMaps
from sdg_targets.formats.wdi import ZERO

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


def test_a_heading_can_be_mapped_and_a_file_can_have_several_measures() -> None:
    maps = {
        "series": {"Remittances": "WDI_REMIT_RECEIVED", "Aid": "WDI_ODA_RECEIVED"},
        "zero": {"WDI_REMIT_RECEIVED": "U"},
        "iso3": {"OWID_WRL": "001", "Faeroe Islands": "FRO"},
    }
    lines = (
        "Angola,AGO,2005,0,-9000\nAngola,AGO,2006,,0\nWorld,OWID_WRL,2005,5.5,\nFaeroe Islands,,2005,1,\n"
        "Europe,,2005,1,2\nAsia,,2005,,\n"
    )
    data = ("Entity,Code,Year,Remittances,Aid\n" + lines).encode()
    reading = owid.read(io.BytesIO(data), CodeMaps(maps, {"iso3": frozenset(("AGO",))}))
    *rows, problem = reading.items
    assert reading.carries == {"status", "footnote"}
    assert [(r.place, r.area, r.value, r.status, r.footnote) for r in rows if isinstance(r, ObservationRow)] == [
        ("line 2, WDI_REMIT_RECEIVED", "AGO", "0", "U", ZERO),
        ("line 2, WDI_ODA_RECEIVED", "AGO", "-9000", "A", None),
        ("line 3, WDI_ODA_RECEIVED", "AGO", "0", "A", None),
        ("line 4, WDI_REMIT_RECEIVED", "001", "5.5", "A", None),
        ("line 5, WDI_REMIT_RECEIVED", "FRO", "1", "A", None),
    ]
    assert isinstance(problem, Problem) and (problem.place, problem.found, problem.rows) == ("line 6", "Europe", 2)


def test_a_heading_that_names_no_series_is_refused() -> None:
    with pytest.raises(FileProblem):
        owid.read(io.BytesIO(b"Entity,Code,Year,Migrants\n"), CODES)
