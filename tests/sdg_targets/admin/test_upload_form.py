"""The form for a file: what cannot be taken is said at its field, and nothing of it is kept; odd names are only shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from idm.accounts.models import User
from sdg_targets.models import Dataset, Upload
from tests.factories.uploads import own_csv
from tests.sdg_targets.admin.uploading import LIST, errors, page, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


@pytest.mark.parametrize(
    ("content", "changed", "field", "said"),
    [
        (None, {}, "file", "required"),
        (b"", {}, "file", "empty"),
        (b"abc", {"whole": None}, "__all__", "broke off"),
        (b"abc", {"dataset": ""}, "dataset", "required"),
        (b"abc", {"vintage": "x" * 41}, "vintage", "at most 40"),
        (b"abc", {"complete": "on", "backfill": "on"}, "backfill", "withdraws nothing"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_nothing_is_kept(
    client: Client, folder: Path, content: bytes | None, changed: dict[str, Any], field: str, said: str
) -> None:
    response = send(client, content, **changed)
    assert said in str(errors(response)[field])
    assert "Please correct the error" in response.content.decode()
    assert not Upload.objects.exists()
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_file_that_is_too_large_is_said_so_and_the_other_cells_stay(
    client: Client, folder: Path, settings: Any
) -> None:
    settings.UPLOAD_LIMIT = 3 << 20
    response = send(client, b"a" * (5 << 20), vintage="2020-10")
    assert "larger than may be uploaded here: 3.0" in str(errors(response)["file"])
    assert 'value="2020-10"' in response.content.decode()
    assert list(folder.iterdir()) == []


def test_a_file_for_which_there_is_no_room_is_refused_before_it_is_stored(
    client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda place: type("Usage", (), {"free": 1 << 20}))
    assert "not enough room where uploaded files are kept" in str(errors(send(client, b"abc"))["file"])
    assert not Upload.objects.exists()


def test_a_stranger_s_file_is_not_listened_to_on_any_page(
    anonymous: Client, outsider: User, sign_in: Callable[[User], Client], dataset: Dataset, folder: Path
) -> None:
    for client in (anonymous, sign_in(outsider)):
        for address in (f"{LIST}add/", "/account/login/", "/about/"):
            client.post(address, {"file": SimpleUploadedFile("a.csv", b"a" * 5_000_000)})
    assert not folder.exists()


def on_the_wire(name: str, content: bytes) -> bytes:
    """The form as a browser sends it; a name is sent as it is, with folders and all."""
    parts = [b'name="dataset"\r\n\r\n%d' % Dataset.objects.get().pk]
    parts.append(b'name="file"; filename="%s"\r\n\r\n%s' % (name.encode(), content))
    parts.append(b'name="whole"\r\n\r\n1')
    return b"".join(b"--cut\r\nContent-Disposition: form-data; %s\r\n" % part for part in parts) + b"--cut--\r\n"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\a.csv", "a.csv"),
        ("/var/uploads/a.csv", "a.csv"),
        ("x" * 400 + ".csv", "x" * 251 + ".csv"),
        ("données.csv", "données.csv"),
        ("=1+1.csv", "=1+1.csv"),
        ("a\u202e.csv", "a.csv"),
        ("..", None),
        ("", None),
    ],
)
def test_odd_names_are_only_shown(client: Client, folder: Path, name: str, shown: str | None) -> None:
    body = on_the_wire(name, own_csv("KEN,2015,_T,5"))
    response = client.post(f"{LIST}add/", body, content_type="multipart/form-data; boundary=cut")
    if shown is None:  # a name that is none: no file was given
        assert "file" in errors(response)
        return
    upload = Upload.objects.get()
    assert [file.name for file in folder.iterdir()] == [upload.stored]
    assert upload.file_name == shown
    assert page(client, upload)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_form_that_breaks_off_on_its_way_leaves_nothing(client: Client, folder: Path, part: float) -> None:
    body = on_the_wire("figures.csv", own_csv(*(f"KEN,{year},_T,5" for year in range(1900, 2020))))
    cut = body[: int(len(body) * part)]
    response = client.post(f"{LIST}add/", cut, content_type="multipart/form-data; boundary=cut")
    assert "broke off" in str(errors(response)["__all__"])
    assert list(folder.iterdir()) == []
    assert not Upload.objects.exists()
