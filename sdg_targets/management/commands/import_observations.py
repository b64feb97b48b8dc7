"""``manage.py import_observations FILE... [--dry-run] [--report FILE.csv]``: publishers' files into the database."""

import sys
from argparse import ArgumentParser
from itertools import chain
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from sdg_targets.actions.imports import Options, import_file
from sdg_targets.formats import report_csv
from sdg_targets.management.people import add_by, person
from sdg_targets.models import Dataset, Import, ImportState, RevisionReason
from sdg_targets.queries.imports import REFUSAL_COLUMNS, broken_rules_of, refusal_cells

_CHOSEN: Final = ("dry_run", "backfill", "complete", "vintage", "origin", "reason", "note", "is_break")


class Command(BaseCommand):
    help = "Import publishers' files, folders of files, or files in the product's own CSV format, each whole or not at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="A file, an archive or a folder")
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
        parser.add_argument(
            "--reason",
            choices=RevisionReason.values,
            default=RevisionReason.ROUTINE,
            help="Why figures are revised (default: %(default)s)",
        )
        parser.add_argument("--note", default="", help="What is said of the revision; everybody can read it")
        parser.add_argument(
            "--break",
            action="store_true",
            dest="is_break",
            help="Figures from before and after this import cannot be compared",
        )
        add_by(parser)
        parser.add_argument(
            "--show", type=int, default=5, help="How many places to print of each broken rule (default: %(default)s)"
        )
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="Write every refusal to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        dataset = dataset_named(options["dataset"])
        by = person(options["by"])
        if missing := [str(path) for path in options["files"] if not path.exists()]:
            raise CommandError(f"There is no such file: {', '.join(missing)}. Nothing was imported.")
        _must_be_writable(options["report"])
        records = [self._import(path, dataset, by, options) for path in options["files"]]
        if options["report"]:
            _write_report(options["report"], records)
        if refused := [record for record in records if record.state == ImportState.REFUSED]:
            raise CommandError(f"{len(refused)} of {len(records)} files were refused; nothing of them was written.")

    def _import(self, path: Path, dataset: Dataset, by: Any, options: dict[str, Any]) -> Import:
        chosen = {name: options[name] for name in _CHOSEN}
        # Where nobody looks (a log, a pipe) there is no bar. It is drawn on the terminal itself: the command's own
        # stderr would put each drawing on a line of its own.
        with tqdm(desc=path.name, unit=" rows", disable=None, file=sys.stderr) as bar:
            told = Options(**chosen, on_rows=lambda count: bar.update(count) and None)
            try:
                record = import_file(path, dataset=dataset, by=by, options=told)
            except PermissionDenied as error:
                raise CommandError(f"{by} may not import: {error}") from error
        self.tell(record, options["show"])
        return record

    def tell(self, record: Import, show: int) -> None:
        """What became of a file: the counts, and the first refusals with place, finding and rule."""
        state = record.get_state_display()
        self.stdout.write(
            f"{record.file_name}: {state}. Read {record.read:,}: {record.new:,} new, {record.revised:,} revised,"
            f" {record.unchanged:,} unchanged, {record.repeated:,} repeated,"
            f" {record.gathered:,} gathered, {record.refused:,} refused;"
            f" {record.withdrawn:,} withdrawn. Import {record.pk}."
        )
        if record.texts:
            self.stdout.write(
                f"  Metadata: {record.texts_new:,} texts new, {record.texts_changed:,} changed,"
                f" {record.texts_unchanged:,} unchanged, {record.texts_refused:,} refused."
            )
        if record.problem:
            self.stdout.write(f"  {record.problem}")
        for rule in broken_rules_of(record, first=show):
            self.stdout.write(f"  {rule.number} {rule.sentence} Rows: {rule.rows:,}.")
            for refusal in rule.first:
                said = "" if refusal.expected.startswith(rule.sentence) else f": {refusal.expected}"
                self.stdout.write(f"    {refusal.place}: {refusal.column} {refusal.found!r}{said}")
            if rule.more > 0:
                self.stdout.write(f"    ... and {rule.more:,} more in the record of the import (number {record.pk}).")


def _must_be_writable(report: Path | None) -> None:
    """Better said before an hour's import than after it. Errors: ``CommandError``."""
    if report is not None and not report.parent.is_dir():
        raise CommandError(f"There is no folder {report.parent} for the report. Nothing was imported.")


def _write_report(report: Path, records: list[Import]) -> None:
    """Every refusal of all files, one after the other."""
    cells = chain.from_iterable(map(refusal_cells, records))
    with report.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(report_csv.lines(REFUSAL_COLUMNS, cells))


def dataset_named(code: str) -> Dataset:
    """The dataset with this code. Errors: ``CommandError`` that says which there are."""
    try:
        return Dataset.objects.get(code=code)
    except Dataset.DoesNotExist as error:
        known = ", ".join(Dataset.objects.values_list("code", flat=True)) or "none: run load_shipped first"
        raise CommandError(f"There is no dataset {code}. Known: {known}.") from error
