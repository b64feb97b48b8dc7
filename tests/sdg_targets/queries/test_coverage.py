"""Coverage against a slow second implementation over the shipped figures, now and in the past; and small cases."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from statistics import median

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sdg_targets.domain.coverage import State
from sdg_targets.models import Area, Indicator, Observation, Series, SeriesCoverage
from sdg_targets.queries.coverage import Cell, Coverage, CoverageQuestion, expected_series
from sdg_targets.queries.groups import groups_on
from sdg_targets.queries.known_context import KnownContext, known_context, known_now
from sdg_targets.queries.profiles import profile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
YEAR = 2020


def ask(known: KnownContext, *, dimension: str = "", areas: tuple[str, ...] = ()) -> Coverage:
    rows = Area.objects.filter(code__in=areas) if areas else Area.objects.member_states()
    return Coverage(CoverageQuestion(tuple(expected_series()), tuple(rows.order_by("code")), known, YEAR, dimension))


class Rows:
    """Every version known at a moment, by series and area, as plain rows: what the slow way looks through."""

    def __init__(self, known: KnownContext) -> None:
        self.found: dict[tuple[int, int], list[tuple[object, ...]]] = {}
        self.reached: dict[int, set[bool]] = {}
        self.years: dict[int, set[int]] = {}
        columns = ("series_id", "area_id", "period__end", "breakdown__key", "breakdown__codes", "value", "status")
        rows = Observation.objects.known_at(known.revision).values_list(*columns, "value_text", "area__status")
        for series, area, end, key, codes, value, status, printed, kind in rows.iterator(2000):
            self.found.setdefault((series, area), []).append((end, key, codes, value, status, printed))
            self.reached.setdefault(series, set()).add(kind == "aggregate")
            if value is not None:
                self.years.setdefault(series, set()).add(end.year)

    def state(self, series: Series, area: Area, dimension: str) -> tuple[str, int | None, int]:
        """State, year of the figure, and number of years with a headline figure, found row by row."""
        rows = self.found.get((series.pk, area.pk), [])
        headline = [row for row in rows if row[1] in series.headline_keys]
        valued = [row for row in headline if row[3] is not None]
        years = len({row[0].year for row in valued})
        if valued:
            state, year = "figure", max(row[0].year for row in valued)
        elif headline:
            newest = max(headline, key=lambda row: row[0])
            reasons = {"L": "not_collected", "M": "not_applicable", "O": "not_yet", "Q": "suppressed", "K": "elsewhere"}
            state, year = ("not_asked" if newest[5] == "N" else reasons[str(newest[4])]), None
        elif series.pk not in self.reached:
            state, year = "unpublished", None
        else:
            state, year = ("not_yet" if False in self.reached[series.pk] else "regional"), None
        if dimension:
            with_value = [row for row in rows if row[3] is not None]
            parts = {row[2].get(dimension, "_T") for row in with_value} - {"_U"}
            if len(parts) > 1:
                named = [row[0].year for row in with_value if row[2].get(dimension, "_U") != "_U"]
                return "figure", max(named), years
            return ("not_yet" if state == "figure" else state), None, years
        return state, year, years


@cache
def slowly(as_of: str) -> Rows:
    """Read once for all tests of this module."""
    return Rows(known_context(as_of))


@pytest.mark.parametrize(
    ("as_of", "dimension"),
    [
        *(("", dimension) for dimension in ("", "SEX", "MIGRATORY_STATUS", "AGE", "POLICY_DOMAIN")),
        *(("2019.Q3.G.01", dimension) for dimension in ("", "SEX", "AGE")),
        ("2019.Q2.G.01", ""),
        ("0", ""),
    ],
)
def test_every_cell_is_what_the_slow_way_finds(as_of: str, dimension: str) -> None:
    known = known_context(as_of)
    coverage, slow = ask(known, dimension=dimension), slowly(as_of)
    years = coverage.years(coverage.cells)
    assert len(coverage.cells) % 193 == 0 and coverage.cells
    for cell in coverage.cells:
        state, year, with_figure = slow.state(cell.series, cell.area, dimension)
        assert (cell.state.value, cell.year) == (state, year), (cell.series.code, cell.area.code)
        expected = (with_figure, len(slow.years.get(cell.series.pk, ())))
        assert years[cell.series.pk, cell.area.pk] == expected, (cell.series.code, cell.area.code)


def test_counts_by_series_are_those_of_the_slow_way() -> None:
    slow = slowly("")
    areas = list(Area.objects.member_states())
    for row in ask(known_now()).by_series():
        found = [slow.state(row.series, area, "") for area in areas]
        years = [year for _state, year, _years in found if year is not None]
        assert (row.summary.expected, row.summary.figures) == (193, len(years)), row.series.code
        assert row.summary.newest_year == max(years, default=None)
        assert row.summary.median_age == (median(max(0, YEAR - year) for year in years) if years else None)
        assert row.summary.within_5_years == sum(1 for year in years if year >= YEAR - 4)
        divided = {
            one.dimension.code: sum(slow.state(row.series, a, one.dimension.code)[0] == "figure" for a in areas)
            for one in row.dimensions
        }
        assert {one.dimension.code: one.areas for one in row.dimensions} == divided


def test_a_country_s_page_and_its_coverage_count_alike() -> None:
    indicators = list(Indicator.objects.about_migration())
    coverage = ask(known_now())
    rows = {row.area.code: row for row in coverage.by_area(coverage.by_indicator(indicators))}
    for code in ("KEN", "FRA", "TUV", "SSD", "USA"):
        page = profile(rows[code].area, known_now())
        assert rows[code].summary.figures == page.with_value, code
        ages = {r.entry.indicator.code: r.latest.year for r in page.rows if r.latest}
        assert {cell.indicator.code: cell.year for cell in rows[code].cells if cell.year} == ages, code


def test_regions_hold_every_member_state_once() -> None:
    coverage = ask(known_now())
    groups = groups_on(date(YEAR, 12, 31))
    members = {area.pk for area in coverage.question.areas}
    assert len(groups.regions) == 8
    assert sum(len(group.members & members) for group in groups.regions) == 193
    assert {group.area.code for group in groups.others} == {"LDC", "LLDC", "SIDS"}
    for row in coverage.by_indicator(list(Indicator.objects.about_migration()), [g.members for g in groups.regions]):
        assert sum(one.figures for one in row.by_group) == row.summary.figures
        assert sum(one.expected for one in row.by_group) == row.summary.expected == 193


def test_a_group_has_the_members_of_the_reference_year() -> None:
    """Vanuatu and Bhutan left the least developed countries in 2020 and 2023."""
    members = {
        year: {area.members for area in groups_on(date(year, 12, 31)).others if area.area.code == "LDC"}.pop()
        for year in (2019, 2022, 2024)
    }
    vanuatu, bhutan = (Area.objects.get(code=code).pk for code in ("VUT", "BTN"))
    assert [(vanuatu in members[y], bhutan in members[y]) for y in (2019, 2022, 2024)] == [
        (True, True), (False, True), (False, False),
    ]  # fmt: skip


def test_not_asked_stands_for_territories_and_no_government() -> None:
    territories = tuple(Area.objects.filter(status="area", kind="territory").values_list("code", flat=True))
    asked = [cell for cell in ask(known_now(), areas=territories).cells if cell.series.code == "SG_CPA_MIGRS"]
    assert sum(cell.state is State.NOT_ASKED for cell in asked) == 49
    members = [cell for cell in ask(known_now()).cells if cell.series.code == "SG_CPA_MIGRS"]
    assert {cell.state for cell in members} == {State.FIGURE, State.NOT_YET}


def test_what_is_published_for_regions_alone_says_so() -> None:
    states = {cell.series.code: cell.state for cell in ask(known_now(), areas=("KEN",)).cells}
    assert states["SG_CPA_MIGRP"] is State.REGIONAL
    assert states["SI_RMT_COST_SC"] is State.UNPUBLISHED


def test_a_series_is_expected_until_the_newer_one_is_published() -> None:
    """SG_CPA_MIGRS took the place of SG_CPA_MIGR with the publication of 2020-10; SH_MED_DEN has not come."""

    def codes(as_of: str) -> set[str]:
        return {cell.series.code for cell in ask(known_context(as_of), areas=("KEN",)).cells}

    assert {"SG_CPA_MIGR", "SG_CPA_MIGRS"} & codes("") == {"SG_CPA_MIGRS"}
    assert {"SG_CPA_MIGR", "SG_CPA_MIGRS"} <= codes("2019.Q3.G.01")
    assert {"SH_MED_HEAWOR", "SH_MED_DEN"} <= codes("")


def test_the_number_of_queries_hangs_on_nothing_but_the_question() -> None:
    def counted(coverage: Coverage) -> int:
        with CaptureQueriesContext(connection) as queries:
            coverage.by_indicator(indicators)
            coverage.by_series()
            coverage.years(coverage.cells)
        return len(queries)

    indicators = list(Indicator.objects.about_migration())
    assert counted(ask(known_now(), areas=("KEN",))) == counted(ask(known_now())) == 6
    assert counted(ask(known_context("2019.Q3.G.01"))) == 6


def cells_of(coverage: Coverage) -> Iterator[tuple[str, str]]:
    cell: Cell
    for cell in coverage.cells:
        yield cell.series.code, cell.area.code


def test_nothing_is_asked_for_nothing() -> None:
    question = CoverageQuestion((), tuple(Area.objects.member_states()), known_now(), YEAR)
    assert list(cells_of(Coverage(question))) == []
    assert Coverage(question).years([]) == {}
    assert SeriesCoverage.objects.exists()
