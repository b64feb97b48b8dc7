"""The context of a country's figures: what is published, the limits, in as many queries for one cell as for all."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sdg_targets.domain.checking import check_cell, check_submission
from sdg_targets.domain.entered import Cell, CellKey
from sdg_targets.domain.findings import Point
from sdg_targets.models import Area, Dataset, Observation, Revision, Series, SeriesLimits, Tombstone
from sdg_targets.queries.checking import context_for, measure_of
from tests.factories import make_area, make_catalogue, make_dataset, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db
YEARS = range(2010, 2020)


@pytest.fixture
def national() -> Dataset:
    make_catalogue()
    kenya = make_dataset("national:KEN", reporting_type="N", area=make_area("KEN"))
    write_rows([row("KEN", str(year), "99") for year in YEARS])
    rows = [row("KEN", str(year), str(year - 2000), breakdown=key) for year in YEARS for key in ("_T", "SEX=F")]
    write_rows(rows, dataset=kenya)
    return kenya


def kenya(dataset: Dataset | None, **given: object) -> dict[str, object]:
    return {"area": Area.objects.get(code="KEN"), "series": list(Series.objects.all()), "dataset": dataset, **given}


def test_the_country_s_own_figures_are_what_is_published_here(national: Dataset) -> None:
    context = context_for(**kenya(national))  # type: ignore[arg-type]
    assert set(context.published) == {("SI_RMT_COST", "_T"), ("SI_RMT_COST", "SEX=F")}
    points = context.published["SI_RMT_COST", "_T"]
    assert {code: point.value for code, point in points.items()} == {str(year): Decimal(year - 2000) for year in YEARS}
    assert isinstance(points["2015"], Point) and points["2015"].period.end == date(2015, 12, 31)
    assert context_for(**kenya(None)).published == {}  # type: ignore[arg-type]


def test_what_is_superseded_is_not_believed_any_more(national: Dataset) -> None:
    write_rows([row("KEN", "2015", "7")], dataset=national)
    context = context_for(**kenya(national))  # type: ignore[arg-type]
    assert context.published["SI_RMT_COST", "_T"]["2015"].value == 7


def test_one_cell_and_all_take_the_same_queries(national: Dataset) -> None:
    def count(breakdowns: list[str] | None) -> tuple[int, int]:
        given = kenya(national, breakdowns=breakdowns)
        with CaptureQueriesContext(connection) as queries:
            context = context_for(**given)  # type: ignore[arg-type]
        return len(queries), len(context.published)

    assert (count(["SEX=F"]), count(None)) == ((6, 1), (6, 2))
    write_rows([row("KEN", str(year), "9", breakdown="SEX=M") for year in YEARS], dataset=national)
    assert count(None) == (6, 3)


def test_limits_of_the_series_come_before_those_of_its_kind(national: Dataset) -> None:
    series = Series.objects.get()
    assert measure_of(series).limits.jump_difference == 10
    SeriesLimits.objects.create(series=series, jump_difference=5, small_count=3, reason_en="A test")
    measure = measure_of(Series.objects.get())
    assert (measure.limits.jump_difference, measure.limits.small_count, measure.limits.maximum) == (5, 3, 100)
    cell = Cell(CellKey("SI_RMT_COST", "KEN", "2020"), value=Decimal(28), source="Survey")
    rules = [finding.rule for finding in check_cell(cell, context_for(**kenya(national)))]  # type: ignore[arg-type]
    assert rules == ["E07", "E08"]


def test_a_key_that_was_withdrawn_for_confidentiality_does_not_come_back(national: Dataset) -> None:
    of = Observation.objects.current().with_names().get(dataset=national, period__code="2015", breakdown__key="_T")
    key = {name: getattr(of, name) for name in ("dataset", "series", "area", "period", "breakdown")}
    Tombstone.objects.create(**key, revision=Revision.objects.latest("number"), reason="disclosed", versions=1)
    cell = Cell(CellKey("SI_RMT_COST", "KEN", "2015"), value=Decimal(15), source="Survey")
    context = context_for(**kenya(national))  # type: ignore[arg-type]
    assert [finding.rule for finding in check_submission([cell], context).findings] == ["V21"]


def test_the_day_is_given_or_today() -> None:
    make_catalogue()
    assert context_for(**kenya(None, today=date(2020, 1, 1))).known.today == date(2020, 1, 1)  # type: ignore[arg-type]
