"""Sign-in with the organisation's accounts (OpenID Connect), with a sentence where its server does not answer."""

from collections.abc import Callable
from typing import Any

from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from requests import RequestException


def _or_say_so(view: Callable[..., Any], request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        answer: HttpResponse = view(request, provider_id)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=502)
    return answer


@never_cache
def away(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Off to the organisation's server."""
    return _or_say_so(views.login, request, provider_id)


@never_cache
def back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Back from it, with a code that it changes for what it knows of the person."""
    return _or_say_so(views.callback, request, provider_id)
