"""Mandates that change hands stay within the country, are recorded, and end with the one they come from."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from idm.accounts.models import User
from sdg_targets.actions.mandates import MandateRefused, delegate, end_delegation, hand_over
from sdg_targets.domain.roles import Permission
from sdg_targets.models import Area, Mandate, MandateDeed, MandateEvent
from sdg_targets.permissions import can
from tests.factories import make_area
from tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db


def day(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture
def kenya(db: None) -> Area:
    return make_area("KEN")


def of(user: User) -> Mandate:
    return Mandate.objects.of(user).own().get()


def lend(by: User, to: User, first: int = 0, last: int = 14, **more: Any) -> Mandate:
    return delegate(mandate=of(by), to=to, first=day(first), last=day(last), by=by, **more)


def test_a_colleague_acts_during_the_period_and_no_longer(
    lead_focal_point: User, focal_point: User, kenya: Area
) -> None:
    made = lend(lead_focal_point, focal_point, note="Leave")
    assert can(focal_point, Permission.INVITE_COLLEAGUES, area=kenya)
    assert can(lead_focal_point, Permission.INVITE_COLLEAGUES, area=kenya)
    held = Mandate.objects.of(focal_point).filter(role="lead_focal_point")
    assert [held.in_force(on=day(number)).exists() for number in (-1, 0, 14, 15)] == [False, True, True, False]
    event = MandateEvent.objects.get()
    assert (event.deed, event.by, event.person) == (MandateDeed.DELEGATED, lead_focal_point, focal_point.email)
    assert (event.valid_from, event.valid_to, event.note) == (made.valid_from, made.valid_to, "Leave")


def test_a_delegation_ends_with_the_mandate_it_comes_from(
    lead_focal_point: User, focal_point: User, kenya: Area
) -> None:
    lend(lead_focal_point, focal_point)
    Mandate.objects.filter(pk=of(lead_focal_point).pk).update(valid_to=day(-1))
    assert not can(focal_point, Permission.INVITE_COLLEAGUES, area=kenya)
    assert can(focal_point, Permission.ENTER_DATA, area=kenya)


@pytest.mark.parametrize(
    ("first", "last", "because"),
    [
        (-1, 5, "today or later"),
        (5, 4, "ends after it begins"),
        (0, 367, "A year at most"),
        (0, 61, "ends before that"),
        (10, 20, "already"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused(
    lead_focal_point: User, focal_point: User, first: int, last: int, because: str
) -> None:
    lend(lead_focal_point, focal_point, 15, 16)
    if because == "ends before that":
        Mandate.objects.filter(pk=of(lead_focal_point).pk).update(valid_to=day(60))
    with pytest.raises(MandateRefused, match=because):
        lend(lead_focal_point, focal_point, first, last)
    assert Mandate.objects.of(focal_point).count() == 2


def test_only_colleagues_of_the_same_country_stand_in(
    lead_focal_point: User, focal_point: User, outsider: User, reviewer: User
) -> None:
    Mandate.objects.of(focal_point).update(area=make_area("UGA"))
    for to in (focal_point, outsider, reviewer, lead_focal_point):
        with pytest.raises(MandateRefused, match="Choose a colleague"):
            lend(lead_focal_point, to)


def test_nobody_passes_on_what_is_another_s_but_who_looks_after_mandates(
    lead_focal_point: User, focal_point: User, administrator: User
) -> None:
    period = {"first": day(0), "last": day(1)}
    with pytest.raises(PermissionDenied):
        delegate(mandate=of(lead_focal_point), to=focal_point, by=focal_point, **period)
    with pytest.raises(PermissionDenied):
        hand_over(mandate=of(lead_focal_point), to=focal_point, first=day(0), by=focal_point)
    assert delegate(mandate=of(lead_focal_point), to=focal_point, by=administrator, **period)


def test_what_was_delegated_is_not_passed_on(lead_focal_point: User, focal_point: User) -> None:
    made = lend(lead_focal_point, focal_point)
    with pytest.raises(MandateRefused, match="not passed on"):
        delegate(mandate=made, to=lead_focal_point, first=day(0), last=day(1), by=focal_point)


def test_mandates_without_a_country_or_that_are_over_are_not_passed_on(
    reviewer: User, lead_focal_point: User, focal_point: User
) -> None:
    with pytest.raises(MandateRefused, match="Only mandates of a country"):
        lend(reviewer, focal_point)
    Mandate.objects.of(lead_focal_point).update(valid_to=day(-1))
    with pytest.raises(MandateRefused, match="not in force"):
        lend(lead_focal_point, focal_point)


def test_a_delegation_is_ended_by_whoever_gave_it(lead_focal_point: User, focal_point: User, kenya: Area) -> None:
    made = lend(lead_focal_point, focal_point)
    with pytest.raises(PermissionDenied):
        end_delegation(delegation=made, by=focal_point)
    with pytest.raises(MandateRefused):
        end_delegation(delegation=of(focal_point), by=focal_point)
    end_delegation(delegation=made, by=lead_focal_point)
    assert not can(focal_point, Permission.INVITE_COLLEAGUES, area=kenya)
    assert MandateEvent.objects.filter(deed=MandateDeed.DELEGATION_ENDED).exists()


@pytest.mark.parametrize("first", [0, 10])
def test_a_mandate_is_handed_over_for_good(lead_focal_point: User, focal_point: User, kenya: Area, first: int) -> None:
    mine = of(lead_focal_point)
    lend(lead_focal_point, focal_point, 0, 300)
    theirs = hand_over(mandate=mine, to=focal_point, first=day(first), by=lead_focal_point, note="New post")
    for number in (first - 1, first, first + 200):
        leads = Mandate.objects.own().in_force(on=day(number)).filter(role="lead_focal_point", area=kenya)
        assert [row.user for row in leads] == [focal_point if number >= first else lead_focal_point]
    assert theirs.delegated_from is None
    assert MandateEvent.objects.get(deed=MandateDeed.HANDED_OVER).note == "New post"


def test_one_that_began_on_that_day_is_gone(lead_focal_point: User, focal_point: User) -> None:
    Mandate.objects.of(lead_focal_point).update(valid_from=day(0))
    hand_over(mandate=of(lead_focal_point), to=focal_point, first=day(0), by=lead_focal_point)
    assert not Mandate.objects.of(lead_focal_point).exists()


def test_who_held_it_before_takes_it_up_again(lead_focal_point: User) -> None:
    colleague = make_account("focal_point")
    old = Mandate.objects.create(user=colleague, role="lead_focal_point", area=make_area("KEN"), valid_to=day(-100))
    hand_over(mandate=of(lead_focal_point), to=colleague, first=day(3), by=lead_focal_point)
    old.refresh_from_db()
    assert (old.valid_from, old.valid_to) == (day(3), None)


@pytest.mark.parametrize(("first", "because"), [(-1, "today or later"), (99, "ends before that")])
def test_a_day_that_makes_no_sense_is_refused(
    lead_focal_point: User, focal_point: User, first: int, because: str
) -> None:
    Mandate.objects.of(lead_focal_point).update(valid_to=day(60))
    with pytest.raises(MandateRefused, match=because):
        hand_over(mandate=of(lead_focal_point), to=focal_point, first=day(first), by=lead_focal_point)


def test_a_delegation_without_an_end_is_refused_by_the_database(lead_focal_point: User, focal_point: User) -> None:
    with pytest.raises(IntegrityError, match="mandate_delegated_for_a_time"), transaction.atomic():
        Mandate.objects.create(
            user=focal_point, role="lead_focal_point", area=make_area("KEN"), delegated_from=of(lead_focal_point)
        )
