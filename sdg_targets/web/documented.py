"""What the OpenAPI document says of each operation: a sentence, its parameters, its answers and its errors."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers as fields

from .problems import MEDIA_TYPE, ProblemSerializer, problem

View = TypeVar("View", bound=type[Any])

FORMAT = OpenApiParameter("format", str, enum=["json", "csv"], description="json or csv; wins over the Accept header")
CURSOR = OpenApiParameter("cursor", str, description="From the “next” address of the page before")
BAD = OpenApiResponse(ProblemSerializer, description="A parameter is unknown or cannot be read; it is named")
NOT_FOUND = OpenApiResponse(ProblemSerializer, description="There is no row with this code")
NOT_ON_OFFER = OpenApiResponse(ProblemSerializer, description="The Accept header names no format that is on offer")
NOT_MODIFIED = OpenApiResponse(description="The reader has this representation already (If-None-Match)")

MISTAKE = OpenApiExample(
    "A parameter that is none",
    value=problem(400, "There is no parameter “countri” here. There are: area, cursor, format …", parameter="countri"),
    response_only=True,
    status_codes=["400"],
    media_type=MEDIA_TYPE,
)
MISSING = OpenApiExample(
    "No such row",
    value=problem(404, "Not found."),
    response_only=True,
    status_codes=["404"],
    media_type=MEDIA_TYPE,
)


def page_size(most: int) -> OpenApiParameter:
    """The size of a page, with the most that is taken."""
    kind = {"type": "integer", "minimum": 1, "maximum": most}
    return OpenApiParameter("page_size", kind, description=f"Rows on a page, at most {most}; JSON only")


def answers(*, rows: Any, by_code: bool = False, csv: bool = False) -> dict[Any, Any]:
    """What an operation answers: its rows, and each error as a problem in the media type it really has."""
    found: dict[Any, Any] = {(200, "application/json"): rows}
    if csv:
        found[200, "text/csv"] = OpenApiTypes.STR
    found |= {304: NOT_MODIFIED, (400, MEDIA_TYPE): BAD}
    if by_code:
        found[404, MEDIA_TYPE] = NOT_FOUND
    return {**found, (406, MEDIA_TYPE): NOT_ON_OFFER}


def filters_of(filterset: Any) -> list[OpenApiParameter]:
    """The filters of a FilterSet as parameters, with their labels as sentences."""
    if filterset is None:
        return []
    kinds = {"WholeNumberFilter": OpenApiTypes.INT}
    found = []
    for name, entry in filterset.base_filters.items():
        given = entry.extra.get("choices", [])
        # Categories are rows of the catalogue: the document does not list them.
        choices = None if callable(given) else [value for value, _label in given] or None
        if type(entry).__name__ == "YesNoFilter":
            choices = ["yes", "no", "true", "false"]
        found.append(
            OpenApiParameter(
                name,
                kinds.get(type(entry).__name__, OpenApiTypes.STR),
                description=str(entry.label),
                enum=choices,
                many="Multiple" in type(entry).__name__,
            )
        )
    return found


def listed(
    serializer: type[Any], name: str, sentence: str, *, row: dict[str, Any], tag: str = "catalogue"
) -> Callable[[View], View]:
    """Document a list; ``row`` is one of its rows, as an example."""

    def decorate(view: View) -> View:
        page = inline_serializer(
            f"{name.title()}Page", {"next": fields.URLField(allow_null=True), "data": serializer(many=True)}
        )
        return _extend(
            view,
            operation_id=f"list_{name}",
            summary=sentence,
            tags=[tag],
            parameters=[*filters_of(view.filterset_class), CURSOR, page_size(view.most), FORMAT],
            responses=answers(rows=page, csv=True),
            examples=[*_examples(f"A page of {name}", {"next": None, "data": [row]}), MISTAKE],
        )

    return decorate


def single(
    serializer: type[Any], name: str, sentence: str, *, row: dict[str, Any], tag: str = "catalogue"
) -> Callable[[View], View]:
    """Document one row; ``row`` is an example of it, and its first member is its address."""

    def decorate(view: View) -> View:
        return _extend(
            view,
            operation_id=f"read_{name}",
            summary=sentence,
            tags=[tag],
            parameters=[
                OpenApiParameter(
                    view.lookup_field,
                    str,
                    OpenApiParameter.PATH,
                    description="As in the list",
                    examples=[OpenApiExample("an example", next(iter(row.values())))],
                )
            ],
            responses=answers(rows=serializer, by_code=True),
            examples=[*_examples(f"One {name}", row), MISTAKE, MISSING],
        )

    return decorate


def _examples(title: str, value: dict[str, Any]) -> list[OpenApiExample]:
    return [OpenApiExample(title, value=value, response_only=True, status_codes=["200"], media_type="application/json")]


def _extend(view: View, **words: Any) -> View:
    """Document a view's ``get`` without changing that of the class it inherits from."""
    inherited = view.get

    def get(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        return inherited(self, request, *args, **kwargs)

    get.__doc__ = words["summary"]
    view.get = extend_schema(description=words["summary"], auth=[], **words)(get)
    return view
