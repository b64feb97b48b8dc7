"""What an administrator does for people who lost phone and codes."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.test import Client

from idm.accounts.actions import end_every_session, take_second_factors_away
from idm.accounts.models import User

pytestmark = pytest.mark.django_db


def with_passkey(user: User) -> Client:
    """A person with a passkey who is signed in."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    client = Client()
    client.force_login(user)
    return client


def ask(by: User, *people: User) -> str:
    client = Client()
    client.force_login(by)
    form = {"action": "take_second_factors_away", "_selected_action": [person.pk for person in people]}
    return client.post("/admin/accounts/user/", form, follow=True).content.decode()


def test_second_factors_go_and_sessions_end(administrator: User, person: User) -> None:
    client = with_passkey(person)
    assert "Amina signs in with the password alone." in ask(administrator, person)
    assert not Authenticator.objects.exists()
    assert client.get("/account/").status_code == 302


def test_a_superuser_s_are_taken_by_a_superuser_alone(administrator: User) -> None:
    boss = User.objects.create_superuser("boss@ministry.example")
    with_passkey(boss)
    assert "only a superuser may" in ask(administrator, boss)
    with pytest.raises(PermissionDenied):
        take_second_factors_away(user=boss, by=administrator)
    assert Authenticator.objects.count() == 1
    assert take_second_factors_away(user=boss, by=User.objects.create_superuser("other@example.org")) == 1


def test_others_take_nothing_and_end_nothing(reviewer: User, person: User) -> None:
    with_passkey(person)
    for deed in (take_second_factors_away, end_every_session):
        with pytest.raises(PermissionDenied):
            deed(user=person, by=reviewer)
    assert Authenticator.objects.count() == 1


def test_the_library_has_no_pages_of_its_own_in_the_administration() -> None:
    assert not [model for model in admin.site._registry if model.__module__.startswith("allauth")]
