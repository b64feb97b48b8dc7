"""``manage.py verify_audit``: whether the sealed records are whole, and where they are not."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sdg_targets.domain.seals import first_broken
from sdg_targets.models import SealedRecord


class Command(BaseCommand):
    help = (
        "Compute the chain of the sealed records again. Keep the last checksum elsewhere and give it the next time:"
        " a chain alone cannot show that its end was cut off."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--contains", metavar="CHECKSUM", help="A checksum that was kept: it must still be there")

    def handle(self, *args: Any, **options: Any) -> None:
        records = SealedRecord.objects.order_by("number")
        broken = first_broken(record.sealed for record in records.iterator())
        if broken is not None:
            raise CommandError(f"The audit is broken at record {broken}.")
        kept = options["contains"]
        if kept and not records.filter(sha256=kept).exists():
            raise CommandError(f"The audit no longer contains {kept}: its end was cut off, or it is another audit.")
        last = records.last()
        if last is None:
            self.stdout.write("The audit is empty.")
        else:
            self.stdout.write(f"The audit is whole: {last.number} records. The last checksum is {last.sha256}.")
