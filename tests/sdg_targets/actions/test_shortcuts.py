"""As last year and nothing to report: only what is empty is filled, and what was carried over says so."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from idm.accounts.models import User
from sdg_targets.actions.shortcuts import repeat_last, report_nothing
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.actions.submissions import national_dataset, submit
from sdg_targets.models import CellVersion, RoundItem, Submission
from tests.factories import make_area, write_rows
from tests.factories.observations import row
from tests.factories.submissions import enter, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(focal_point: User) -> Submission:
    """Three years are asked for, in total and by sex; 2013 and 2014 are published for the total, 2012 for women."""
    made = make_submission(focal_point)
    RoundItem.objects.update(breakdowns=["_T", "SEX=F", "SEX=M"])
    figures = [("2013", "9.1", "_T"), ("2014", "9.25", "_T"), ("2012", "8", "SEX=F")]
    rows = [row("KEN", year, value, breakdown=key, source=f"Survey {year}", status="P") for year, value, key in figures]
    write_rows(rows, dataset=national_dataset(make_area("KEN")))
    write_rows([row("KEN", "2014", "5", breakdown="SEX=M")])
    return made


def said(submission: Submission) -> dict[tuple[str, str], Decimal | str | None]:
    cells = submission.cells.filled().with_names()
    return {(c.period.code, c.breakdown.key): c.status if c.value is None else c.value for c in cells}


def test_the_newest_period_is_filled_with_the_last_published_national_figure(
    submission: Submission, focal_point: User
) -> None:
    filled = repeat_last(submission=submission, by=focal_point)
    assert len(filled) == 2
    assert said(submission) == {("2016", "_T"): Decimal("9.25"), ("2016", "SEX=F"): Decimal(8)}
    cell = submission.cells.get(breakdown__key="_T")
    assert (cell.footnote, cell.source, cell.status) == (
        "As in 2014: carried over, not measured anew.",
        "Survey 2014",
        "P",
    )
    assert "2014" in cell.note
    assert CellVersion.objects.get(cell=cell).way == "carried"


def test_what_was_entered_is_never_overwritten(submission: Submission, focal_point: User) -> None:
    enter(submission, focal_point, "7", of="2016")
    repeat_last(submission=submission, by=focal_point)
    assert said(submission)["2016", "_T"] == Decimal(7)
    with pytest.raises(StepRefused, match="nothing to carry over"):
        repeat_last(submission=submission, by=focal_point)


def test_nothing_is_carried_into_a_period_of_which_a_figure_is_published(
    submission: Submission, focal_point: User
) -> None:
    write_rows(
        [row("KEN", "2016", "9.4"), row("KEN", "2016", "8", breakdown="SEX=F")],
        dataset=national_dataset(make_area("KEN")),
    )
    with pytest.raises(StepRefused):
        repeat_last(submission=submission, by=focal_point)


def test_nothing_to_report_gives_every_empty_value_the_reason(submission: Submission, focal_point: User) -> None:
    enter(submission, focal_point, "7", of="2016")
    filled = report_nothing(submission=submission, reason="L", by=focal_point)
    assert len(filled) == 9 - 2  # one was entered, one is published
    found = said(submission)
    assert found["2016", "_T"] == Decimal(7)
    assert ("2014", "_T") not in found
    assert {value for place, value in found.items() if place != ("2016", "_T")} == {"L"}
    with pytest.raises(StepRefused, match="Nothing is empty"):
        report_nothing(submission=submission, reason="L", by=focal_point)


@pytest.mark.parametrize("reason", ["A", "", "Z"])
def test_a_reason_is_one_of_those_for_no_value(submission: Submission, focal_point: User, reason: str) -> None:
    with pytest.raises(StepRefused):
        report_nothing(submission=submission, reason=reason, by=focal_point)


def test_shortcuts_are_for_those_who_enter_and_while_something_can_be_entered(
    submission: Submission, focal_point: User, validator: User
) -> None:
    with pytest.raises(PermissionDenied):
        repeat_last(submission=submission, by=validator)
    enter(submission, focal_point, "7", of="2015")
    submit(submission=submission, by=focal_point)
    for deed in (lambda: repeat_last(submission=submission, by=focal_point),
                 lambda: report_nothing(submission=submission, reason="L", by=focal_point)):  # fmt: skip
        with pytest.raises(StepRefused):
            deed()
    assert submission.cells.count() == 1
