"""The settings refuse an unsafe start, and a safe one passes Django's own deployment check."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from idm.accounts.models import User

CHECKOUT = Path(__file__).resolve().parents[2]
SERVER = {
    "SECRET_KEY": "k3v9-2hX_7qLm1RzT8wYbN5cJf0GdAsE6uPiO4xVtQeWrZyHaB3d",
    "ALLOWED_HOSTS": "sdg.example.org",
    "DATABASE_URL": "postgresql://idm:secret@db.example.org/idm",
}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in an environment that holds nothing else, as a server would."""
    return manage("shell", "--no-imports", "-c", "from django.conf import settings; print(settings.DEBUG)", environment)


def manage(*words: object) -> subprocess.CompletedProcess[str]:
    *arguments, environment = words
    assert isinstance(environment, dict)
    command = [sys.executable, "manage.py", *map(str, arguments)]
    environment = {"PATH": os.environ["PATH"]} | environment
    return subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)


def test_a_server_with_everything_set_starts() -> None:
    done = start(**SERVER)

    assert (done.returncode, done.stdout) == (0, "False\n")


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "django-insecure-k3v9-2hX_7qLm1RzT8wYbN5cJf0GdAsE6uPiO4"}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY must be set"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
        ({"DATABASE_URL": ""}, "DATABASE_URL must be set"),
        ({"DATABASE_URL": "sqlite:///db.sqlite3"}, "DATABASE_URL must be set to a PostgreSQL database"),
        ({"EMAIL_PORT": "smtp"}, "EMAIL_PORT must be a whole number, not 'smtp'"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not 'loud'"),
        ({"SECURE_SSL_REDIRECT": "never"}, "SECURE_SSL_REDIRECT must be 1 or 0, not 'never'"),
        ({"DEBUG": "1"}, "DEBUG and DEMO are for this machine alone"),
        ({"DEMO": "1"}, "DEBUG and DEMO are for this machine alone"),
        ({"DEBUG": "1", "ALLOWED_HOSTS": "localhost,sdg.example.org"}, "DEBUG and DEMO are for this machine alone"),
        ({"DEBUG": "perhaps"}, "DEBUG must be 1 or 0, not 'perhaps'"),
        ({"OIDC_SERVER": "https://login.example.org"}, "OIDC_SERVER and OIDC_CLIENT_ID go together"),
        ({"OIDC_CLIENT_ID": "idm"}, "OIDC_SERVER and OIDC_CLIENT_ID go together"),
        ({"OIDC_SERVER": "http://login.example.org", "OIDC_CLIENT_ID": "idm"}, "OIDC_SERVER must begin with https://"),
    ],
)
def test_an_unsafe_start_is_refused_with_a_sentence(changed: dict[str, str], because: str) -> None:
    done = start(**SERVER | changed)

    assert done.returncode == 1
    assert because in done.stderr
    assert "Traceback" not in done.stderr


def test_only_a_demonstration_exempts_accounts_from_a_second_factor() -> None:
    asked = "from django.conf import settings as s; print([s.SECOND_FACTOR_EXEMPT_HOST, s.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN])"
    for environment, said in (
        (SERVER, "['', False]"),
        ({"DEBUG": "1"}, "['', True]"),
        ({"DEMO": "1"}, "['example.org', True]"),
    ):
        assert manage("shell", "--no-imports", "-c", asked, environment).stdout.strip() == said


def test_the_environment_names_the_organisation_s_server() -> None:
    asked = (
        "from django.conf import settings;"
        "apps = settings.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'];"
        "print([(a['name'], a['client_id'], a['settings']['server_url']) for a in apps])"
    )
    named = {"OIDC_SERVER": "https://login.example.org", "OIDC_CLIENT_ID": "idm", "OIDC_NAME": "Ministry"}
    done = manage("shell", "--no-imports", "-c", asked, {"DEMO": "1"} | named)
    assert "('Ministry', 'idm', 'https://login.example.org')" in done.stdout, done.stderr


def test_nothing_set_is_refused() -> None:
    assert "SECRET_KEY must be set" in start().stderr


def test_a_web_server_is_refused_too() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import idm.wsgi"],
        cwd=CHECKOUT, env=SERVER | {"DEBUG": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "ImproperlyConfigured: DEBUG and DEMO are for this machine alone" in done.stderr


def test_the_deployment_check_is_clean(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", SERVER | {"STATIC_ROOT": str(tmp_path)})

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def assert_strict(response: Any, what: str) -> None:
    policy = dict(rule.strip().split(" ", 1) for rule in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'", what
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'", what
    assert "unsafe" not in " ".join(policy.values()), what


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/fr/", 200),
        ("/about/", 200),
        ("/data/", 200),
        ("/data/?area=nowhere", 200),
        ("/healthz", 200),
        ("/admin/login/", 302),
        ("/account/login/", 200),
        ("/account/", 302),
        ("/admin/", 302),
        ("/api/", 200),
        ("/api/v1/", 200),
        ("/api/v1/docs/", 200),
        ("/api/v1/docs/?script=", 200),
        ("/api/v1/schema/", 200),
        ("/api/v1/indicators/", 200),
        ("/api/v1/observations/?format=csv", 200),
        ("/api/v1/observations/?area=nowhere", 400),
        ("/api/no-such-address/", 404),
        ("/no-such-page/", 404),
        ("/about", 301),
    ],
)
def test_every_kind_of_answer_carries_the_strict_policy(client: Client, address: str, status: int) -> None:
    response = client.get(address)

    assert response.status_code == status
    assert_strict(response, address)


@pytest.mark.django_db
def test_the_administration_carries_it_too(sign_in: Callable[[User], Client], administrator: User) -> None:
    client = sign_in(administrator)
    for address in ("/admin/", "/admin/sdg_targets/observation/", "/admin/accounts/user/add/", "/admin/jsi18n/"):
        response = client.get(address)
        assert response.status_code == 200, address
        assert_strict(response, address)


def test_refusals_carry_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    careful = Client(enforce_csrf_checks=True, raise_request_exception=False)
    assert_strict(careful.post("/account/login/"), "a form without its token")
    assert_strict(careful.post("/about/"), "a method that a page does not take")
    assert_strict(careful.get("/", headers={"host": "evil.example.com"}), "a host that is not served")
    monkeypatch.setattr("idm.health.connection", None)
    failed = careful.get("/healthz")
    assert failed.status_code == 500
    assert_strict(failed, "a failure of the program itself")


def test_what_the_environment_may_say_is_written_down() -> None:
    """Every variable that the settings and `make run` read stands in .env.example, and nothing else does."""
    source = (CHECKOUT / "idm/settings.py").read_text()
    read = set(re.findall(r"(?:environ\.get|flag|words|whole)\(\"([A-Z_]+)\"", source))
    read |= set(re.findall(r"environ\.get\(\"([A-Z_]+)\"", (CHECKOUT / "idm/run.py").read_text()))
    listed = {
        line.lstrip("# ").split("=")[0]
        for line in (CHECKOUT / ".env.example").read_text().splitlines()
        if "=" in line and line.lstrip("# ").split("=")[0].isupper()
    }

    assert listed == read | {"POSTGRES_PASSWORD", "HTTP_PORT"}  # these two are read by docker-compose.yml
