"""``manage.py import_observations FILE... [--dry-run] [--backfill]``: publishers' files into the database."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
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
        parser.add_argument("--by", metavar="EMAIL", help="Whose import this is (default: the system's own)")
        parser.add_argument("--show", type=int, default=20, help="How many refusals to print (default: %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            dataset = Dataset.objects.get(code=options["dataset"])
        except Dataset.DoesNotExist as error:
            known = ", ".join(Dataset.objects.values_list("code", flat=True)) or "none: run load_shipped first"
            raise CommandError(f"There is no dataset {options['dataset']}. Known: {known}.") from error
        by = _person(options["by"])
        if missing := [str(path) for path in options["files"] if not path.exists()]:
            raise CommandError(f"There is no such file: {', '.join(missing)}. Nothing was imported.")
        states = [self._import(path, dataset, by, options).state for path in options["files"]]
        if refused := states.count(ImportState.REFUSED):
            raise CommandError(f"{refused} of {len(options['files'])} files were refused; nothing of them was written.")

    def _import(self, path: Path, dataset: Dataset, by: Any, options: dict[str, Any]) -> Import:
        chosen = {name: options[name] for name in ("dry_run", "backfill", "complete", "vintage", "origin")}
        # Where nobody looks (a log, a pipe) there is no bar. It is drawn on the terminal itself: the command's own
        # stderr would put each drawing on a line of its own.
        with tqdm(desc=path.name, unit=" rows", disable=None, file=sys.stderr) as bar:
            told = Options(**chosen, on_rows=lambda count: bar.update(count) and None)
            try:
                record = import_file(path, dataset=dataset, by=by, options=told)
            except PermissionDenied as error:
                raise CommandError(f"{by} may not import: {error}") from error
        self._tell(record, options["show"])
        return record

    def _tell(self, record: Import, show: int) -> None:
        state = record.get_state_display()
        self.stdout.write(
            f"{record.file_name}: {state}. Read {record.read:,}: {record.new:,} new, {record.revised:,} revised,"
            f" {record.unchanged:,} unchanged, {record.repeated:,} repeated, {record.refused:,} refused;"
            f" {record.withdrawn:,} withdrawn."
        )
        if record.texts:
            self.stdout.write(
                f"  Metadata: {record.texts_new:,} texts new, {record.texts_changed:,} changed,"
                f" {record.texts_unchanged:,} unchanged, {record.texts_refused:,} refused."
            )
        if record.problem:
            self.stdout.write(f"  {record.problem}")
        for refusal in record.refusals.all()[:show]:
            asked = sentence(refusal.rule)
            said = refusal.expected if refusal.expected.startswith(asked) else f"{asked} {refusal.expected}"
            self.stdout.write(f"  {refusal.place}: {refusal.column} {refusal.found!r}. {said} ({refusal.rule})")
        if record.refused > show:
            self.stdout.write(f"  ... and more: all are in the record of the import (number {record.pk}).")


def _person(email: str | None) -> Any:
    """The account with this address; ``None`` is the system itself. Errors: ``CommandError``."""
    if email is None:
        return None
    found = get_user_model().objects.filter(email__iexact=email).first()
    if found is None:
        raise CommandError(f"There is no account {email}.")
    return found
