"""``manage.py undo_import N --note WHY [--dry-run]``: what an import changed goes back, as a new revision."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from sdg_targets.actions.undoing import CannotUndo, undo_import
from sdg_targets.management.people import add_by, person
from sdg_targets.models import Import
from sdg_targets.queries.undoing import Undone, effect_of_undoing


class Command(BaseCommand):
    help = "Undo a whole import: the versions before it stand again. To take that back, import the file again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="The number of the import, as import_observations prints it")
        parser.add_argument("--note", default="", help="Why it is undone; everybody can read it")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, and write nothing")
        add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        made = Import.objects.filter(pk=options["number"]).first()
        if made is None:
            raise CommandError(f"There is no import {options['number']}.")
        if options["dry_run"]:
            self.stdout.write(f"{made}: would be undone. {_told(effect_of_undoing(made))}")
            return
        try:
            effect = undo_import(made=made, by=person(options["by"]), note=options["note"])
        except (CannotUndo, PermissionDenied) as error:
            raise CommandError(str(error)) from error
        made.refresh_from_db()
        self.stdout.write(f"{made}: undone in revision {made.undone_in_id}. {_told(effect)}")


def _told(effect: Undone) -> str:
    figures = (
        f"{effect.restored:,} back to the version before, {effect.withdrawn:,} withdrawn,"
        f" {effect.reinstated:,} published again, {effect.left:,} left because something newer stands."
    )
    if not effect.texts and not effect.texts_left:
        return figures
    return f"{figures} Texts of metadata: {effect.texts:,} back, {effect.texts_left:,} left."
