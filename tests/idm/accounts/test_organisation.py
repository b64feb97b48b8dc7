"""Sign-in with the organisation's accounts, against a small OpenID Connect server inside the test."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client

from idm.accounts.models import SignIn, User

pytestmark = pytest.mark.django_db


class Provider(BaseHTTPRequestHandler):
    """The least that OpenID Connect asks of a server: its description, a token for a code, and who it is about."""

    claims: dict[str, Any] = {}

    def do_GET(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.startswith("/.well-known/"):
            ways = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            said = {f"{name}_endpoint": f"{base}/{path}" for name, path in ways.items()}
            self.say({"issuer": base, "jwks_uri": f"{base}/keys", **said})
        else:
            self.say(self.claims)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        base = f"http://127.0.0.1:{self.server.server_port}"
        now = int(time.time())
        token = {"iss": base, "aud": "idm", "iat": now, "exp": now + 60, **self.claims}
        if form["code"] != ["the-code"] or not form.get("code_verifier"):
            self.send_error(400)
            return
        signed = jwt.encode(token, "a key of the provider, of 32 bytes or more", algorithm="HS256")
        self.say({"access_token": "x", "token_type": "Bearer", "id_token": signed})

    def say(self, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: Any) -> None:
        """Nothing: the test says what is wrong."""


@pytest.fixture
def provider(settings: Any) -> Iterator[type[Provider]]:
    server = HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "organisation",
        "name": "Ministry",
        "client_id": "idm",
        "secret": "secret",
        "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield Provider
    server.shutdown()
    server.server_close()


def come_back(client: Client, **claims: Any) -> Any:
    """Go to the organisation's server and come back with what it says."""
    Provider.claims = {"sub": "7", **claims}
    away = client.get("/account/with/organisation/login/?process=login&next=/data/")
    assert away.status_code == 302
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert asked["redirect_uri"] == ["http://testserver/account/with/organisation/login/callback/"]
    assert asked["code_challenge_method"] == ["S256"]
    return client.get(f"/account/with/organisation/login/callback/?code=the-code&state={asked['state'][0]}")


def test_without_a_server_there_is_no_button_and_no_address() -> None:
    assert b"/account/with/" not in Client().get("/account/login/").content
    assert Client().get("/account/with/organisation/login/").status_code == 404


def test_with_one_there_is_a_button_in_every_language(provider: type[Provider]) -> None:
    for language in ("", "/fr", "/es"):
        page = Client().get(f"{language}/account/login/").content.decode()
        assert "/account/with/organisation/login/?process=login" in page
        assert "Ministry" in page


def test_the_account_of_a_vouched_address_is_opened(provider: type[Provider], person: User) -> None:
    client = Client()
    back = come_back(client, email="Amina@ministry.example", email_verified=True)
    assert back["Location"] == "/data/"
    assert client.get("/account/").status_code == 200
    assert SignIn.objects.get().how == "socialaccount"
    # The next time the number of the organisation's account is enough, whatever address it has then.
    again = Client()
    assert come_back(again, email="amina.new@ministry.example", email_verified=True)["Location"] == "/data/"
    assert again.session["_auth_user_id"] == str(person.pk)
    person.refresh_from_db()
    assert person.has_usable_password()


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "amina@ministry.example", "email_verified": False},
        {"email": "amina@ministry.example"},
        {"email": "nobody@ministry.example", "email_verified": True},
        {},
    ],
)
def test_whoever_has_no_account_gets_none(provider: type[Provider], person: User, claims: dict[str, Any]) -> None:
    client = Client()
    back = come_back(client, **claims)
    assert back.status_code == 403
    assert b"There is no account for you here" in back.content
    assert client.get("/account/").status_code == 302
    assert User.objects.count() == 1


def test_a_closed_account_stays_closed(provider: type[Provider], person: User) -> None:
    User.objects.update(is_active=False)
    client = Client()
    assert come_back(client, email=person.email, email_verified=True).status_code == 403
    assert client.get("/account/").status_code == 302


def test_a_second_factor_is_asked_for_here_too(provider: type[Provider], person: User, with_app: Any) -> None:
    client = Client()
    back = come_back(client, email=person.email, email_verified=True)
    assert back["Location"] == "/account/second-factor/code/"
    assert client.get("/account/").status_code == 302


def test_an_answer_that_nobody_asked_for_opens_nothing(provider: type[Provider], person: User) -> None:
    Provider.claims = {"sub": "7", "email": person.email, "email_verified": True}
    client = Client()
    back = client.get("/account/with/organisation/login/callback/?code=the-code&state=made-up")
    assert back.status_code == 401
    assert client.get("/account/").status_code == 302


def test_a_server_that_is_away_is_said_in_words(settings: Any) -> None:
    app = {
        "provider_id": "organisation",
        "name": "M",
        "client_id": "idm",
        "settings": {"server_url": "http://127.0.0.1:1"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    answer = Client(raise_request_exception=False).get("/account/with/organisation/login/?process=login")
    assert answer.status_code == 502
    assert b"Its server refused, or did not answer." in answer.content
