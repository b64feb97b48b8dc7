"""``manage.py publish_due_releases``: write down which revision each release means whose time has come."""

from typing import Any

from django.core.management.base import BaseCommand

from sdg_targets.models import Release


class Command(BaseCommand):
    help = "Settle the releases that are due. Whoever reads a page first does the same: this is for a timer."

    def handle(self, *args: Any, **options: Any) -> None:
        settled = Release.objects.settle_due()
        waiting = Release.objects.filter(revision=None).count()
        self.stdout.write(f"{settled} settled, {waiting} not yet due.")
