"""Answers for people and programs that are signed in: never kept by anybody, numbers read exactly, refusals in one shape."""

import json
from decimal import Decimal
from typing import Any

from django.utils.cache import add_never_cache_headers, patch_cache_control
from rest_framework import exceptions
from rest_framework.parsers import JSONParser
from rest_framework.permissions import BasePermission
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from .lists import Negotiation, ProblemRenderer
from .problems import MEDIA_TYPE


class ExactJSONParser(JSONParser):
    """JSON in which 6.20 stays 6.20: a number never passes through a float."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            return json.loads(stream.read().decode(), parse_float=Decimal, parse_constant=_no_number)
        except (ValueError, UnicodeDecodeError, RecursionError) as error:
            raise exceptions.ParseError(f"The body is no JSON that can be read: {error}") from error


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not a number")


class SignedIn(BasePermission):
    """Somebody is signed in, or a token stands for somebody; what they may do is asked by each deed."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user and request.user.is_authenticated)


class WorkingAPIView(APIView):
    """An address of the API that is somebody's own: by session or by token, in JSON alone."""

    permission_classes = [SignedIn]
    parser_classes = [ExactJSONParser]
    renderer_classes: list[type[BaseRenderer]] = [ProblemRenderer]
    content_negotiation_class = Negotiation

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Nothing of it is kept by a cache; errors are problems."""
        finished = super().finalize_response(request, response, *args, **kwargs)
        add_never_cache_headers(finished)
        patch_cache_control(finished, private=True, no_store=True)
        if finished.status_code >= 400 and hasattr(finished, "accepted_renderer"):
            finished.accepted_renderer, finished.accepted_media_type = ProblemRenderer(), MEDIA_TYPE
        return finished


class Conflict(exceptions.APIException):
    """What was asked for cannot be done as things stand now; ``more`` says what stands there."""

    status_code = 409

    def __init__(self, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.more = more


class Unreadable(exceptions.APIException):
    """A body of which some members cannot be read; ``errors`` names each with its place."""

    status_code = 400

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(f"{len(errors)} members of the body cannot be read; nothing was written.")
        self.more = {"errors": errors}
