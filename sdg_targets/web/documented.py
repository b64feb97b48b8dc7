"""What the OpenAPI document says of each operation: a sentence, its parameters, its answers and its errors."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers as fields

from .problems import ProblemSerializer

View = TypeVar("View", bound=type[Any])

FORMAT = OpenApiParameter("format", str, enum=["json", "csv"], description="json or csv; wins over the Accept header")
CURSOR = OpenApiParameter("cursor", str, description="From the “next” address of the page before")
PAGE_SIZE = OpenApiParameter("page_size", int, description="Rows on a page; the most is stated in the error for more")
BAD = OpenApiResponse(ProblemSerializer, description="A parameter is unknown or cannot be read; it is named")
NOT_FOUND = OpenApiResponse(ProblemSerializer, description="There is no row with this code")
NOT_MODIFIED = OpenApiResponse(description="The reader has this representation already (If-None-Match)")


def filters_of(filterset: Any) -> list[OpenApiParameter]:
    """The filters of a FilterSet as parameters, with their labels as sentences."""
    if filterset is None:
        return []
    kinds = {"NumberFilter": OpenApiTypes.INT, "BooleanFilter": OpenApiTypes.BOOL}
    found = []
    for name, entry in filterset.base_filters.items():
        given = entry.extra.get("choices", [])
        # Categories are rows of the catalogue: the document does not list them.
        choices = None if callable(given) else [value for value, _label in given] or None
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


def listed(serializer: type[Any], name: str, sentence: str, *, tag: str = "catalogue") -> Callable[[View], View]:
    """Document a list."""

    def decorate(view: View) -> View:
        page = inline_serializer(
            f"{name.title()}Page", {"next": fields.URLField(allow_null=True), "data": serializer(many=True)}
        )
        return _extend(
            view,
            operation_id=f"list_{name}",
            summary=sentence,
            tags=[tag],
            parameters=[*filters_of(view.filterset_class), CURSOR, PAGE_SIZE, FORMAT],
            responses={200: page, 304: NOT_MODIFIED, 400: BAD},
        )

    return decorate


def single(serializer: type[Any], name: str, sentence: str, *, tag: str = "catalogue") -> Callable[[View], View]:
    """Document one row."""

    def decorate(view: View) -> View:
        return _extend(
            view,
            operation_id=f"read_{name}",
            summary=sentence,
            tags=[tag],
            responses={200: serializer, 400: BAD, 404: NOT_FOUND},
        )

    return decorate


def _extend(view: View, **words: Any) -> View:
    """Document a view's ``get`` without changing that of the class it inherits from."""
    inherited = view.get

    def get(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        return inherited(self, request, *args, **kwargs)

    get.__doc__ = words["summary"]
    view.get = extend_schema(description=words["summary"], **words)(get)
    return view
