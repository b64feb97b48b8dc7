"""Files of a form: counted while they come in, taken from those who import alone, never left on the disk."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadhandler import StopUpload
from django.test import RequestFactory

from idm.accounts.models import User
from sdg_targets.web.uploads import REFUSED, CountedUpload

pytestmark = pytest.mark.django_db


@pytest.fixture
def handler(rf: RequestFactory, importer: User, tmp_path: Path, settings: Any) -> CountedUpload:
    settings.UPLOADS, settings.UPLOAD_LIMIT = tmp_path / "uploads", 10
    request = rf.post("/")
    request.user = importer
    return CountedUpload(request)


def begin(handler: CountedUpload) -> None:
    handler.new_file("file", "a.csv", "text/csv", None, None, {})


def test_a_file_is_given_on_as_it_came_and_has_no_name_on_the_disk(handler: CountedUpload, tmp_path: Path) -> None:
    begin(handler)
    for block in (b"abcde", b"fghij"):
        assert handler.receive_data_chunk(block, 0) is None
    file = handler.file_complete(10)
    assert (file.name, file.size, b"".join(file.chunks())) == ("a.csv", 10, b"abcdefghij")
    assert list((tmp_path / "uploads").iterdir()) == []
    file.close()
    assert (tmp_path / "uploads").stat().st_mode & 0o777 == 0o700


def test_one_byte_too_many_stops_it(handler: CountedUpload) -> None:
    begin(handler)
    handler.receive_data_chunk(b"x" * 10, 0)
    with pytest.raises(StopUpload):
        handler.receive_data_chunk(b"x", 10)
    assert handler.file.closed
    assert getattr(handler.request, REFUSED) == "too_large"


def test_nobody_else_is_listened_to(handler: CountedUpload, outsider: User, tmp_path: Path) -> None:
    for person in (outsider, None):
        handler.request.user = person
        with pytest.raises(StopUpload):
            begin(handler)
        assert getattr(handler.request, REFUSED) == "not_allowed"
    del handler.request.user
    with pytest.raises(StopUpload):
        begin(handler)
    assert not (tmp_path / "uploads").exists()


def test_what_is_broken_off_is_let_go_also_before_it_began(handler: CountedUpload) -> None:
    handler.upload_interrupted()
    begin(handler)
    handler.upload_interrupted()
    assert handler.file.closed
