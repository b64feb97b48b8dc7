"""A person with a password, and the forms of signing in."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client

from idm.accounts.models import User

PASSWORD = "a long one for tests"
HASHED = make_password(PASSWORD)


@pytest.fixture(autouse=True)
def nothing_counted(db: None, settings: Any) -> None:
    """No sign-in was refused yet, and mail is sent at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    cache.clear()


@pytest.fixture
def person(db: None) -> User:
    """Somebody with a password and no mandate."""
    user = User.objects.create_user("amina@ministry.example", name="Amina")
    User.objects.filter(pk=user.pk).update(password=HASHED)
    user.refresh_from_db()
    return user


def send_password(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/account/login/", {"login": email, "password": password}, **more)


@pytest.fixture
def with_app(person: User) -> Callable[[], str]:
    """The person has an app; the function gives its code now."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)

    def code() -> str:
        return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    return code


def signed_in(client: Client) -> bool:
    """Whether somebody is signed in."""
    return client.get("/account/").status_code == 200


def client_of(user: User) -> Client:
    """The client of somebody who is signed in."""
    client = Client()
    client.force_login(user)
    return client
