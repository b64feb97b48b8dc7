"""Static files with their content's hash in the name, so that browsers keep them for ever."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedFilesConfig(StaticFilesConfig):
    """Which files of the installed packages are collected: not the viewer of the API that the policy forbids."""

    ignore_patterns = (*StaticFilesConfig.ignore_patterns, "redoc")


class HashedFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed copies; a file that was not collected yet keeps its plain name."""

    manifest_strict = False
    # A script that imports another asks for it by its hashed name: the two are never of different days.
    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name


def collect() -> bool:
    """Run collectstatic when a file has changed since the last time (compressing takes seconds); whether it ran."""
    marker = Path(settings.STATIC_ROOT) / ".collected"
    now = _fingerprint()
    if marker.exists() and marker.read_text() == now:
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    marker.write_text(now)
    return True


def _fingerprint() -> str:
    """Names, sizes and dates of all files that would be collected, as one short text."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(list(CollectedFilesConfig.ignore_patterns)):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\0".encode())
    return digest.hexdigest()
