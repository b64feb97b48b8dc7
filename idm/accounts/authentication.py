"""The API's tokens: ``Authorization: Bearer idm_...`` stands for a person, within the token's scopes."""

from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from sdg_targets.domain.roles import allowed_by_scopes
from sdg_targets.permissions import owes_second_factor, roles_of

from .models import ApiToken, User, digest


class TokenAuthentication(BaseAuthentication):
    """Who asks with a token is its owner, and may at most what the token's scopes name."""

    KEYWORD = "Bearer"

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The owner and the token; ``None`` where the request has none. Errors: ``AuthenticationFailed``."""
        keyword, _space, secret = request.headers.get("authorization", "").partition(" ")
        if keyword.lower() != self.KEYWORD.lower():
            return None
        now = timezone.now()
        tokens = ApiToken.objects.usable(at=now).filter(digest=digest(secret.strip()))
        token = tokens.select_related("user").first()
        # One sentence for all reasons: who holds a wrong token learns nothing about right ones.
        if token is None or not token.user.is_active:
            raise AuthenticationFailed("This token is not known, has expired or was revoked.")
        user = token.user
        if owes_second_factor(user, roles_of(user)):
            raise AuthenticationFailed("The owner of this token must set up a second factor first.")
        tokens.used(at=now)
        user.allowed_by_token = allowed_by_scopes(token.scopes, changing=request.method not in SAFE_METHODS)
        return user, token

    def authenticate_header(self, request: Request) -> str:
        return f'{self.KEYWORD} realm="api"'


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document names it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A personal token, made at /account/."}
