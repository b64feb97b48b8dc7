"""A submission as a grid: what stands in it, and that its size costs no query."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from idm.accounts.models import User
from sdg_targets.actions.comments import comment
from sdg_targets.actions.submissions import national_dataset, submit
from sdg_targets.domain.periods import parse_period
from sdg_targets.models import RoundItem, Submission
from sdg_targets.queries.grid import GridCell, GridColumn, grid_of
from tests.factories import make_area, make_dataset, make_series, write_rows
from tests.factories.observations import row
from tests.factories.submissions import enter, make_round, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(focal_point: User) -> Submission:
    return make_submission(focal_point)


def cell(submission: Submission, period: str, breakdown: str = "_T", *, also: Sequence[GridColumn] = ()) -> GridCell:
    return next(one for one in grid_of(submission, also=also).cells if one.place[1:] == (period, breakdown))


def test_an_empty_grid_has_a_place_for_each_value_asked_for(submission: Submission) -> None:
    grid = grid_of(submission)
    (sheet,) = grid.sheets
    assert [column.code for column in sheet.columns] == ["2014", "2015", "2016"]
    (series,) = sheet.series
    assert (series.code, series.indicators, series.symbol) == ("SI_RMT_COST", ("10.c.1",), "%")
    assert [one.words for one in series.rows] == ["Total"]
    assert (grid.asked, grid.filled, grid.beyond) == (3, 0, 0)
    assert all(one.version == 0 and one.asked for one in grid.cells)


def test_a_draft_stands_beside_the_national_and_the_global_figure(submission: Submission, focal_point: User) -> None:
    write_rows([row("KEN", "2015", "8.4")])
    write_rows([row("KEN", "2015", "9.1")], dataset=national_dataset(make_area("KEN")))
    enter(submission, focal_point, "7.25", of="2015")
    found = cell(submission, "2015")
    assert found.draft is not None and found.national is not None and found.world is not None
    assert (found.draft.value, found.draft.version, found.draft.by) == (Decimal("7.25"), 1, str(focal_point))
    assert (found.national.value, found.world.value) == (Decimal("9.1"), Decimal("8.4"))
    assert grid_of(submission).filled == 1


def test_of_global_datasets_the_first_in_rank_stands(submission: Submission) -> None:
    write_rows([row("KEN", "2015", "5")], dataset=make_dataset("OTHER", rank=70))
    write_rows([row("KEN", "2015", "8.4")])
    found = cell(submission, "2015").world
    assert found is not None and found.value == Decimal("8.4")


def test_what_was_entered_beyond_what_is_asked_has_its_row_and_column(
    submission: Submission, focal_point: User
) -> None:
    enter(submission, focal_point, "7", of="2010/2011", by_key="SEX=F", time_detail="Fiscal year, July to June")
    grid = grid_of(submission)
    (sheet,) = grid.sheets
    assert [column.code for column in sheet.columns] == ["2010/2011", "2014", "2015", "2016"]
    assert sheet.columns[0].detail == "Fiscal year, July to June"
    assert [one.breakdown for one in sheet.series[0].rows] == ["_T", "SEX=F"]
    assert (grid.asked, grid.filled, grid.beyond) == (3, 0, 1)


def test_a_cell_that_was_emptied_again_keeps_its_version_and_makes_no_column(
    submission: Submission, focal_point: User
) -> None:
    enter(submission, focal_point, "7", of="2009")
    enter(submission, focal_point, None, of="2009", source="")
    assert "2009" not in [column.code for column in grid_of(submission).sheets[0].columns]
    wanted = GridColumn(parse_period("2009"))
    assert cell(submission, "2009", also=[wanted]).version == 2


def test_series_by_quarter_stand_in_a_sheet_of_their_own(focal_point: User) -> None:
    yearly, quarterly = make_series("BY_YEAR"), make_series("BY_QUARTER")
    asked = make_round(series=(yearly, quarterly))
    RoundItem.objects.filter(series=quarterly).update(frequency="Q", first_year=2016)
    grid = grid_of(make_submission(focal_point, of_round=asked), also=[GridColumn(parse_period("2017-Q1"))])
    assert [sheet.frequency for sheet in grid.sheets] == ["A", "Q"]
    assert [column.code for column in grid.sheets[1].columns] == ["2016-Q1", "2016-Q2", "2016-Q3", "2016-Q4", "2017-Q1"]
    assert grid.asked == 3 + 4


def test_questions_of_the_reviewers_are_counted_and_their_own_notes_are_not(
    submission: Submission, focal_point: User, reviewer: User
) -> None:
    saved = enter(submission, focal_point, "7")
    submit(submission=submission, by=focal_point)
    comment(submission=submission, by=reviewer, text="Which survey?", cell=saved.cell)
    comment(submission=submission, by=reviewer, text="Ask again in May", cell=saved.cell, internal=True)
    found = cell(submission, "2015").draft
    assert found is not None and found.open_comments == 1


def test_forty_series_of_fifteen_years_take_as_many_queries_as_one_series(focal_point: User) -> None:
    small = make_submission(focal_point)
    enter(small, focal_point, "1", by_key="SEX=F")
    many = tuple(make_series(f"SERIES_{number:02}", indicator=f"1.{number + 1}.1") for number in range(40))
    asked = make_round("large", series=many)
    RoundItem.objects.filter(round=asked).update(first_year=2002, last_year=2016)
    large = make_submission(focal_point, of_round=asked)
    for series in many[:10]:
        enter(large, focal_point, "1", series=series, by_key="SEX=F")
    counts = []
    for submission in (small, large):
        with CaptureQueriesContext(connection) as queries:
            grid = grid_of(submission)
        counts.append(len(queries))
    assert grid.asked == 600
    assert counts == [6, 6]
