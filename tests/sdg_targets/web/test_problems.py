"""Every error below /api/ is a problem, also the server's own."""

from typing import Any

import pytest
from django.test import Client

from sdg_targets.api.catalogue import GoalList

PROBLEM = "application/problem+json"


def test_a_failure_of_the_server_is_a_problem_and_readable_from_other_sites(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Any, request: Any) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(GoalList, "filtered", broken)
    response = Client(raise_request_exception=False).get("/api/v1/goals/")
    assert (response.status_code, response["Content-Type"]) == (500, PROBLEM)
    assert "broken on purpose" not in response.content.decode()
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_an_address_that_is_none(method: str) -> None:
    response = getattr(Client(), method)("/api/v1/nothing/here/")
    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)


def test_an_address_without_its_last_stroke_is_sent_on_with_its_query() -> None:
    response = Client().get("/api/v1/observations?area=KEN&format=csv")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/observations/?area=KEN&format=csv")


def test_the_first_address_lists_the_others() -> None:
    listed = Client().get("/api/v1/").json()
    assert listed["observations"] == "http://testserver/api/v1/observations/"
    assert len(listed) == 11
