"""A submission value by value: beside its own published figure and the custodian's, with findings, marks and threads."""

from typing import Any

import pytest

from sdg_targets.actions.comments import comment
from sdg_targets.actions.deciding import query_cells, return_submission
from sdg_targets.actions.publishing import publish
from sdg_targets.actions.submissions import reopen, submit
from sdg_targets.domain.differences import Kind
from sdg_targets.models import Mark, Submission
from sdg_targets.queries.differences import rows_of
from tests.factories.observations import observe
from tests.factories.submissions import approved, enter, handed_in

pytestmark = pytest.mark.django_db
EXPLAINED = "The survey was done again with a larger sample."


def revision_of(focal_point: Any, reviewer: Any) -> Submission:
    """A second submission beside what the first published: 8.4, 9.1 and 9.3 for 2014 to 2016."""
    done = publish(submission=approved(focal_point, reviewer, "8.4", "9.1", "9.3"), by=reviewer)
    return reopen(submission=done, by=focal_point, reason="error", note="A slip.")


def test_each_value_is_told_as_what_it_changes(focal_point: Any, reviewer: Any) -> None:
    again = revision_of(focal_point, reviewer)
    for year, value, content in (
        ("2014", "8.4", {}), ("2015", "9.6", {"explanation": EXPLAINED}), ("2016", "9.3", {"footnote": "Urban areas."}),
        ("2017", "9.9", {}),
    ):  # fmt: skip
        enter(again, focal_point, value, of=year, **content)
    rows = {row.period.code: row for row in rows_of(submit(submission=again, by=focal_point))}
    kinds = {year: row.difference.kind for year, row in rows.items()}
    assert kinds == {"2014": Kind.SAME, "2015": Kind.REVISED, "2016": Kind.DESCRIBED, "2017": Kind.NEW}
    assert str(rows["2015"].difference.change) == "0.5"
    assert rows["2015"].difference.percent is None  # a per cent of a per cent
    before = rows["2017"].before
    assert before is not None
    assert (before.period, str(before.value), str(before.change)) == ("2016", "9.3", "0.6")
    before = rows["2016"].before
    assert before is not None
    assert str(before.value) == "9.6"  # that of this submission, not the one it replaces


def test_a_published_submission_stands_beside_what_it_replaced(focal_point: Any, reviewer: Any) -> None:
    again = revision_of(focal_point, reviewer)
    enter(again, focal_point, "9.6", of="2015", explanation=EXPLAINED)
    done = publish(submission=approved(focal_point, reviewer, of=submit(submission=again, by=focal_point)), by=reviewer)
    (row,) = rows_of(done)
    assert row.published is not None
    assert (str(row.published.value), row.difference.kind) == ("9.1", Kind.REVISED)


def test_the_custodian_s_figure_is_beside_and_never_taken_for_the_country_s(focal_point: Any) -> None:
    submission = handed_in(focal_point, "8.4")
    observe("KEN", "2014", "6.25")
    observe("UGA", "2014", "7")
    (row,) = rows_of(submission)
    assert row.globally is not None
    assert (str(row.globally.value), row.published, row.difference.kind) == ("6.25", None, Kind.NEW)


def test_what_is_found_makes_a_value_not_clean_and_a_note_does_not(focal_point: Any, reviewer: Any) -> None:
    again = revision_of(focal_point, reviewer)
    enter(again, focal_point, "8.4", of="2014", source="Central Bank of Kenya")
    enter(again, focal_point, "93", of="2016", source="Central Bank of Kenya", explanation=EXPLAINED)
    rows = {row.period.code: row for row in rows_of(submit(submission=again, by=focal_point))}
    assert {finding.rule for finding in rows["2016"].findings} >= {"E07", "E15"}
    assert "93" in rows["2016"].findings[0].text
    assert all(finding.is_explained for finding in rows["2016"].findings)
    assert (rows["2014"].is_clean, rows["2016"].is_clean) == (True, False)


def test_a_question_that_is_open_makes_a_value_not_clean(focal_point: Any, reviewer: Any) -> None:
    submission = handed_in(focal_point, "8.4", "8.5")
    cell = submission.cells.get(period__code="2014")
    comment(submission=submission, by=reviewer, text="Why?", cell=cell)
    comment(submission=submission, by=focal_point, text="Among us.", cell=cell, internal=True)
    first, second = rows_of(submission)
    assert [said.text for said in first.thread] == ["Why?"]
    assert (first.has_open_question, first.is_clean, second.has_open_question) == (True, False, False)


def test_after_a_return_a_mark_does_not_tell_what_the_country_changes(focal_point: Any, reviewer: Any) -> None:
    submission = handed_in(focal_point, "8.4", "8.5")
    cell = submission.cells.get(period__code="2014")
    query_cells(submission=submission, seen={cell.pk: cell.version}, text="Why?", by=reviewer)
    submission = return_submission(submission=submission, by=reviewer, note="One question.")
    before = [(row.mark, str(row.said.value), row.version) for row in rows_of(submission)]
    enter(submission, focal_point, "9.9", of="2014")
    enter(submission, focal_point, "9.9", of="2015")
    enter(submission, focal_point, "9.9", of="2016")
    assert [(row.mark, str(row.said.value), row.version) for row in rows_of(submission)] == before
    assert [mark for mark, _value, _version in before] == [Mark.QUERIED, Mark.NONE]
