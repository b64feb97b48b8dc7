"""The files of a server, without an engine to run them: what they say is whole, and agrees with the program."""

import json
import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from django.urls import reverse
from django.utils import translation

CHECKOUT = Path(__file__).resolve().parent.parent
TEXT = (CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PROGRAM = ("prepare", "web", "worker")
DOCKERFILE = (CHECKOUT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
VARIABLE = re.compile(r"\$\{([A-Z_]+)(?::([-?])([^}]*))?\}")
#: What .env.example tells to fill in.
FILLED_IN = {
    "SECRET_KEY": "k3v9-2hX_7qLm1RzT8wYbN5cJf0GdAsE6uPiO4xVtQeWrZyHaB3d",
    "ALLOWED_HOSTS": "sdg.example.org,www.example.org",
    "POSTGRES_PASSWORD": "5f2d8c",
    "CSRF_TRUSTED_ORIGINS": "https://sdg.example.org",
}


def interpolated(text: str, said: dict[str, str]) -> str:
    """A text of the compose file as the engine reads it: with what .env says, or the default."""
    return VARIABLE.sub(lambda found: said.get(found[1]) or (found[3] if found[2] == "-" else ""), text)


def lasting() -> dict[str, dict[str, Any]]:
    """The services that go on; the others do one thing and end."""
    return {name: service for name, service in SERVICES.items() if service.get("restart") != "no"}


def test_it_is_what_the_compose_specification_allows() -> None:
    schema = json.loads(files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text())

    jsonschema.Draft202012Validator(schema).validate(COMPOSE)


def test_the_schema_would_notice_a_mistake() -> None:
    schema = json.loads(files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text())

    with pytest.raises(jsonschema.ValidationError, match="heathcheck"):
        jsonschema.Draft202012Validator(schema).validate({"services": {"web": {"image": "x", "heathcheck": {}}}})


def test_the_services_are_there() -> None:
    assert set(SERVICES) == {"database", "prepare", "web", "worker", "nginx", "mail"}
    assert SERVICES["database"]["image"].startswith("postgres:18")
    assert SERVICES["mail"]["profiles"] == ["mail"]
    assert all("image" in service for service in SERVICES.values())
    assert all(re.search(r":v?\d", service["image"]) for name, service in SERVICES.items() if name not in PROGRAM)


def test_each_service_that_goes_on_says_whether_it_is_well() -> None:
    assert set(SERVICES) - set(lasting()) == {"prepare"}
    for name, service in lasting().items():
        assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}, name
        assert {"interval", "timeout", "retries"} <= set(service["healthcheck"]), name


def test_what_a_service_waits_for_exists_and_can_be_reached() -> None:
    for name, service in SERVICES.items():
        for other, how in service.get("depends_on", {}).items():
            match how["condition"]:
                case "service_healthy":
                    assert "healthcheck" in SERVICES[other], (name, other)
                case "service_completed_successfully":
                    assert SERVICES[other]["restart"] == "no", (name, other)
                case condition:
                    pytest.fail(f"{name} waits for {other} to be {condition}")


def test_every_volume_that_is_mounted_is_declared_and_the_other_way_round() -> None:
    mounted = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}
    named = {name for name in mounted if not name.startswith(".")}

    assert named == set(COMPOSE["volumes"])
    assert all((CHECKOUT / name).is_file() for name in mounted - named)


def test_what_the_program_writes_to_is_mounted_since_the_rest_is_read_only() -> None:
    (home,) = re.findall(r"^WORKDIR (\S+)", DOCKERFILE, re.MULTILINE)
    places = (settings.MEDIA_ROOT, settings.CHART_CACHE, settings.BASE_DIR / "var/uploads")
    written = [Path(place).relative_to(settings.BASE_DIR) for place in places]
    owned = " ".join(re.findall(r"install -d -o idm -g idm (?:-m 700 )?([^\n&\\]+)", DOCKERFILE)).split()
    for name in PROGRAM:
        targets = {mount.split(":")[1] for mount in SERVICES[name]["volumes"]}
        assert SERVICES[name]["read_only"] is True
        assert {f"{home}/{place}" for place in written} <= targets & set(owned), name


def test_no_program_of_ours_has_more_rights_than_it_needs() -> None:
    for name in (*PROGRAM, "nginx"):
        assert SERVICES[name]["cap_drop"] == ["ALL"], name
        assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"], name
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE) == ["idm"]
    assert DOCKERFILE.index("USER idm") < DOCKERFILE.index("CMD")


def test_only_nginx_is_reached_from_elsewhere() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert published == {"nginx": ["${HTTP_PORT:-80}:8080"], "mail": ["127.0.0.1:8025:8025"]}
    assert interpolated("${HTTP_PORT:-80}:8080", {"HTTP_PORT": "127.0.0.1:8080"}) == "127.0.0.1:8080:8080"


