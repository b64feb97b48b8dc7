"""The arrows hold, and each of the five contracts notices when one is broken."""

import ast
import importlib.metadata
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
APPS = ("idm", "reports", "partners", "sdg_targets")
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
DOORS = {"urls", "views", "api", "sdmx", "unsd", "admin", "management", "tasks", "templatetags", "forms"}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    # The script is started through Python: its first line would break on a path with a space.
    command = [sys.executable, str(LINT_IMPORTS), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def sources(*folders: str) -> list[Path]:
    return [file for folder in folders for file in sorted((CHECKOUT / folder).rglob("*.py"))]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the code and the contracts, to break."""
    for app in APPS:
        shutil.copytree(
            CHECKOUT / app, tmp_path / app, ignore=lambda folder, names: [n for n in names if not is_code(folder, n)]
        )
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    return tmp_path


def is_code(folder: str, name: str) -> bool:
    return name.endswith(".py") or ((Path(folder) / name).is_dir() and name != "__pycache__")


def test_five_contracts_hold() -> None:
    done = lint_imports(CHECKOUT)

    assert done.returncode == 0, done.stdout
    assert "Contracts: 5 kept, 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("sdg_targets/models/geography.py", "import partners", "One ladder between the apps"),
        ("sdg_targets/queries/broken.py", "import sdg_targets.views", "Inside an app arrows point down"),
        ("partners/utils.py", "", "Inside an app arrows point down"),
        ("sdg_targets/domain/periods.py", "import django.conf", "Domain and formats know no framework"),
        ("partners/apps.py", "import sdg_targets.actions.imports", "Upper apps enter a lower one by its front doors"),
        ("sdg_targets/domain/periods.py", "import sdg_targets.domain.rows", "No circles among siblings"),
    ],
)
def test_a_broken_arrow_is_noticed(copied: Path, file: str, line: str, contract: str) -> None:
    if "circles" in contract:
        with open(copied / "sdg_targets/domain/rows.py", "a") as other:
            other.write("\nimport sdg_targets.domain.periods\n")
    with open(copied / file, "a") as broken:
        broken.write(f"\n{line}\n")

    done = lint_imports(copied)

    assert done.returncode != 0
    verdict = next(row for row in done.stdout.splitlines() if row.startswith(contract))
    assert verdict.endswith("BROKEN"), done.stdout


def test_every_door_of_the_lowest_app_is_closed_to_the_upper_ones() -> None:
    contracts = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    closed = next(c["forbidden_modules"] for c in contracts if c["id"] == "front-doors")
    rooms = {path.stem for path in (CHECKOUT / "sdg_targets").iterdir() if path.suffix == ".py" or path.is_dir()}

    assert {f"sdg_targets.{room}" for room in (rooms & DOORS) | {"actions"}} <= set(closed)


def test_the_domain_has_no_clock_and_opens_nothing() -> None:
    clocks = {"now", "utcnow", "today", "time", "open", "urlopen", "getenv"}
    found = [
        f"{file.relative_to(CHECKOUT)}:{call.lineno}"
        for file in sources(*(f"{app}/domain" for app in APPS))
        for call in ast.walk(ast.parse(file.read_text()))
        if isinstance(call, ast.Call)
        and (call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")) in clocks
    ]

    assert found == []


def test_no_module_is_named_after_nothing() -> None:
    nothing = {"utils", "helpers", "services", "common", "misc", "core", "base"}

    assert [str(file) for file in sources(*APPS) if nothing & {file.stem, *file.relative_to(CHECKOUT).parts[:-1]}] == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(file.relative_to(CHECKOUT))
        for file in sources(*APPS)
        if "migrations" not in file.parts
        and file.read_text().strip()
        and not ast.get_docstring(ast.parse(file.read_text()))
    ]

    assert silent == []


def test_django_finds_psycopg_2_only() -> None:
    """Django takes psycopg 3 in silence where both are installed; bulk work was measured with 2."""
    names = {(distribution.metadata["Name"] or "").lower() for distribution in importlib.metadata.distributions()}

    assert "psycopg2-binary" in names
    assert not names & {"psycopg", "psycopg-binary", "psycopg-c"}
    for lock in ("requirements.txt", "requirements-dev.txt"):
        assert "\npsycopg==" not in (CHECKOUT / lock).read_text()


def test_what_ships_has_hashes() -> None:
    for lock in ("requirements.txt", "requirements-dev.txt"):
        lines = (CHECKOUT / lock).read_text().splitlines()
        pinned = [line for line in lines if line and line[0] not in "# "]
        assert pinned
        assert all("==" in line and line.endswith("\\") for line in pinned), lock
        assert sum(line.lstrip().startswith("--hash=sha256:") for line in lines) >= len(pinned)
