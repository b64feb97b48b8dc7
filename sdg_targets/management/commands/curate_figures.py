"""``manage.py curate_figures``: make the shipped figures again from the publishers' files (``make curate``)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sdg_targets.actions.curation import curate


class Command(BaseCommand):
    help = "Make the shipped figures again from the publishers' files at SDG_SHARED."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = curate(Path(settings.SDG_SHARED), say=self.stdout.write)
        except FileNotFoundError as error:
            raise CommandError(f"{error} Set SDG_SHARED to the folder with the publishers' files.") from error
        for result in done:
            for problem in result.problems[:20]:
                self.stdout.write(
                    f"  {result.file}: {problem.place} {problem.column} {problem.found!r}: {problem.expected}"
                )
