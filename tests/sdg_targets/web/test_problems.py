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
    assert len(listed) == 17


@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/schema/", "/api/v1/docs/", "/api/v1/goals/"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_a_method_that_is_not_taken_is_405_at_every_address_and_no_form_is_asked_for(path: str, method: str) -> None:
    response = Client(enforce_csrf_checks=True).generic(method, path)
    assert (response.status_code, response["Content-Type"]) == (405, PROBLEM)
    assert response["Allow"].startswith("GET, HEAD")
    assert response.json()["status"] == 405


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/schema/", "/api/v1/goals/"])
def test_a_browser_s_question_before_reading_from_another_site_is_answered(path: str) -> None:
    response = Client().options(path, headers={"origin": "https://elsewhere.example", "accept": "text/csv, */*;q=0.1"})
    assert (response.status_code, response["Access-Control-Allow-Methods"]) == (200, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/api/v1/?bogus=1", "*/*", 400),
        ("/api/v1/schema/?bogus=1", "*/*", 400),
        ("/api/v1/schema/?format=xml", "*/*", 400),
        ("/api/v1/schema/", "application/xml", 406),
        ("/api/v1/goals/", "application/xml", 406),
        ("/api/v1/goals/", "rubbish", 406),
        ("/api/v1/goals/?format=", "text/turtle;q=1", 406),
    ],
)
def test_what_cannot_be_answered_is_a_problem_in_json(path: str, accept: str, status: int) -> None:
    response = Client().get(path, headers={"accept": accept})
    assert (response.status_code, response["Content-Type"], response.json()["status"]) == (status, PROBLEM, status)


def test_what_is_refused_before_any_view_is_a_problem_below_the_api_alone() -> None:
    below, page = (Client().get(path, headers={"host": "elsewhere.example"}) for path in ("/api/v1/goals/", "/about/"))
    assert (below.status_code, below["Content-Type"]) == (400, PROBLEM)
    assert (page.status_code, page["Content-Type"]) == (400, "text/html; charset=utf-8")


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/schema/", "/api/v1/docs/", "/api/v1/goals/"])
@pytest.mark.django_db
def test_an_answer_hangs_on_nobody_s_cookie(path: str) -> None:
    assert "Cookie" not in Client().get(path)["Vary"]
