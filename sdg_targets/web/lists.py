"""Lists of an API: strict parameters, stable order, pages with a next link, JSON or CSV, conditional answers."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework.generics import GenericAPIView
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from . import cursors
from .conditional import etag, mark, not_modified
from .problems import MEDIA_TYPE, BadParameter, problem

#: Parameters that every list takes besides its filters.
OWN = frozenset(("format", "cursor", "page_size"))


class CsvRenderer(BaseRenderer):
    """Rows of plain values as CSV; nested values stand as JSON in their cell."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        rows = data.get("data", []) if isinstance(data, dict) else data
        return rows_as_csv(rows).encode()


def rows_as_csv(rows: Iterable[dict[str, Any]]) -> str:
    """Rows with the same keys as CSV with a heading."""
    out = io.StringIO()
    writer: Any = None
    for row in rows:
        if writer is None:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(row)
        writer.writerow(
            json.dumps(cell, ensure_ascii=False) if isinstance(cell, (dict, list)) else cell for cell in row.values()
        )
    return out.getvalue()


class ProblemRenderer(JSONRenderer):
    """JSON, named a problem where it is one."""

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        response = (renderer_context or {}).get("response")
        if response is not None and response.status_code >= 400:
            response["Content-Type"] = MEDIA_TYPE
        return bytes(super().render(data, accepted_media_type, renderer_context))


class Negotiation(DefaultContentNegotiation):
    """``?format=`` wins over ``Accept``; a format that is not on offer is a mistake in the address, and says so."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:
        if asked := request.query_params.get("format"):
            renderer = self.filter_renderers(renderers, asked)[0]
            return renderer, renderer.media_type
        return super().select_renderer(request, renderers, format_suffix)

    def filter_renderers(self, renderers: Any, format: str) -> Any:  # noqa: A002 - the framework's own name
        found = [renderer for renderer in renderers if renderer.format == format]
        if not found:
            offered = ", ".join(renderer.format for renderer in renderers)
            raise BadParameter("format", f"There is no format “{format[:20]}” here. There are: {offered}.")
        return found


class _Problems:
    """Errors are problems in JSON, whatever format the answer would have had."""

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        finished = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        if finished.status_code >= 400 and hasattr(finished, "accepted_renderer"):
            finished.accepted_renderer, finished.accepted_media_type = ProblemRenderer(), MEDIA_TYPE
        return finished


class ListAPIView(_Problems, GenericAPIView[Any]):
    """A read-only list over a QuerySet with one FilterSet. Rows are few (the catalogue): a cursor is a place in the order."""

    renderer_classes = [ProblemRenderer, CsvRenderer]
    content_negotiation_class = Negotiation
    filter_backends: ClassVar[list[Any]] = []
    pagination_class: ClassVar[type[LimitOffsetPagination] | None] = None
    filterset_class: ClassVar[type[django_filters.FilterSet] | None] = None
    usual, most = 100, 1000
    #: Parameters of the view itself.
    extra: ClassVar[frozenset[str]] = frozenset()

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        tag = etag(request._request, self.state())
        if (answer := not_modified(request._request, tag, None)) is not None:
            return answer  # type: ignore[return-value]
        size = cursors.page_size(request.GET.get("page_size"), usual=self.usual, most=self.most)
        queryset = self.filtered(request)
        start = self._start(request)
        rows = list(queryset[start : start + size + 1])
        following = None
        if len(rows) > size:
            following = page_address(request._request, cursors.pack([start + size]))
        data = self.get_serializer(rows[:size], many=True).data
        response = Response({"next": following, "data": data})
        return linked(mark(response, tag, None), following)  # type: ignore[return-value]

    def _start(self, request: Request) -> int:
        cursor = request.GET.get("cursor")
        return max(0, cursors.unpack(cursor, length=1)[0]) if cursor else 0

    def state(self) -> object:
        """What a change of the list's rows changes too."""
        return ""

    def filtered(self, request: Request) -> QuerySet[Any]:
        """The rows asked for. Errors: ``BadParameter`` for a parameter that is unknown or cannot be read."""
        return strict(request._request, self.filterset_class, self.get_queryset(), extra=self.extra)


class DetailAPIView(_Problems, GenericAPIView[Any]):
    """One row by its code."""

    renderer_classes = [ProblemRenderer]
    content_negotiation_class = Negotiation
    filter_backends: ClassVar[list[Any]] = []
    lookup_field = "code"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        strict(request._request, None, None)
        response = Response(self.get_serializer(self.get_object()).data)
        patch_vary_headers(response, ("Accept", "Accept-Language"))
        return response


def strict(
    request: HttpRequest,
    filterset_class: type[django_filters.FilterSet] | None,
    queryset: Any,
    *,
    extra: frozenset[str] = frozenset(),
) -> Any:
    """The filtered rows; every parameter must be known and readable. Errors: ``BadParameter``, the parameter named."""
    known = set(filterset_class.base_filters) if filterset_class else set()
    for name in request.GET:
        if name not in known | OWN | extra:
            offered = ", ".join(sorted(known | OWN | extra))
            raise BadParameter(name, f"There is no parameter “{name[:40]}” here. There are: {offered}.")
    if filterset_class is None:
        return queryset
    filterset = filterset_class(request.GET, queryset=queryset, request=request)
    if not filterset.form.is_valid():
        name, errors = next(iter(filterset.form.errors.items()))
        raise BadParameter(str(name), f"{name}: {' '.join(map(str, errors))}")
    return filterset.qs


def page_address(request: HttpRequest, cursor: str) -> str:
    """The address of the page after a cursor, everything else as asked."""
    query = request.GET.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def linked(response: Any, following: str | None) -> Any:
    """The next page also as a Link header, where clients look for it."""
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


__all__ = ["DetailAPIView", "ListAPIView", "linked", "page_address", "problem", "strict"]
