"""``manage.py import_observations FILE... [--dry-run] [--backfill]``: publishers' files into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from sdg_targets.actions.imports import Options, import_file
from sdg_targets.domain.validation import sentence
from sdg_targets.models import Dataset, Import, ImportState


class Command(BaseCommand):
    help = "Import publishers' files or files in the product's own CSV format, each whole or not at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--dataset", default="UNSD-SDG", help="The dataset the figures are of (default: %(default)s)"
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, and write nothing")
        parser.add_argument(
            "--backfill",
            action="store_true",
            help="Take an older publication than the one loaded; it adds and revises nothing",
        )
        parser.add_argument(
            "--complete",
            action="store_true",
            help="The file holds all there is of its series: what it lacks is withdrawn",
        )
        parser.add_argument("--vintage", default="", help="The publication, where the file does not say it")
        parser.add_argument("--origin", default="", help="Where the file came from")
        parser.add_argument("--show", type=int, default=20, help="How many refusals to print (default: %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            dataset = Dataset.objects.get(code=options["dataset"])
        except Dataset.DoesNotExist as error:
            known = ", ".join(Dataset.objects.values_list("code", flat=True)) or "none: run load_shipped first"
            raise CommandError(f"There is no dataset {options['dataset']}. Known: {known}.") from error
        refused = 0
        for path in options["files"]:
            if not path.is_file():
                raise CommandError(f"{path} is no file.")
            refused += self._import(path, dataset, options).state == ImportState.REFUSED
        if refused:
            raise CommandError(f"{refused} of {len(options['files'])} files were refused; nothing of them was written.")

    def _import(self, path: Path, dataset: Dataset, options: dict[str, Any]) -> Import:
        with tqdm(desc=path.name, unit=" rows", disable=None, file=self.stderr) as bar:
            record = import_file(
                path,
                dataset=dataset,
                by=None,
                options=Options(
                    dry_run=options["dry_run"],
                    backfill=options["backfill"],
                    complete=options["complete"],
                    vintage=options["vintage"],
                    origin=options["origin"],
                    on_row=lambda: bar.update() and None,
                ),
            )
        self._tell(record, options["show"])
        return record

    def _tell(self, record: Import, show: int) -> None:
        state = record.get_state_display()
        self.stdout.write(
            f"{record.file_name}: {state}. Read {record.read:,}: {record.new:,} new, {record.revised:,} revised,"
            f" {record.unchanged:,} unchanged, {record.repeated:,} repeated, {record.refused:,} refused;"
            f" {record.withdrawn:,} withdrawn."
        )
        if record.problem:
            self.stdout.write(f"  {record.problem}")
        for refusal in record.refusals.all()[:show]:
            self.stdout.write(
                f"  {refusal.place}: {refusal.column} {refusal.found!r}. {sentence(refusal.rule)}"
                f" ({refusal.rule}) {refusal.expected}"
            )
        if record.refused > show:
            self.stdout.write(f"  ... and more: all are in the record of the import (number {record.pk}).")
