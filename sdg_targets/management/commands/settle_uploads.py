"""``manage.py settle_uploads``: says which uploads were interrupted; those that wait for a lost task get another."""

from typing import Any

from django.core.management.base import BaseCommand

from sdg_targets.actions.upload_work import settle
from sdg_targets.tasks import tidy


class Command(BaseCommand):
    help = "Mark uploads on which work was interrupted, so that they can be started again; remove what is left over."

    def handle(self, *args: Any, **options: Any) -> None:
        for upload in settle():
            self.stdout.write(f"Upload {upload.pk} ({upload.file_name}) was interrupted; nothing of it was written.")
        tidy()
