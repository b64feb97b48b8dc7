"""Lists of an API: strict parameters, stable order, pages with a next link, JSON or CSV, conditional answers."""

import csv
import io
import json
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.generics import GenericAPIView
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from . import cursors
from .conditional import tag_by_content
from .problems import MEDIA_TYPE, BadParameter

READING = ("GET", "HEAD", "OPTIONS")
#: Parameters that every list takes besides its filters.
OWN = frozenset(("format", "cursor", "page_size"))


class CsvRenderer(BaseRenderer):
    """Columns and rows of plain values as CSV; nested values stand as JSON in their cell."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return rows_as_csv(data["columns"], data["data"]).encode()


def rows_as_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    """Rows as CSV with a heading, which stands also where there are none."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        cells = (row[name] for name in columns)
        writer.writerow(json.dumps(c, ensure_ascii=False) if isinstance(c, (dict, list)) else c for c in cells)
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


class Manners(APIView):
    """Reading only, the same for everyone; errors are problems in JSON, whatever format the answer would have had."""

    #: Nobody is asked who they are: an answer that hung on a cookie could not be kept by any cache.
    authentication_classes: Sequence[type[BaseAuthentication]] = ()

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """A method that is not taken is answered as such, before anything is asked about the reader."""
        if request.method not in READING:
            raise exceptions.MethodNotAllowed(request.method)
        super().initial(request, *args, **kwargs)

    @property
    def allowed_methods(self) -> list[str]:
        """What the Allow header says."""
        return list(READING)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        finished = super().finalize_response(request, response, *args, **kwargs)
        if hasattr(finished, "accepted_renderer"):
            if finished.status_code >= 400:
                finished.accepted_renderer, finished.accepted_media_type = ProblemRenderer(), MEDIA_TYPE
            elif request.method == "OPTIONS":
                finished.accepted_renderer, finished.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
        return finished


class ListAPIView(Manners, GenericAPIView[Any]):
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
        if request.accepted_renderer.format == "csv":
            return self.whole(request)
        size = cursors.page_size(request.GET.get("page_size"), usual=self.usual, most=self.most)
        queryset = self.filtered(request)
        start = self._start(request)
        rows = list(queryset[start : start + size + 1])
        following = None
        if len(rows) > size:
            following = page_address(request._request, cursors.pack([start + size]))
        data = self.get_serializer(rows[:size], many=True).data
        response = Response({"next": following, "data": data})
        response.add_post_render_callback(tag_by_content(request._request))
        return linked(response, following)  # type: ignore[no-any-return]

    def whole(self, request: Request) -> HttpResponse:
        """The whole list, for CSV."""
        not_in_pages(request._request)
        rows = self.get_serializer(self.filtered(request), many=True)
        response = Response({"columns": list(rows.child.fields), "data": rows.data})
        response["Content-Disposition"] = f'attachment; filename="{request.path.rstrip("/").rpartition("/")[2]}.csv"'
        response.add_post_render_callback(tag_by_content(request._request))
        return response

    def _start(self, request: Request) -> int:
        cursor = request.GET.get("cursor")
        return max(0, cursors.unpack(cursor, length=1)[0]) if cursor else 0

    def filtered(self, request: Request, **options: Any) -> QuerySet[Any]:
        """The rows asked for; ``options`` are the FilterSet's. Errors: ``BadParameter``, where one is unknown or unreadable."""
        return strict(request._request, self.filterset_class, self.get_queryset(), extra=self.extra, **options)


class DetailAPIView(Manners, GenericAPIView[Any]):
    """One row by its code."""

    renderer_classes = [ProblemRenderer]
    content_negotiation_class = Negotiation
    filter_backends: ClassVar[list[Any]] = []
    lookup_field = "code"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        strict(request._request, None, None, own=frozenset(("format",)))
        response = Response(self.get_serializer(self.get_object()).data)
        response.add_post_render_callback(tag_by_content(request._request))
        return response


def strict(
    request: HttpRequest,
    filterset_class: type[django_filters.FilterSet] | None,
    queryset: Any,
    *,
    extra: frozenset[str] = frozenset(),
    own: frozenset[str] = OWN,
    **options: Any,
) -> Any:
    """The filtered rows; every parameter must be known, readable and given once (unless its filter takes several).

    ``options`` are what this FilterSet takes besides. Errors: ``BadParameter``, the parameter named.
    """
    filters = filterset_class.base_filters if filterset_class else {}
    _refuse_unknown(request, filters, {*filters, *own, *extra})
    if filterset_class is None:
        return queryset
    made = narrowed(filterset_class, frozenset(request.GET))
    return _read(made(request.GET, queryset=queryset, request=request, **options)).qs


def strict_filterset(
    request: HttpRequest,
    filterset_class: type[django_filters.FilterSet],
    queryset: Any,
    *,
    extra: frozenset[str] = frozenset(),
    own: frozenset[str] = OWN,
) -> Any:
    """The FilterSet itself, read as strictly, for a list that asks it more than its rows. Errors: ``BadParameter``."""
    filters = filterset_class.base_filters
    _refuse_unknown(request, filters, {*filters, *own, *extra})
    return _read(filterset_class(request.GET, queryset=queryset, request=request))


def _read(filterset: Any) -> Any:
    """The FilterSet, its parameters readable. Errors: ``BadParameter``, the first that is not named."""
    if not filterset.form.is_valid():
        name, errors = next(iter(filterset.form.errors.items()))
        raise BadParameter(str(name), f"{name}: {' '.join(map(str, errors))}")
    return filterset


def _refuse_unknown(request: HttpRequest, filters: Mapping[str, Any], known: Collection[str]) -> None:
    for name, values in request.GET.lists():
        if name not in known:
            offered = ", ".join(sorted(known))
            raise BadParameter(name[:100], f"There is no parameter “{name[:40]}” here. There are: {offered}.")
        if len(values) > 1 and not takes_several(filters.get(name)):
            raise BadParameter(name, f"{name} is given {len(values)} times; it takes one value.")


@lru_cache(maxsize=256)
def narrowed(filterset_class: type[django_filters.FilterSet], names: frozenset[str]) -> type[django_filters.FilterSet]:
    """The FilterSet with those of its filters alone that are asked for: each one is copied, and its field made, a request.

    A filter that is not asked for narrows nothing, so what is found is the same.
    """
    kept = {name: entry for name, entry in filterset_class.base_filters.items() if name in names}
    made = type(filterset_class.__name__, (filterset_class,), {"__module__": __name__})
    made.base_filters = OrderedDict(kept)
    return made


def not_in_pages(request: HttpRequest) -> None:
    """CSV is a whole result. Errors: ``BadParameter`` where a page of it is asked for."""
    for name in ("cursor", "page_size"):
        if request.GET.get(name):
            raise BadParameter(name, f"CSV is the whole result: take {name} out.")


def takes_several(entry: Any) -> bool:
    """Whether a filter reads a parameter that is repeated: of choices, or of codes (``repeats``)."""
    return isinstance(entry, django_filters.MultipleChoiceFilter) or getattr(entry, "repeats", False)


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


__all__ = [
    "DetailAPIView",
    "ListAPIView",
    "Manners",
    "Negotiation",
    "ProblemRenderer",
    "linked",
    "not_in_pages",
    "page_address",
    "strict",
    "strict_filterset",
    "takes_several",
]