def test_every_variable_is_written_down_and_no_secret_has_a_default() -> None:
    example = (CHECKOUT / ".env.example").read_text(encoding="utf-8")
    for name, kind, default in VARIABLE.findall(TEXT):
        assert re.search(rf"^(# )?{name}=", example, re.MULTILINE), name
        if re.search("SECRET|PASSWORD", name):
            assert (kind, name) == ("?", name) or default == "", name
    assert {name for name, kind, _ in VARIABLE.findall(TEXT) if kind == "?"} == {
        "SECRET_KEY", "ALLOWED_HOSTS", "POSTGRES_PASSWORD",
    }  # fmt: skip
    for service in SERVICES.values():
        for name, text in service.get("environment", {}).items():
            if re.search("SECRET|PASSWORD", name):
                assert VARIABLE.fullmatch(text), name


def test_what_must_be_filled_in_stands_first_and_empty_in_the_example() -> None:
    lines = (CHECKOUT / ".env.example").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line and line[0] != "#"] == [f"{name}=" for name in FILLED_IN]


def test_the_program_is_told_every_variable_that_matters_on_a_server() -> None:
    """What else the settings read is for one machine, or has its place in the image."""
    source = (CHECKOUT / "idm/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"(?:environ\.get|flag|words|whole)\(\"([A-Z_]+)\"", source))
    here_only = {"DEBUG", "DEMO", "TEST_DATABASE", "SDG_SHARED", "STATIC_ROOT", "MEDIA_ROOT", "CHART_CACHE", "UPLOADS"}

    assert read - here_only == set(SERVICES["web"]["environment"])


@pytest.mark.parametrize("name", PROGRAM)
def test_the_settings_start_with_what_the_compose_file_gives(name: str) -> None:
    environment = {variable: interpolated(text, FILLED_IN) for variable, text in SERVICES[name]["environment"].items()}
    asks = (
        "from django.conf import settings as s; import json; database = s.DATABASES['default'];"
        "print(json.dumps([s.DEBUG, s.ALLOWED_HOSTS, database['HOST'], database['PASSWORD'], s.SECURE_SSL_REDIRECT,"
        " s.SECURE_PROXY_SSL_HEADER, s.CSRF_TRUSTED_ORIGINS, s.EMAIL_BACKEND.rsplit('.')[-2]]))"
    )
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", asks],
        cwd=CHECKOUT, env={"PATH": os.environ["PATH"]} | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [
        False, ["sdg.example.org", "www.example.org"], "database", "5f2d8c", True,
        ["HTTP_X_FORWARDED_PROTO", "https"], ["https://sdg.example.org"], "console",
    ]  # fmt: skip


def test_the_commands_of_the_services_exist() -> None:
    said = json.dumps([[service.get("command"), service.get("healthcheck")] for service in SERVICES.values()])
    commands = re.findall(r"manage\.py\W+([a-z_]+)", said)

    assert {"migrate", "load_shipped", "load_partners", "db_worker"} <= set(commands)
    assert set(commands) <= set(get_commands())


def test_the_web_s_question_for_its_health_is_python_and_names_a_host_that_is_served() -> None:
    *_, code = SERVICES["web"]["healthcheck"]["test"]
    asked = interpolated(code, FILLED_IN)

    compile(asked, "the health check", "exec")
    assert eval(re.search(r"'Host': (.*?)}", asked)[1]) == "sdg.example.org"  # type: ignore[index]


def gunicorn_command() -> list[str]:
    """The image's own command."""
    return list(json.loads(re.findall(r"^CMD (\[.*\])", DOCKERFILE, re.MULTILINE)[0]))


def test_gunicorn_understands_the_image_s_command() -> None:
    server = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": "postgresql://idm@database/idm",
        **{name: FILLED_IN[name] for name in ("SECRET_KEY", "ALLOWED_HOSTS")},
    }
    command = [sys.executable, "-m", *gunicorn_command(), "--check-config"]

    assert subprocess.run(command, cwd=CHECKOUT, env=server, check=False).returncode == 0


def test_nginx_gives_up_a_connection_before_the_program_does() -> None:
    """A request on a connection that the program is just closing would fail."""
    command = gunicorn_command()
    conf = (CHECKOUT / "deploy/nginx/idm.conf").read_text(encoding="utf-8")
    kept = int(re.search(r"keepalive_timeout (\d+)s", conf)[1])  # type: ignore[index]
    waits = int(re.search(r"proxy_read_timeout (\d+)s", conf)[1])  # type: ignore[index]

    assert kept < int(command[command.index("--keep-alive") + 1])
    assert waits > int(command[command.index("--timeout") + 1])


def test_the_image_leaves_out_what_is_secret_or_made_here() -> None:
    left_out = (CHECKOUT / ".dockerignore").read_text().split()

    assert {".git", ".env", ".venv", "var", "tests"} <= set(left_out)


def test_nginx_lets_a_file_through_that_the_program_takes_on_that_page_alone() -> None:
    conf = (CHECKOUT / "deploy/nginx/idm.conf").read_text(encoding="utf-8")
    ((place, limit),) = re.findall(r"location ~ (\S+) \{\s+client_max_body_size (\d+)m;", conf)
    assert int(limit) * 1024**2 > settings.UPLOAD_LIMIT
    for language in ("en", "fr", "es"):
        with translation.override(language):
            assert re.search(place, reverse("admin:sdg_targets_upload_add")), language
    for other in ("/admin/sdg_targets/upload/", "/account/login/", "/data/", "/x/admin/sdg_targets/upload/add/"):
        assert not re.search(place, other)
