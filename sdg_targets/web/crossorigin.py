"""Reading from other sites' pages: the API says to browsers that everybody may read, on errors too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


class ReadableFromAnywhere:
    """Middleware: CORS headers for reading, below ``/api/`` only; no credentials are ever allowed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path_info.startswith("/api/"):
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = "ETag, Link, Last-Modified, Content-Disposition"
            if request.method == "OPTIONS":
                response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
                response["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Content-Type, If-None-Match"
                response["Access-Control-Max-Age"] = "86400"
        return response
