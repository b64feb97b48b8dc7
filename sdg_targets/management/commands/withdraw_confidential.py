"""``manage.py withdraw_confidential SERIES AREA PERIOD --reason WHY``: a value out of every revision, with a tombstone."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from sdg_targets.actions.confidentiality import (
    CannotWithdraw,
    lift_withdrawal,
    standing_tombstone,
    withdraw_confidential,
)
from sdg_targets.management.people import add_by, person
from sdg_targets.models import Observation


class Command(BaseCommand):
    help = (
        "Remove one value, disclosed by mistake, from every revision, and keep imports from bringing it back."
        " This cannot be undone. docs/operations.md says what remains in backups and on the disk."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name in ("series", "area", "period"):
            parser.add_argument(name)
        parser.add_argument(
            "--breakdown", default="_T", help="The key of the breakdown (default: %(default)s, the total)"
        )
        parser.add_argument("--dataset", default="UNSD-SDG", help="The dataset it is of (default: %(default)s)")
        parser.add_argument("--reason", default="", help="Why; it stays with the tombstone, for administrators alone")
        parser.add_argument("--lift", action="store_true", help="Let imports write this value again")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, and write nothing")
        add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        observation = _observation(options)
        try:
            if options["lift"]:
                self._lift(observation, options)
            elif options["dry_run"]:
                versions = Observation.objects.versions_of(observation).count()
                self.stdout.write(f"{versions} versions would be removed. Nothing was written.")
            else:
                made = withdraw_confidential(
                    observation=observation, by=person(options["by"]), reason=options["reason"]
                )
                self.stdout.write(f"{made}: {made.versions} versions removed, in revision {made.revision_id}.")
        except (CannotWithdraw, PermissionDenied) as error:
            raise CommandError(str(error)) from error

    def _lift(self, observation: Observation, options: dict[str, Any]) -> None:
        tombstone = standing_tombstone(observation)
        if tombstone is None:
            raise CommandError("No withdrawal of this value stands.")
        lift_withdrawal(tombstone=tombstone, by=person(options["by"]), reason=options["reason"])
        self.stdout.write(f"{tombstone}: imports may write it again.")


def _observation(options: dict[str, Any]) -> Observation:
    """Any version of the observation that is meant. Errors: ``CommandError``."""
    found = (
        Observation.objects.with_names()
        .filter(
            dataset__code=options["dataset"],
            series__code=options["series"],
            area__code=options["area"],
            period__code=options["period"],
            breakdown__key=options["breakdown"],
        )
        .first()
    )
    if found is None:
        raise CommandError("There is no such observation, nor was there ever one.")
    return found
