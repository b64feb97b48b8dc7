"""Files that come in with a form: whoever may not give any is not listened to, and what is too large is not kept."""

import tempfile
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from sdg_targets.domain.roles import Permission
from sdg_targets.permissions import permissions_of

#: What a request says of a file that was not taken (an attribute of it).
REFUSED: Final = "upload_refused"
TOO_LARGE: Final = "too_large"
NOT_ALLOWED: Final = "not_allowed"


def limit_of(user: Any) -> int:
    """How many bytes a person may send: importers a publisher's file, a country's team a template or evidence, others none."""
    held = permissions_of(user)
    if Permission.IMPORT_DATA in held:
        return int(settings.UPLOAD_LIMIT)
    of_team = held & {Permission.ENTER_DATA, Permission.SUBMIT_DATA}
    return max(settings.TEMPLATE_LIMIT, settings.EVIDENCE_LIMIT) if of_team else 0


class CountedUpload(FileUploadHandler):
    """Receives a file into the private folder, counting its bytes; the only handler, so there is no other way in.

    The parts of a form are read before any view runs (the guard against forged requests looks into them): without the
    question of who asks, a stranger could fill the disk. A file that is not taken is read to its end and thrown away.
    """

    chunk_size = 1 << 20

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        user = getattr(self.request, "user", None)
        self.limit = limit_of(user)
        if not self.limit:
            self._refuse(NOT_ALLOWED)
        folder = Path(settings.UPLOADS)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # It has no name that anybody could open: where the system can, no name at all.
        self.file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed with the request
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > self.limit:
            self.file.close()
            self._refuse(TOO_LARGE)
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        return UploadedFile(self.file, self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()

    def _refuse(self, why: str) -> None:
        setattr(self.request, REFUSED, why)
        raise StopUpload(connection_reset=False)
