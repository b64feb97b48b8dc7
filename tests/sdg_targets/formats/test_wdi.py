"""Files of the World Development Indicators: countries and the groups that are ours, blank cells no figures."""

import io

import pytest

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading
from sdg_targets.formats import wdi
from sdg_targets.formats.mapping import CodeMaps

CODES = CodeMaps(
    {
        "series": {"BM.TRF.PWKR.CD.DT": "WDI_REMIT_PAID"},
        "iso3": {"WLD": "001", "XKX": "412"},
        "zero": {"WDI_REMIT_PAID": "U"},
    },
    {"iso3": frozenset(("KEN", "ABW"))},
)
BEFORE = '\ufeff"Data Source","World Development Indicators",\n\n"Last Updated Date","2021-09-15",\n\n'
NAMES = '"Country Name","Country Code","Indicator Name","Indicator Code","1960","1961","1962",\n'


def reading_of(lines: str, before: str = BEFORE + NAMES) -> Reading:
    data = (before + lines).encode()
    assert wdi.looks_like(data)
    return wdi.read(io.BytesIO(data), CODES)


def line(code: str, *cells: str, indicator: str = "BM.TRF.PWKR.CD.DT") -> str:
    return ",".join(f'"{cell}"' for cell in ("Name", code, "Paid", indicator, *cells)) + ",\n"


def test_filled_cells_are_figures_and_the_vintage_stands_before_the_heading() -> None:
    reading = reading_of(line("ABW", "", "16480446.9273743", "0"))
    assert (reading.format, reading.vintage) == ("wdi-csv", "2021-09-15")
    first, zero = reading.items
    assert first == ObservationRow(
        place="line 6, 1961",
        series="WDI_REMIT_PAID",
        area="ABW",
        period="1961",
        breakdown="_T",
        value="16480446.9273743",
        status="A",
        source="World Bank, World Development Indicators",
    )
    assert isinstance(zero, ObservationRow) and (zero.value, zero.status, zero.footnote) == ("0", "U", wdi.ZERO)


def test_groups_of_the_bank_s_own_are_refused_with_their_figures_and_ours_are_taken() -> None:
    rows = list(reading_of(line("ARB", "1", "", "2") + line("WLD", "3", "", "") + line("XKX", "4", "", "")).items)
    problem = rows[0]
    assert isinstance(problem, Problem)
    assert (problem.place, problem.rule, problem.found, problem.rows) == ("line 6", "R01", "ARB Name", 2)
    assert [r.area for r in rows if isinstance(r, ObservationRow)] == ["001", "412"]


def test_an_indicator_that_is_not_known_a_cell_that_is_no_number_and_a_ragged_line_are_refused() -> None:
    rows = reading_of(line("KEN", "1", "", "", indicator="SP.POP.TOTL") + line("KEN", "x", "", "") + '"KEN"\n').items
    assert [(p.place, p.rule, p.found) for p in rows if isinstance(p, Problem)] == [
        ("line 6", "R01", "SP.POP.TOTL"),
        ("line 7, 1960", "R02", "x"),
        ("line 8", "R03", "1 cells"),
    ]


def test_a_cell_after_the_last_comma_is_in_no_year() -> None:
    """Its period is blank, which rule V03 refuses."""
    (row,) = reading_of(line("KEN", "", "", "").replace(",\n", ",9\n")).items
    assert isinstance(row, ObservationRow) and (row.place, row.period) == ("line 6, after the last year", "")


def test_a_file_without_the_heading_or_with_a_column_of_anything_else_is_refused() -> None:
    with pytest.raises(FileProblem, match="No line of the first 10 is the heading"):
        reading_of("a,b\n" * 20, BEFORE)
    with pytest.raises(FileProblem, match="The column 'Total' is headed by no year"):
        reading_of("", BEFORE + NAMES.replace('"1962"', '"Total"'))
