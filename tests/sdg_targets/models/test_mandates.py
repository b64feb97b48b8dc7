"""Mandates hold from their first day to their last, and say in words what the constraints would refuse."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from sdg_targets.domain.roles import ROLES
from sdg_targets.models import Mandate
from sdg_targets.models.mandates import role_choices
from tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (DAY + timedelta(1), None, False),
        (None, DAY - timedelta(1), False),
        (DAY - timedelta(9), DAY, True),
    ],
)
def test_a_mandate_holds_on_both_of_its_days(first: date | None, last: date | None, holds: bool) -> None:
    user = make_account("importer")
    Mandate.objects.update(valid_from=first, valid_to=last)
    assert Mandate.objects.of(user).in_force(on=DAY).exists() is holds


def test_a_role_for_one_area_needs_it_and_days_are_in_order() -> None:
    user = make_account(None)
    with pytest.raises(ValidationError) as refused:
        Mandate(user=user, role="focal_point").full_clean()
    assert "area" in refused.value.message_dict
    with pytest.raises(ValidationError) as refused:
        Mandate(user=user, role="importer", valid_from=DAY, valid_to=DAY - timedelta(1)).full_clean()
    assert "valid_to" in refused.value.message_dict
    Mandate(user=user, role="importer").full_clean()


def test_a_person_s_mandates_are_that_person_s_alone() -> None:
    one, other = make_account("importer"), make_account("reviewer")
    assert [m.role for m in Mandate.objects.of(one)] == ["importer"]
    assert str(Mandate.objects.of(other).get()) == "reviewer as Reviewer for all areas"


def test_the_choices_are_the_table_of_roles() -> None:
    assert [name for name, _label in role_choices()] == list(ROLES)
