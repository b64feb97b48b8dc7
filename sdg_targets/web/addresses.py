"""Addresses that cannot be read: the null character, which PostgreSQL does not take, is refused before any page."""

from collections.abc import Callable
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from .problems import answer

NULL = "\0"
SAID = "The address holds a null character (%00)."


class NoNullCharacters:
    """Middleware: a path or query with a null character is answered 400, below ``/api/`` as a problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if NULL not in request.path_info and NULL not in query and "%00" not in query:
            return self.get_response(request)
        if request.path_info.startswith("/api/"):
            return answer(400, SAID, **_parameter(query))
        return HttpResponse(SAID, status=400, content_type="text/plain; charset=utf-8")


def _parameter(query: str) -> dict[str, str]:
    """The first parameter that holds the character, where one does."""
    for part in query.split("&"):
        name, _equals, value = part.partition("=")
        if NULL in unquote_plus(value):
            return {"parameter": unquote_plus(name).replace(NULL, "")[:100]}
    return {}
