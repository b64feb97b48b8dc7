"""The OpenAPI document says what is so: answers, examples and errors are held against it."""

from typing import Any

import pytest
import yaml
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from jsonschema import Draft202012Validator

#: Answers only to a token: tests/idm/accounts/test_tokens.py asks it.
OF_THE_ASKER = "/api/v1/account/"


@pytest.fixture(scope="module")
def made() -> str:
    return OpenApiYamlRenderer().render(SchemaGenerator().get_schema(public=True)).decode()


def working(document: dict[str, Any]) -> dict[str, Any]:
    """The addresses of which something is one's own; tests/sdg_targets/api/test_submissions.py tries them."""
    return {
        path: found
        for path, found in document["paths"].items()
        if "submissions" in found["get" if "get" in found else "post"]["tags"]
    }


def schema_of(
    document: dict[str, Any], path: str, status: str, media_type: str, method: str = "get"
) -> Draft202012Validator:
    content = document["paths"][path][method]["responses"][status]["content"]
    return Draft202012Validator({**content[media_type]["schema"], "components": document["components"]})


@pytest.mark.usefixtures("shipped")
@pytest.mark.django_db
def test_what_is_answered_is_what_is_documented(made: str) -> None:
    """Every list, some of its rows, each row's own address, and two mistakes, over everything that is shipped."""
    document = yaml.safe_load(made)
    shut = {"/api/v1/schema/", OF_THE_ASKER, *working(document)}
    paths = [path for path in document["paths"] if path not in shut]
    for path in (path for path in paths if "{" not in path):
        for query in ("page_size=1000", "page_size=7"):
            answer = Client().get(f"{path}?{query}")
            schema_of(document, path, "200", "application/json").validate(answer.json())
        for query, status, media_type in (
            ("bogus=1", "400", "application/problem+json"),
            ("format=csv", "200", "text/csv"),
        ):
            if path.endswith("/observations/") and "csv" in query:
                continue
            answer = Client().get(f"{path}?{query}")
            assert (str(answer.status_code), answer["Content-Type"].split(";")[0]) == (status, media_type), path
        rows = answer_rows(path)
        for one in (one for one in paths if "{" in one and one[: one.index("{")] == path):
            parameter = one[one.index("{") + 1 : one.index("}")]
            for row in rows[:: max(1, len(rows) // 20)]:
                answer = Client().get(one.replace(f"{{{parameter}}}", row[parameter]))
                schema_of(document, one, "200", "application/json").validate(answer.json())


def answer_rows(path: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = Client().get(f"{path}?page_size=1000").json()["data"]
    return rows


def test_every_example_is_what_its_schema_says(made: str) -> None:
    document = yaml.safe_load(made)
    tried = 0
    operations = [(path, method, each) for path, found in document["paths"].items() for method, each in found.items()]
    for path, method, operation in operations:
        for status, answer in operation["responses"].items():
            for media_type, content in answer.get("content", {}).items():
                for example in content.get("examples", {}).values():
                    schema_of(document, path, status, media_type, method).validate(example["value"])
                    tried += 1
        for content in operation.get("requestBody", {}).get("content", {}).values():
            for example in content["examples"].values():
                schema = {**content["schema"], "components": document["components"]}
                Draft202012Validator(schema).validate(example["value"])
                tried += 1
    assert tried == 72


def test_errors_are_documented_in_the_media_type_they_have(made: str) -> None:
    for path, operations in yaml.safe_load(made)["paths"].items():
        if path == "/api/v1/schema/":
            continue
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if status >= "400":
                    assert list(answer["content"]) == ["application/problem+json"], (path, status)
