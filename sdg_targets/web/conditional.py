"""Conditional answers: a tag for each representation, and 304 where the reader has it already."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language_from_request

from .problems import answer


def etag(request: HttpRequest, *parts: object) -> str:
    """A tag from the address with its query, the language, the format asked for and what else the answer hangs on."""
    language = get_language_from_request(request)
    text = "\n".join(map(str, (request.get_full_path(), language, request.headers.get("Accept", ""), *parts)))
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def tag_by_content(request: HttpRequest) -> Callable[[Any], Any]:
    """A step after rendering, for small answers: the tag is that of the bytes, so whatever changed them changes it.

    Returns the 304 in place of the answer where the reader has these bytes already.
    """

    def step(response: Any) -> Any:
        if response.status_code != 200:
            return response
        mark(response, f'"{hashlib.sha256(response.content).hexdigest()[:32]}"', None)
        return _as_problem(get_conditional_response(request, etag=response["ETag"], response=response))

    return step


def not_modified(request: HttpRequest, tag: str, changed: datetime | None) -> HttpResponseBase | None:
    """A 304 with its tag (or a 412) where the reader's conditions say so, else ``None``."""
    moment = int(changed.timestamp()) if changed else None
    answered = _as_problem(get_conditional_response(request, etag=tag, last_modified=moment))
    if answered is None or answered.status_code != 304:
        return answered
    return mark(answered, tag, changed)


def _as_problem(response: Any) -> Any:
    if response is None or response.status_code != 412:
        return response
    return answer(412, "What is here now is not what the condition (If-Match, If-Unmodified-Since) names.")


def mark(response: HttpResponseBase, tag: str, changed: datetime | None) -> HttpResponseBase:
    """Write tag, time of change and what the answer varies by."""
    response["ETag"] = tag
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    response.setdefault("Cache-Control", "public, max-age=60")
    patch_vary_headers(response, ("Accept", "Accept-Language"))
    return response
