"""Who a token stands for: the one address of the API that is about the asker."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from sdg_targets.models import Mandate
from sdg_targets.permissions import permissions_of
from sdg_targets.web.documented import BAD
from sdg_targets.web.lists import Manners, Negotiation, ProblemRenderer, strict
from sdg_targets.web.problems import MEDIA_TYPE, ProblemSerializer

from .authentication import TokenAuthentication
from .models import ApiToken, User
from .queries import mandates_in_force


class MandateSerializer(serializers.ModelSerializer[Mandate]):
    """A mandate in force."""

    area = serializers.CharField(source="area.code", default=None, help_text="The code of its area; null for all")

    class Meta:
        model = Mandate
        fields = ["role", "area", "valid_from", "valid_to"]


class AccountSerializer(serializers.Serializer[Any]):
    """The owner of the token, and what a request with it may do."""

    email = serializers.EmailField()
    name = serializers.CharField()
    mandates = MandateSerializer(many=True)
    scopes = serializers.ListField(child=serializers.CharField(), help_text="Of the token: read, submit, review")
    expires = serializers.DateTimeField(help_text="When the token does")
    may = serializers.ListField(
        child=serializers.CharField(), help_text="Permissions of a request that reads; scopes say what may be changed"
    )


EXAMPLE = OpenApiExample(
    "A token of a focal point",
    value={
        "email": "amina@ministry.example",
        "name": "Amina",
        "mandates": [{"role": "focal_point", "area": "KEN", "valid_from": "2026-01-01", "valid_to": None}],
        "scopes": ["read", "submit"],
        "expires": "2027-01-31T12:00:00Z",
        "may": ["enter_data", "read_published", "submit_data"],
    },
    response_only=True,
    status_codes=["200"],
)


class AccountDetail(Manners, APIView):
    """What a token stands for: its owner, mandates, scopes and end. To try one before a program relies on it."""

    authentication_classes = [TokenAuthentication]
    permission_classes = [IsAuthenticated]
    renderer_classes = [ProblemRenderer]
    content_negotiation_class = Negotiation

    @extend_schema(
        operation_id="account_retrieve",
        summary="Whom a token stands for.",
        examples=[EXAMPLE],
        responses={
            (200, "application/json"): AccountSerializer,
            (400, MEDIA_TYPE): BAD,
            (401, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description="No token, or one that opens nothing"),
        },
    )
    def get(self, request: Request) -> Response:
        strict(request._request, None, None, own=frozenset(("format",)))
        user, token = request.user, request.auth
        assert isinstance(user, User)
        assert isinstance(token, ApiToken)
        said = {
            "email": user.email,
            "name": user.name,
            "mandates": mandates_in_force(user),
            "scopes": token.scopes,
            "expires": token.expires_at,
            "may": sorted(permissions_of(user)),
        }
        return Response(AccountSerializer(said).data, headers={"Cache-Control": "no-store"})
