"""The API: every app's part below one address, its document, and the pages that explain it."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import include, path, re_path, resolve, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.defaults import server_error
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from sdg_targets.web.problems import MEDIA_TYPE, problem


@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """The API for people: what, how, and examples that run against this very server."""
    return render(request, "api.html", {"base": f"{request.scheme}://{request.get_host()}"})


#: The lists, by the names under which ``/api/v1/`` gives their addresses.
LISTS = {
    "goals": "api-goal-list",
    "targets": "api-target-list",
    "indicators": "api-indicator-list",
    "series": "api-series-list",
    "areas": "api-area-list",
    "observations": "api-observation-list",
    "sources": "api-source-list",
    "releases": "api-release-list",
    "partners": "api-partner-list",
    "schema": "api-schema",
    "documentation": "api",
}


@require_safe
def index(request: HttpRequest) -> JsonResponse:
    """The addresses of version 1, for a program that begins here."""
    return JsonResponse({name: request.build_absolute_uri(reverse(view)) for name, view in LISTS.items()})


def nothing_here(request: HttpRequest) -> HttpResponse:
    """An address below /api/ that is none, as a problem; one that only lacks its last stroke is sent on."""
    if request.method in ("GET", "HEAD") and not request.path.endswith("/"):
        found = resolve(f"{request.path_info}/")
        if found.url_name != "api-nothing":
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{request.path}/{'?' if query else ''}{query}")
    body = problem(404, "The addresses of the API are listed at /api/.")
    return JsonResponse(body, status=404, content_type=MEDIA_TYPE)


def failed(request: HttpRequest) -> HttpResponse:
    """What a reader gets when the server itself fails: a problem below /api/, elsewhere the plain page."""
    if not request.path_info.startswith("/api/"):
        return server_error(request)
    body = problem(500, "The answer could not be made. The failure is in the server’s log.")
    return JsonResponse(body, status=500, content_type=MEDIA_TYPE)


urlpatterns: list[URLPattern | URLResolver] = [
    path("", api_page, name="api"),
    path("v1/", index, name="api-index"),
    path("v1/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path(
        "v1/docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="api_docs.html"),
        name="api-docs",
    ),
    path("v1/", include("sdg_targets.api.urls")),
    path("v1/", include("partners.api.urls")),
    re_path("", csrf_exempt(nothing_here), name="api-nothing"),
]
