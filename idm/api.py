"""The API: every app's part below one address, its document, and the pages that explain it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import include, path, re_path
from django.urls.resolvers import URLPattern, URLResolver
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from sdg_targets.web.problems import MEDIA_TYPE, problem


@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """The API for people: what, how, and examples that run against this very server."""
    return render(request, "api.html", {"base": f"{request.scheme}://{request.get_host()}"})


@require_safe
def nothing_here(request: HttpRequest) -> JsonResponse:
    """An address below /api/ that is none, as a problem like every other error."""
    body = problem(404, "The addresses of the API are listed at /api/.")
    return JsonResponse(body, status=404, content_type=MEDIA_TYPE)


urlpatterns: list[URLPattern | URLResolver] = [
    path("", api_page, name="api"),
    path("v1/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path(
        "v1/docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="api_docs.html"),
        name="api-docs",
    ),
    path("v1/", include("sdg_targets.api.urls")),
    path("v1/", include("partners.api.urls")),
    re_path("", nothing_here, name="api-nothing"),
]
