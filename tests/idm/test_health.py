"""The health address answers without signing in and reaches the database."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_healthz_says_ok_and_is_never_cached(client: Client) -> None:
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.content == b"ok\n"
    assert "no-store" in response["Cache-Control"]


def test_healthz_refuses_to_be_posted_to(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
