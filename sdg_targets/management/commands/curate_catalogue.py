"""``manage.py curate_catalogue``: build the catalogue files of the product again from the publishers' files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sdg_targets.actions.catalogue_files import curate_catalogue
from sdg_targets.formats.shipped_csv import DATA


class Command(BaseCommand):
    help = "Build goals, targets, indicators, areas and memberships from the publishers' files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--shared", type=Path, default=settings.SDG_SHARED, help="The folder that holds data/.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = curate_catalogue(shared=options["shared"], folder=DATA)
        except OSError as error:
            raise CommandError(f"The publishers' files are not where they were looked for: {error}.") from error
        for name, rows in counts.items():
            self.stdout.write(f"{name}: {rows} rows")
