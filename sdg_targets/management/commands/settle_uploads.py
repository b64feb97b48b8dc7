"""``manage.py settle_uploads``: says which uploads were interrupted, and removes files that are no longer needed."""

from typing import Any

from django.core.management.base import BaseCommand

from sdg_targets.actions.upload_work import settle


class Command(BaseCommand):
    help = "Mark uploads on which work was interrupted, so that they can be started again; remove files left over."

    def handle(self, *args: Any, **options: Any) -> None:
        for upload in settle():
            self.stdout.write(f"Upload {upload.pk} ({upload.file_name}) was interrupted; nothing of it was written.")
