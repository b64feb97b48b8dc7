"""What is typed is read in the person's language; what cannot be read is kept; what cannot be kept is refused alone."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from idm.accounts.models import User
from sdg_targets.actions.cells import Saved
from sdg_targets.actions.entering import Refused, Typed, enter_typed
from sdg_targets.models import CellVersion, Submission
from tests.factories.submissions import make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(focal_point: User) -> Submission:
    return make_submission(focal_point)


def typed(period: str = "2015", *, seen: int = 0, key: Any = None, breakdown: str = "_T", **fields: str) -> Typed:
    return Typed("SI_RMT_COST", period, breakdown, seen, fields, key)


def enter(submission: Submission, by: User, *changes: Typed, language: str = "en") -> list[Saved | Refused]:
    return enter_typed(submission=submission, typed=changes, by=by, language=language)


def saved(outcome: Saved | Refused) -> Saved:
    assert isinstance(outcome, Saved)
    return outcome


def test_a_number_is_read_in_the_person_s_language(submission: Submission, focal_point: User) -> None:
    first, second = enter(
        submission, focal_point, typed(value=" 8,4 % "), typed("2016", value="1 013,8"), language="fr"
    )
    assert (saved(first).cell.value, saved(first).cell.typed) == (Decimal("8.4"), "8,4 %")
    assert saved(second).cell.value == Decimal("1013.8")


def test_a_value_that_cannot_be_read_is_kept_as_typed(submission: Submission, focal_point: User) -> None:
    (outcome,) = enter(submission, focal_point, typed(value="1,234"))
    cell = saved(outcome).cell
    assert (cell.value, cell.typed, cell.is_empty) == (None, "1,234", False)


def test_fields_that_are_not_named_stay(submission: Submission, focal_point: User) -> None:
    enter(submission, focal_point, typed(value="8.4", source="Survey", lower_bound="8", upper_bound="9"))
    (outcome,) = enter(submission, focal_point, typed(seen=1, footnote="Provisional"))
    cell = saved(outcome).cell
    assert (cell.value, cell.source, cell.footnote) == (Decimal("8.4"), "Survey", "Provisional")
    assert (cell.lower_bound, cell.upper_bound, cell.version) == (Decimal(8), Decimal(9), 2)


def test_a_number_puts_an_end_to_the_reason_why_there_was_none(submission: Submission, focal_point: User) -> None:
    enter(submission, focal_point, typed(status="L"))
    (outcome,) = enter(submission, focal_point, typed(seen=1, value="3"))
    assert saved(outcome).cell.status == "A"
    (outcome,) = enter(submission, focal_point, typed(seen=2, value="", status="M"))
    assert (saved(outcome).cell.status, saved(outcome).cell.value) == ("M", None)


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"lower_bound": "eight"}, "lower_bound"),
        ({"denominator": "1,234"}, "denominator"),
        ({"status": "Z"}, "status"),
        ({"nature": "XX"}, "nature"),
        ({"multiplier": "13"}, "multiplier"),
        ({"value": "9" * 81}, "value"),
        ({"time_detail": "y" * 201}, "time_detail"),
        ({"source": "a\0b"}, "source"),
        ({"mark": "accepted"}, "mark"),
    ],
)
def test_what_has_nowhere_to_be_kept_is_refused_alone(
    submission: Submission, focal_point: User, fields: dict[str, str], column: str
) -> None:
    refused, other = enter(submission, focal_point, typed(**fields), typed("2016", value="2"))
    assert isinstance(refused, Refused) and refused.column == column and refused.why
    assert saved(other).cell.value == Decimal(2)
    assert submission.cells.count() == 1


@pytest.mark.parametrize(
    ("place", "column"),
    [
        (("NOTHING", "2015", "_T"), "series"),
        (("SI_RMT_COST", "last year", "_T"), "period"),
        (("SI_RMT_COST", "2015", "SEX=Z"), "breakdown"),
        (("SI_RMT_COST", "2015", "women"), "breakdown"),
    ],
)
def test_codes_that_stand_for_nothing_are_refused(
    submission: Submission, focal_point: User, place: tuple[str, str, str], column: str
) -> None:
    (refused,) = enter(submission, focal_point, Typed(*place, seen=0, fields={"value": "1"}))
    assert isinstance(refused, Refused) and refused.column == column


def test_a_fiscal_year_that_nobody_named_before_is_a_period(submission: Submission, focal_point: User) -> None:
    change = typed("2015/2016", value="5", time_detail="Fiscal year, July to June", breakdown="SEX=F")
    (outcome,) = enter(submission, focal_point, change)
    cell = saved(outcome).cell
    assert (cell.period.code, cell.breakdown.key, cell.time_detail) == (
        "2015/2016",
        "SEX=F",
        "Fiscal year, July to June",
    )


def test_a_clash_writes_nothing_and_gives_what_stands(
    submission: Submission, focal_point: User, lead_focal_point: User
) -> None:
    enter(submission, focal_point, typed(value="8"))
    enter(submission, lead_focal_point, typed(seen=1, value="9"))
    (outcome,) = enter(submission, focal_point, typed(seen=1, value="10"))
    assert saved(outcome).clashed
    assert (saved(outcome).cell.value, saved(outcome).cell.changed_by) == (Decimal(9), lead_focal_point)


def test_the_same_change_sent_twice_is_one(submission: Submission, focal_point: User) -> None:
    key = uuid4()
    for _turn in range(2):
        (outcome,) = enter(submission, focal_point, typed(value="8", key=key))
        assert not saved(outcome).clashed
    assert CellVersion.objects.count() == 1


def test_who_has_no_mandate_for_the_country_enters_nothing(submission: Submission, reviewer: User) -> None:
    with pytest.raises(PermissionDenied):
        enter(submission, reviewer, typed(value="8"))
    assert submission.cells.count() == 0
