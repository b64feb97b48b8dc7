"""``manage.py load_shipped``: all that comes with the product, from areas to figures; quick when nothing changed."""

from typing import Any

from django.core.management.base import BaseCommand

from sdg_targets.actions.catalogue import load_catalogue
from sdg_targets.actions.geography import load_areas
from sdg_targets.actions.instruments import load_instruments
from sdg_targets.actions.metadata import load_metadata
from sdg_targets.actions.shipped import load_datasets, load_figures


class Command(BaseCommand):
    help = "Load the areas, the catalogue, the questionnaires, the metadata and the figures that come with the product."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--without-figures", action="store_true", help="Areas, catalogue and datasets only")

    def handle(self, *args: Any, **options: Any) -> None:
        for done in (*load_areas(), *load_catalogue(), *load_instruments()):
            self.stdout.write(f"  {done}")
        load_datasets()
        for done in load_metadata():
            self.stdout.write(f"  {done}")
        if not options["without_figures"]:
            load_figures(say=lambda line: self.stdout.write(f"  {line}"))
