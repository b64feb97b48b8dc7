"""Prepares static files and translations where no database is at hand, as when an image is built.

`python -m idm.prepare FOLDER` collects the static files into FOLDER.
"""

import os
import sys
from pathlib import Path

import django
from django.core.management import call_command, get_commands

from idm import staticfiles
from idm.catalogues import CHECKOUT, compile_catalogues


def make_folders(var: Path) -> None:
    """What the settings name must be there before they are read, even while it is empty."""
    for name in ("generated", "static"):
        (var / name).mkdir(parents=True, exist_ok=True)
    (var / "uploads").mkdir(mode=0o700, exist_ok=True)


def prepare_files() -> None:
    """The chart library out of its package, the translations, and the hashed static files."""
    if "build_vega" in get_commands():
        call_command("build_vega")
    compile_catalogues(CHECKOUT / "locale")
    staticfiles.collect()


def main(folder: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idm.settings")
    os.environ["STATIC_ROOT"] = folder
    make_folders(CHECKOUT / "var")
    django.setup()
    prepare_files()


if __name__ == "__main__":
    main(sys.argv[1])
