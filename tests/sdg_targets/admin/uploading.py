"""A form with a file as a browser sends it, and the pages of an upload as a person goes through them."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sdg_targets.models import Dataset, Upload

LIST = "/admin/sdg_targets/upload/"


def send(client: Client, content: bytes | None, *, name: str = "figures.csv", **changed: Any) -> Any:
    """What a browser would send: the file after the other cells, and the last part after the file."""
    data: dict[str, Any] = {"dataset": Dataset.objects.get().pk, "vintage": "", "origin": "", "note": ""}
    if content is not None:
        data["file"] = SimpleUploadedFile(name, content)
    sent = {**data, "whole": "1", **changed}
    return client.post(f"{LIST}add/", {key: value for key, value in sent.items() if value is not None})


def sent(client: Client, content: bytes, **given: Any) -> Upload:
    response = send(client, content, **given)
    upload = Upload.objects.latest("pk")
    assert (response.status_code, response["Location"]) == (302, f"{LIST}{upload.pk}/change/")
    return upload


def page(client: Client, upload: Upload) -> str:
    response = client.get(f"{LIST}{upload.pk}/change/")
    assert response.status_code == 200
    return response.content.decode()


def press(client: Client, upload: Upload, step: str, **data: Any) -> Upload:
    response = client.post(f"{LIST}{upload.pk}/{step}/", data)
    assert (response.status_code, response["Location"]) == (302, f"{LIST}{upload.pk}/change/")
    upload.refresh_from_db()
    return upload


def errors(response: Any) -> dict[str, Any]:
    assert response.status_code == 200
    return dict(response.context["adminform"].form.errors)
