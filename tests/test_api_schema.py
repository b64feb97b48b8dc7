"""The OpenAPI document: valid, complete, and the one that is committed."""

import re
from html import unescape
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from openapi_spec_validator import validate

from tests.factories import make_catalogue, make_series, observe

GOLDEN = Path(settings.BASE_DIR) / "tests" / "openapi.yaml"


@pytest.fixture(scope="module")
def made() -> str:
    return OpenApiYamlRenderer().render(SchemaGenerator().get_schema(public=True)).decode()


def test_it_is_the_committed_one(made: str) -> None:
    """A change of the API is seen in review: write it again with ``manage.py spectacular --file tests/openapi.yaml``."""
    assert yaml.safe_load(made) == yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))


def test_it_is_valid_openapi_3_1(made: str) -> None:
    document = yaml.safe_load(made)
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_every_operation_has_a_sentence_and_its_errors(made: str) -> None:
    for path, operations in yaml.safe_load(made)["paths"].items():
        for method, operation in operations.items():
            assert method == "get" or operation["tags"] == ["submissions"], path
            assert operation["summary"].endswith("."), path
            if path != "/api/v1/schema/":
                assert {"400", "404"} & set(operation["responses"]), path


@pytest.mark.django_db(transaction=True)  # COPY reads through a connection of its own
def test_the_examples_for_people_run() -> None:
    make_catalogue()
    make_series("SG_CPA_MIGR", indicator="10.7.2")
    observe("KEN", "2019", "8.4")
    blocks = [unescape(text) for text in re.findall(r"<pre[^>]*><code>(.*?)</code>", _page(), re.DOTALL)]
    assert len(blocks) == 4
    compile(blocks[1], "the Python example", "exec")
    queries = [query for block in blocks for query in re.findall(r'[?][a-z_]+=[^"\s]+', block)]
    assert len(queries) == 4
    for query in queries:
        response = Client().get(f"/api/v1/observations/{query}")
        body = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]
        assert (response.status_code, b"KEN" in body or "10.7.2" in query) == (200, True), query


@pytest.mark.django_db
def test_every_operation_answers_its_own_example(made: str) -> None:
    """The first parameter in each documented path leads to a row, or to a problem of the documented kind."""
    for path, operations in yaml.safe_load(made)["paths"].items():
        if path.startswith("/api/v1/submissions/"):
            continue  # one's own: tests/sdg_targets/api/test_submissions.py tries them
        found = [p for p in operations["get"].get("parameters", ()) if p["in"] == "path"]
        for parameter in found:
            example = next(iter(parameter["examples"].values()))["value"]
            response = Client().get(path.replace(f"{{{parameter['name']}}}", example))
            assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json"), path
        if path != "/api/v1/schema/":
            answer = operations["get"]["responses"]["200"]["content"]["application/json"]
            assert answer["examples"], path


def _page() -> str:
    return Client().get("/api/").content.decode()


@pytest.mark.django_db
def test_the_pages_that_explain_it_work_without_anything_from_elsewhere() -> None:
    client = Client()
    page = client.get("/api/")
    assert page.status_code == 200
    assert "http://testserver/api/v1/observations/?series=SI_RMT_COST" in page.content.decode()
    docs = client.get("/api/v1/docs/").content.decode()
    assert "<style" not in docs and "https://" not in docs and "<script>" not in docs
    assert client.get("/api/v1/docs/?script=").status_code == 200
    assert client.get("/api/v1/schema/").status_code == 200
