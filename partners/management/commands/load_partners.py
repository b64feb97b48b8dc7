"""``manage.py load_partners``: organisations and roles that come with the product; quick when nothing changed."""

from typing import Any

from django.core.management.base import BaseCommand

from partners.actions.organisations import load_organisations


class Command(BaseCommand):
    help = "Load the shipped organisations and their roles for indicators, where they changed."

    def handle(self, *args: Any, **options: Any) -> None:
        done = load_organisations()
        if done is not None:
            self.stdout.write(f"  partners: {done.organisations} organisations, {done.roles} roles")
            for name in done.unknown:
                self.stdout.write(f"  no organisation is written as {name!r}")
