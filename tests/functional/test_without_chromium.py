"""Where there is no Chromium the tests that need it are skipped and say what installs it; in CI that is a failure."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow


def run_one(tmp_path: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """A browser test in a process that finds no program at all."""
    kept = {name: text for name, text in os.environ.items() if name not in {"CI", "PATH"} and "XDIST" not in name}
    own = {"PATH": str(tmp_path), "TEST_DATABASE": f"test_without_chromium_{os.getpid()}"}
    command = [sys.executable, "-m", "pytest", "-k", "sign_in", "tests/functional/test_browser.py"]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=kept | own | environment, capture_output=True, text=True, check=False
    )


def test_they_are_skipped_with_the_line_that_installs_it(tmp_path: object) -> None:
    done = run_one(tmp_path)

    assert "1 skipped" in done.stdout, done.stdout
    assert "no Chromium here: apt-get install chromium" in done.stdout
    assert done.returncode == 0


def test_in_ci_they_fail(tmp_path: object) -> None:
    done = run_one(tmp_path, CI="1")

    assert "no Chromium here: apt-get install chromium" in done.stdout
    assert done.returncode == 1
