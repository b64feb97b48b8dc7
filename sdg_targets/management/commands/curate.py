"""``manage.py curate``: everything the product ships, made again from the publishers' files (``make curate``)."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Make the shipped catalogue and the shipped figures again from the publishers' files at SDG_SHARED."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("curate_catalogue", stdout=self.stdout)
        call_command("load_shipped", "--without-figures", stdout=self.stdout)
        call_command("curate_figures", stdout=self.stdout)
