"""Print the table of ``docs/sources.md``: every publisher's file at hand, imported into an empty database and counted.

Run: ``make sources`` (the publishers' files are at ``SDG_SHARED``).
"""

import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idm.settings")
os.environ.setdefault("DEMO", "1")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402

from benchmarks.scratch import empty_database  # noqa: E402
from sdg_targets.actions.imports import Options, import_file  # noqa: E402
from sdg_targets.models import Dataset  # noqa: E402
from tests.factories.shipped import load_shipped  # noqa: E402
from tests.sources import HEADING, Source, line, refused_by_rule  # noqa: E402
from tests.sources.all import SOURCES  # noqa: E402


def measured(source: Source, shared: Path) -> str:
    """One line of the table, from an import that is rolled back."""
    path = shared / source.path
    with transaction.atomic():
        record = import_file(
            path, dataset=Dataset.objects.get(code=source.dataset), by=None, options=Options(vintage=source.vintage)
        )
        written = line(source, source.count(path), record)
        transaction.set_rollback(True)
    return f"{written}\n  {record.state}: {record.problem} {refused_by_rule(record)}" if record.problem else written


def main() -> None:
    shared = Path(settings.SDG_SHARED)
    with empty_database():
        load_shipped(figures=False)
        print("\n".join(HEADING))
        for source in SOURCES:
            print(measured(source, shared), flush=True)


if __name__ == "__main__":
    sys.exit(main())
