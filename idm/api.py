"""The API: every app's part below one address, its document, and the pages that explain it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import include, path, re_path, resolve, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.views.decorators.csrf import csrf_exempt
from django.views.defaults import bad_request, server_error
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from idm.accounts.api import AccountDetail
from sdg_targets.web.lists import Manners, Negotiation, ProblemRenderer, strict
from sdg_targets.web.problems import answer, reading_only


@reading_only
def api_page(request: HttpRequest) -> HttpResponse:
    """The API for people: what, how, and examples that run against this very server."""
    return render(request, "api.html", {"base": f"{request.scheme}://{request.get_host()}"})


#: The lists, by the names under which ``/api/v1/`` gives their addresses.
LISTS = {
    "goals": "api-goal-list",
    "targets": "api-target-list",
    "indicators": "api-indicator-list",
    "metadata": "api-metadata-list",
    "series": "api-series-list",
    "areas": "api-area-list",
    "observations": "api-observation-list",
    "changes": "api-change-list",
    "country-comments": "api-country-comment-list",
    "coverage": "api-coverage-list",
    "rules": "api-rule-list",
    "sources": "api-source-list",
    "releases": "api-release-list",
    "partners": "api-partner-list",
    "account": "api-account",
    "schema": "api-schema",
    "documentation": "api",
}


class Index(Manners, APIView):
    """The addresses of version 1, for a program that begins here."""

    renderer_classes = [ProblemRenderer]
    content_negotiation_class = Negotiation

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        strict(request._request, None, None, own=frozenset(("format",)))
        return Response({name: request.build_absolute_uri(reverse(view)) for name, view in LISTS.items()})


class Document(Manners, SpectacularAPIView):
    """The OpenAPI document, with the manners of every list: unknown parameters are refused, errors are problems."""

    content_negotiation_class = Negotiation

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        strict(request._request, None, None, own=frozenset(("format", "lang")))


class DocumentPages(Manners, SpectacularSwaggerSplitView):
    """The document for people, to try each operation."""


def nothing_here(request: HttpRequest) -> HttpResponse:
    """An address below /api/ that is none, as a problem; one that only lacks its last stroke is sent on."""
    if request.method in ("GET", "HEAD") and not request.path.endswith("/"):
        found = resolve(f"{request.path_info}/")
        if found.url_name != "api-nothing":
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{request.path}/{'?' if query else ''}{query}")
    return answer(404, "The addresses of the API are listed at /api/.")


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that is refused before any view sees it: a problem below /api/, elsewhere the plain page."""
    if not request.path_info.startswith("/api/"):
        return bad_request(request, exception)
    return answer(400, "The request cannot be read.")


def failed(request: HttpRequest) -> HttpResponse:
    """What a reader gets when the server itself fails: a problem below /api/, elsewhere the plain page."""
    if not request.path_info.startswith("/api/"):
        return server_error(request)
    return answer(500, "The answer could not be made. The failure is in the server’s log.")


urlpatterns: list[URLPattern | URLResolver] = [
    path("", api_page, name="api"),
    path("v1/", Index.as_view(), name="api-index"),
    path("v1/schema/", Document.as_view(), name="api-schema"),
    path(
        "v1/docs/",
        DocumentPages.as_view(url_name="api-schema", template_name="api_docs.html"),
        name="api-docs",
    ),
    path("v1/", include("sdg_targets.api.urls")),
    path("v1/", include("partners.api.urls")),
    path("v1/account/", AccountDetail.as_view(), name="api-account"),
    re_path("", csrf_exempt(nothing_here), name="api-nothing"),
]
