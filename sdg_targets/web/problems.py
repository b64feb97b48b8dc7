"""Problem details (RFC 9457): every error of the API in one shape, the parameter named."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "The request has a mistake",
    401: "Sign in first",
    403: "Not permitted",
    404: "Nothing at this address",
    405: "This address does not take that method",
    406: "No such format",
    409: "It cannot be done as things stand",
    412: "The condition does not hold",
    415: "Not a format that can be read",
    429: "Too many requests",
    500: "The server failed",
}


class ProblemSerializer(serializers.Serializer[Any]):
    """An error (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    parameter = serializers.CharField(required=False)


class BadParameter(exceptions.APIException):
    """A query parameter that is unknown or has a value that cannot be read."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail)
        self.parameter = parameter


def problem(status_code: int, detail: str, **more: Any) -> dict[str, Any]:
    """The body of a problem: type, title, status, detail, and what else is known (``parameter``)."""
    return {
        "type": "about:blank",
        "title": TITLES.get(status_code, "Error"),
        "status": status_code,
        "detail": detail,
        **more,
    }


def answer(status_code: int, detail: str, **more: Any) -> JsonResponse:
    """A problem as a whole answer, for views that stand outside the REST framework."""
    return JsonResponse(problem(status_code, detail, **more), status=status_code, content_type=MEDIA_TYPE)


def reading_only(view: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A page below /api/ that is read: any other method is 405 as a problem, and no form's token is asked for."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if request.method in ("GET", "HEAD"):
            return view(request)
        refused = answer(405, f"Method “{str(request.method)[:20]}” not allowed.")
        refused["Allow"] = "GET, HEAD"
        return refused

    guarded.csrf_exempt = True  # type: ignore[attr-defined]
    return guarded


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal as a problem; what is no refusal is left to the server's own handling."""
    if isinstance(error, Http404):
        error = exceptions.NotFound(str(error) or None)
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error) or None)
    if not isinstance(error, exceptions.APIException):
        return None
    more = {"parameter": error.parameter} if isinstance(error, BadParameter) else getattr(error, "more", {})
    headers: dict[str, str] = {}
    if isinstance(error, exceptions.Throttled) and error.wait:
        headers["Retry-After"] = str(int(error.wait) + 1)
    if asked := getattr(error, "auth_header", None):  # set by the framework: how one says who one is
        headers["WWW-Authenticate"] = asked
    body = problem(error.status_code, str(error.detail), **more)
    return Response(body, status=error.status_code, headers=headers, content_type=MEDIA_TYPE)
