"""Signing in: password, app, recovery codes; refusals that say the same of known and unknown names."""

import re
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings as the_settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from idm.accounts.models import SignIn, User
from sdg_targets.models import Mandate
from tests.factories import make_area

from .conftest import PASSWORD, client_of, send_password, signed_in

pytestmark = pytest.mark.django_db


def test_the_password_is_kept_as_argon2() -> None:
    user = User.objects.create_user("one@ministry.example", PASSWORD)
    assert user.password.startswith("argon2$argon2id$")


def test_address_and_password_open_the_account_and_the_sign_in_is_written_down(person: User) -> None:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Android 15; Mobile) Firefox/140.0"})
    assert send_password(client, "Amina@Ministry.Example").status_code == 302
    page = client.get("/account/").content.decode()
    assert "Firefox, Android" in page
    assert "this session" in page
    written = SignIn.objects.get(user=person)
    assert (written.how, written.refused, written.address) == ("password", False, "127.0.0.1")


def test_where_somebody_wanted_to_go_is_where_signing_in_leads(person: User) -> None:
    client = Client()
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/account/login/?next=/admin/"
    answer = client.post("/account/login/", {"login": person.email, "password": PASSWORD, "next": "/fr/data/"})
    assert answer["Location"] == "/fr/data/"
    away = Client().post(
        "/account/login/", {"login": person.email, "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert away["Location"] == "/account/"


def bare(page: bytes, email: str) -> str:
    """A page without what is random or was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.decode())
    return text.replace(email, "")


def test_a_refusal_says_the_same_of_known_and_unknown_names_also_when_locked(person: User) -> None:
    """Byte by byte, at every attempt up to and beyond the lock; the right password then opens nothing either."""
    pages: dict[str, list[str]] = {}
    for email in (person.email, "nobody@ministry.example"):
        cache.clear()
        client = Client()
        pages[email] = [bare(send_password(client, email, "not the one").content, email) for _ in range(7)]
        pages[email].append(bare(send_password(client, email, PASSWORD).content, email))
        assert not signed_in(client)
    known, unknown = pages.values()
    assert known == unknown
    assert "The e-mail address or the password is not right." in known[4]
    assert all("Too many sign-ins were refused." in page for page in known[5:])


def test_the_lock_holds_for_a_name_from_every_address_and_for_an_address_with_every_name(person: User) -> None:
    for number in range(5):
        send_password(Client(REMOTE_ADDR=f"192.0.2.{number}"), person.email, "not the one")
    locked = send_password(Client(REMOTE_ADDR="192.0.2.99"), person.email)
    assert b"Too many sign-ins were refused." in locked.content
    cache.clear()
    for number in range(10):
        send_password(Client(REMOTE_ADDR="192.0.2.1"), f"someone{number}@ministry.example", "not the one")
    assert b"Too many" in send_password(Client(REMOTE_ADDR="192.0.2.1"), person.email).content
    assert send_password(Client(REMOTE_ADDR="192.0.2.2"), person.email).status_code == 302


def test_the_lock_opens_after_a_quarter_of_an_hour(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        send_password(Client(), person.email, "not the one")
    now = time.time()
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: now + 15 * 60 + 1)
    assert send_password(Client(), person.email).status_code == 302


def test_asking_for_a_new_password_too_often_is_refused_in_words(person: User) -> None:
    client = Client()
    answers = [client.post("/account/password/reset/", {"email": person.email}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert b"Wait a minute, then try again." in answers[-1].content
    assert len(mail.outbox) == 5


@pytest.mark.slow
def test_a_refusal_takes_about_as_long_for_unknown_names(person: User) -> None:
    took: dict[str, list[float]] = {person.email: [], "nobody@ministry.example": []}
    for _ in range(7):
        for email, times in took.items():
            cache.clear()
            begun = time.perf_counter()
            send_password(Client(), email, "not the one")
            times.append(time.perf_counter() - begun)
    known, unknown = (statistics.median(times) for times in took.values())
    assert 0.6 < known / unknown < 1.7


def test_a_refused_sign_in_is_seen_by_its_person_and_by_nobody_else(person: User) -> None:
    send_password(Client(), person.email, "not the one")
    send_password(Client(), "nobody@ministry.example", "not the one")
    client = Client()
    client.force_login(person)
    assert client.get("/account/").content.count(b">refused<") == 1
    assert SignIn.objects.filter(refused=True, user=None).count() == 1


def test_a_closed_account_is_not_opened(person: User) -> None:
    User.objects.update(is_active=False)
    client = Client()
    assert send_password(client, person.email).headers["Location"] == "/account/inactive/"
    assert not signed_in(client)


def test_the_administration_has_no_door_of_its_own(person: User) -> None:
    client = Client()
    answer = client.post("/admin/login/?next=/admin/", {"username": person.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")
    assert not signed_in(client)


def test_with_an_app_the_password_alone_opens_nothing(person: User, with_app: Callable[[], str]) -> None:
    client = Client()
    assert send_password(client, person.email)["Location"] == "/account/second-factor/code/"
    assert not signed_in(client)
    send_password(client, person.email)
    assert b"This code is not right" in client.post("/account/second-factor/code/", {"code": "000000"}).content
    assert client.post("/account/second-factor/code/", {"code": with_app()}).status_code == 302
    assert signed_in(client)
    assert SignIn.objects.first().how == "password + totp"


def test_a_code_of_the_app_opens_once(person: User, with_app: Callable[[], str]) -> None:
    code = with_app()
    for opened in (True, False):
        client = Client()
        send_password(client, person.email)
        client.post("/account/second-factor/code/", {"code": code})
        assert signed_in(client) is opened


def test_codes_are_locked_after_five_wrong_ones(person: User, with_app: Callable[[], str]) -> None:
    client = Client()
    send_password(client, person.email)
    for _ in range(5):
        client.post("/account/second-factor/code/", {"code": "000000"})
    assert b"Too many" in client.post("/account/second-factor/code/", {"code": with_app()}).content


def test_a_recovery_code_opens_once(person: User, with_app: Callable[[], str]) -> None:
    RecoveryCodes.activate(person)
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    for opened in (True, False):
        client = Client()
        send_password(client, person.email)
        client.post("/account/second-factor/code/", {"code": codes[0]})
        assert signed_in(client) is opened
    assert "9 left." in client_of(person).get("/account/").content.decode()


def test_secrets_of_second_factors_are_not_readable_in_the_database(person: User, with_app: Callable[[], str]) -> None:
    data = Authenticator.objects.get(user=person).data
    assert len(data["secret"]) > 100
    assert data["secret"].startswith("gAAAA")


def test_a_new_secret_of_the_program_reads_what_the_old_one_closed(
    person: User, with_app: Callable[[], str], settings: Any
) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another one " * 5
    client = Client()
    send_password(client, person.email)
    client.post("/account/second-factor/code/", {"code": with_app()})
    assert signed_in(client)


def test_setting_up_an_app_asks_for_the_password_again_and_gives_recovery_codes(person: User) -> None:
    client = client_of(person)
    asked = client.get("/account/second-factor/app/")
    assert asked["Location"].startswith("/account/again/")
    assert b"This is not your password." in client.post("/account/again/", {"password": "wrong"}).content
    client.post("/account/again/", {"password": PASSWORD})
    assert b"QR code" in client.get("/account/second-factor/app/").content
    wrong = client.post("/account/second-factor/app/", {"code": "12"})
    assert b"This code is not right" in wrong.content
    assert not person.has_second_factor()


# Who must have a second factor


@pytest.mark.parametrize("role", ["reviewer", "administrator"])
def test_who_publishes_or_looks_after_people_sets_up_a_second_factor_before_anything_else(
    person: User, role: str, with_passkey: Callable[[User], None]
) -> None:
    Mandate.objects.create(user=person, role=role)
    client = client_of(person)
    for address in ("/admin/", "/account/", "/my/people/", "/fr/admin/", "/admin/sdg_targets/observation/"):
        assert client.get(address)["Location"].endswith("/account/second-factor/"), address
    assert b"Your tasks need one" in client.get("/account/second-factor/").content
    assert client.get("/").status_code == 200
    with_passkey(person)
    assert client.get("/admin/").status_code == 200


def test_a_superuser_too(person: User, with_passkey: Callable[[User], None]) -> None:
    User.objects.update(is_superuser=True)
    client = client_of(person)
    assert client.get("/admin/accounts/user/")["Location"] == "/account/second-factor/"
    with_passkey(person)
    assert client.get("/admin/accounts/user/").status_code == 200


@pytest.mark.parametrize("role", ["focal_point", "lead_focal_point", "importer", "report_writer"])
def test_others_may_do_without(person: User, role: str) -> None:
    Mandate.objects.create(user=person, role=role, area=make_area("KEN") if "focal" in role else None)
    assert signed_in(client_of(person))


def test_accounts_of_a_demonstration_are_exempt_only_by_the_setting(administrator: User, settings: Any) -> None:
    assert settings.SECOND_FACTOR_EXEMPT_HOST == "example.org"  # DEMO=1, as in all tests
    client = client_of(administrator)
    assert client.get("/admin/").status_code == 200
    settings.SECOND_FACTOR_EXEMPT_HOST = ""
    assert client.get("/admin/")["Location"] == "/account/second-factor/"


@pytest.fixture
def with_passkey() -> Callable[[User], None]:
    """A function that gives an account a passkey, as far as the question goes whether it has one."""

    def give(user: User) -> None:
        Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})

    return give


def test_recovery_codes_alone_are_no_second_factor(person: User) -> None:
    RecoveryCodes.activate(person)
    assert not person.has_second_factor()


def test_public_pages_are_the_same_bytes_for_everybody(person: User) -> None:
    for address in ("/", "/about/", "/data/", "/fr/countries/"):
        mine, theirs = client_of(person).get(address), Client().get(address)
        assert mine.content == theirs.content, address
        assert "Cookie" not in theirs.get("Vary", ""), address
    assert the_settings.LOGIN_URL == "account_login"
