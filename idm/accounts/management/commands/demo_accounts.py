"""Makes the accounts and the reporting round of the demonstration, and prints how to sign in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from idm.accounts.demo import PASSWORD, create_demo_accounts, create_demo_round, demo_accounts


class Command(BaseCommand):
    help = "Make one account per role for a demonstration on this machine, and print the sign-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL:
            raise CommandError("Demo accounts have a known password: they are made only with DEMO=1 on one machine.")
        create_demo_accounts()
        create_demo_round(today=timezone.localdate())
        self.stdout.write(f"Sign in at /account/login/ with the password {PASSWORD} as")
        for person in demo_accounts():
            self.stdout.write(f"  {person.email:<30} {person.sentence}")
