"""Pages of one person: for those who are signed in, kept by nobody on the way, and answers that a script can read."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from .problems import answer

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class BadBody(ValueError):  # noqa: N818 - a sentence for whoever sent it
    """A body that cannot be read; the message says what would be right, ``status`` is that of the answer."""

    def __init__(self, detail: str, status: int = 400) -> None:
        super().__init__(detail)
        self.status = status


def private(view: View[P]) -> View[P]:
    """A page for who is signed in; strangers are asked to sign in and come back to it."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            wanted = (
                request.get_full_path() if request.method in ("GET", "HEAD") else request.headers.get("Referer", "/")
            )
            return unkept(redirect_to_login(_path_of(request, wanted)))
        return unkept(view(request, *args, **kwargs))

    return guarded


def _path_of(request: HttpRequest, address: str) -> str:
    """An address without the host, where it is this host's; else this one's own."""
    here = request.build_absolute_uri("/")
    return "/" + address.removeprefix(here) if address.startswith(here) else address if address[:1] == "/" else "/"


def private_data(view: View[P]) -> View[P]:
    """The same for a script: who is not signed in is told so with 401, refusals and unreadable bodies are problems."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return unkept(answer(401, _("You are signed out. Sign in again; nothing that you typed is lost.")))
        try:
            return unkept(view(request, *args, **kwargs))
        except BadBody as bad:
            return unkept(answer(bad.status, str(bad)))
        except PermissionDenied as refused:
            return unkept(answer(403, str(refused)))

    return guarded


def unkept(response: HttpResponseBase) -> HttpResponseBase:
    """The same answer, kept by no cache on its way, not even the browser's own."""
    response["Cache-Control"] = "private, no-store"
    return response


def json_body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of a request. Errors: ``BadBody`` (415 for another content type, which a foreign form could send)."""
    if request.content_type != "application/json":
        raise BadBody(_("Send application/json."), 415)
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise BadBody(_("The body is no JSON.")) from error
    if not isinstance(body, dict):
        raise BadBody(_("The body is no JSON object."))
    return body


def data(body: dict[str, Any], status: int = 200) -> HttpResponse:
    """A JSON answer."""
    return JsonResponse(body, status=status)
