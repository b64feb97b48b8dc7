"""Null characters in an address: refused at every door, in the door's own manner."""

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/data/?as_of=%00", "/sources/a%00b/", "/?q=x%00", "/fr/data/?area=KEN%00"])
def test_a_page_says_so_plainly(path: str) -> None:
    response = Client().get(path)
    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")


@pytest.mark.parametrize(
    ("path", "parameter"),
    [("/api/v1/observations/?area=KEN&as_of=%00", "as_of"), ("/api/v1/areas/a%00/", None), ("/api/?%00=1", None)],
)
def test_the_api_answers_a_problem(path: str, parameter: str | None) -> None:
    response = Client().get(path)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json().get("parameter") == parameter
    assert response["Access-Control-Allow-Origin"] == "*"
