"""``make curate`` and its parts: each has its command, and without the publishers' files says where it looked."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands

pytestmark = pytest.mark.django_db


def test_every_command_that_the_makefile_names_is_there() -> None:
    makefile = (Path(settings.BASE_DIR) / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"manage\.py ([a-z_]+)", makefile))
    assert "curate" in named
    assert named <= set(get_commands())


def test_catalogue_then_figures_are_made_from_one_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[str, ...]] = []
    module = "sdg_targets.management.commands.curate.call_command"
    monkeypatch.setattr(module, lambda *args, **options: called.append(args))
    call_command("curate", stdout=io.StringIO())
    assert called == [("curate_catalogue",), ("load_shipped", "--without-figures"), ("curate_figures",)]


@pytest.mark.parametrize("command", ["curate", "curate_catalogue", "curate_figures"])
def test_without_the_publishers_files_it_says_where_it_looked(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SDG_SHARED", tmp_path)
    with pytest.raises(CommandError, match=re.escape(str(tmp_path))):
        call_command(command, stdout=io.StringIO())
