"""``manage.py fetch_unsd SERIES... [--dry-run]``: series from the UN Statistics Division's API into the database."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError

from sdg_targets.actions.fetching import BASE_URL, FetchError, fetch_and_import
from sdg_targets.actions.imports import Options
from sdg_targets.management.people import add_by, person
from sdg_targets.models import ImportState

from . import import_observations


class Command(import_observations.Command):
    help = "Fetch series from the API of the global SDG database and import them as one file, whole or not at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("series", nargs="+", metavar="SERIES", help="Codes of series, such as SI_RMT_COST")
        parser.add_argument("--base-url", default=BASE_URL, help="Where the API is (default: %(default)s)")
        parser.add_argument(
            "--dataset", default="UNSD-SDG", help="The dataset the figures are of (default: %(default)s)"
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, and write nothing")
        parser.add_argument("--vintage", default="", help="The publication (default: the day of fetching)")
        add_by(parser)
        parser.add_argument(
            "--show", type=int, default=5, help="How many places to print of each broken rule (default: %(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dataset = import_observations.dataset_named(options["dataset"])
        by = person(options["by"])
        try:
            record = fetch_and_import(
                options["series"],
                dataset=dataset,
                by=by,
                base_url=options["base_url"],
                options=Options(dry_run=options["dry_run"], vintage=options["vintage"]),
            )
        except FetchError as error:
            raise CommandError(f"{error} Nothing was imported.") from error
        except PermissionDenied as error:
            raise CommandError(f"{by} may not import: {error}") from error
        self.tell(record, options["show"])
        if record.state == ImportState.REFUSED:
            raise CommandError("What was fetched was refused; nothing of it was written.")
