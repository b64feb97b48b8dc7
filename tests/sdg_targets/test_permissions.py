"""Who may do what: against a second reading of the table of roles, for every role, permission and area."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from idm.accounts.models import User
from sdg_targets.domain.roles import ROLES, Permission, roles_with
from sdg_targets.models import Mandate
from sdg_targets.permissions import MayRead, can, permissions_of, require, requires
from tests.factories import make_area
from tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_what_the_table_says_and_nothing_else(role: str) -> None:
    kenya, uganda = make_area("KEN"), make_area("UGA")
    user = make_account(role)
    assert permissions_of(user) == ROLES[role].permissions
    for permission in Permission:
        held = role in roles_with(permission)
        assert can(user, permission) is held, permission
        assert can(user, permission, area=kenya) is held, permission
        everywhere = held and (not ROLES[role].needs_area or permission is Permission.READ_PUBLISHED)
        assert can(user, permission, area=uganda) is everywhere, permission


@pytest.mark.parametrize("person", [AnonymousUser(), None])
def test_a_stranger_may_read_what_is_published(person: Any) -> None:
    assert [permission for permission in Permission if can(person, permission)] == [Permission.READ_PUBLISHED]
    assert can(person, Permission.READ_PUBLISHED, area=make_area("KEN"))
    assert not can(person, Permission.ENTER_DATA, area=make_area("KEN"))


def test_an_account_that_may_not_sign_in_may_nothing_more_than_a_stranger() -> None:
    user = make_account("administrator")
    User.objects.filter(pk=user.pk).update(is_active=False, is_superuser=True)
    user.refresh_from_db()
    assert permissions_of(user) == {Permission.READ_PUBLISHED}
    assert not can(user, Permission.ENTER_DATA, area=make_area("KEN"))


def test_a_superuser_may_everything_everywhere() -> None:
    boss = User.objects.create_superuser("boss@example.org")
    assert permissions_of(boss) == set(Permission)
    assert can(boss, Permission.ENTER_DATA, area=make_area("UGA"))


def test_mandates_add_up_and_each_holds_for_its_own_area() -> None:
    kenya, uganda = make_area("KEN"), make_area("UGA")
    user = make_account("focal_point")
    Mandate.objects.create(user=user, role="lead_focal_point", area=uganda)
    assert can(user, Permission.ENTER_DATA, area=kenya) and can(user, Permission.ENTER_DATA, area=uganda)
    assert can(user, Permission.INVITE_COLLEAGUES, area=uganda)
    assert not can(user, Permission.INVITE_COLLEAGUES, area=kenya)


def test_a_reviewer_for_one_area_reviews_no_other() -> None:
    user = make_account(None)
    Mandate.objects.create(user=user, role="reviewer", area=make_area("KEN"))
    assert can(user, Permission.REVIEW_DATA, area=make_area("KEN"))
    assert not can(user, Permission.REVIEW_DATA, area=make_area("UGA"))


def test_a_mandate_outside_its_days_gives_nothing() -> None:
    user, today = make_account("importer"), timezone.localdate()
    for first, last, holds in (
        (today, today, True),
        (today + timedelta(1), None, False),
        (None, today - timedelta(1), False),
    ):
        Mandate.objects.update(valid_from=first, valid_to=last)
        assert can(user, Permission.IMPORT_DATA) is holds


def test_a_deed_is_refused_in_words_and_the_product_itself_may() -> None:
    require(None, Permission.IMPORT_DATA)
    require(make_account("importer"), Permission.IMPORT_DATA)
    with pytest.raises(PermissionDenied, match="You do not have the permission"):
        require(make_account(None), Permission.IMPORT_DATA)
    with pytest.raises(PermissionDenied):
        require(AnonymousUser(), Permission.IMPORT_DATA)


def test_a_guarded_page_asks_strangers_to_sign_in_and_refuses_the_others() -> None:
    @requires(Permission.REVIEW_DATA)
    def page(request: Any) -> HttpResponse:
        return HttpResponse("in")

    request = RequestFactory().get("/review/?page=2")
    request.user = AnonymousUser()
    response = page(request)
    assert response.status_code == 302 and response["Location"].endswith("?next=/review/%3Fpage%3D2")  # type: ignore[index]
    request.user = make_account("importer")
    with pytest.raises(PermissionDenied):
        page(request)
    request.user = make_account("reviewer")
    assert page(request).content == b"in"


def test_the_api_is_read_and_never_written() -> None:
    for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"):
        request = RequestFactory().generic(method, "/")
        request.user = make_account(None) if not User.objects.exists() else User.objects.get()
        assert MayRead().has_permission(request, None) is (method in ("GET", "HEAD", "OPTIONS"))


def test_one_question_serves_all_permissions(django_assert_num_queries: Any) -> None:
    user = make_account("administrator")
    with django_assert_num_queries(1):
        permissions_of(user)
