"""Publishes what was accepted for a set time that has come; the worker does so too."""

from typing import Any

from django.core.management.base import BaseCommand

from sdg_targets.actions.publishing import publish_due


class Command(BaseCommand):
    help = (
        "Publish the accepted submissions whose set time has come. The worker does this by itself; twice is harmless."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for submission in publish_due():
            self.stdout.write(f"{submission}: {submission.get_state_display()}")
