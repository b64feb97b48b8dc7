"""Organisations by kind, role, indicator and name; read only."""

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.response import Response

from partners.filtersets import OrganisationFilterSet
from partners.models import IndicatorRole, Organisation
from sdg_targets.web.lists import DetailAPIView, ListAPIView

from .serializers import OrganisationSerializer


def _organisations() -> QuerySet[Organisation]:
    roles = IndicatorRole.objects.select_related("indicator").order_by("indicator__sort", "role")
    return Organisation.objects.select_related("parent").prefetch_related(Prefetch("roles", roles))


class OrganisationList(ListAPIView):
    """Organisations."""

    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilterSet
    queryset = _organisations()

    @extend_schema(
        operation_id="list_partners",
        tags=["partners"],
        summary="Organisations and their roles for indicators.",
        description="Custodian agencies define and collect an indicator; partner agencies help.",
        responses=inline_serializer(
            "PartnersPage", {"next": fields.URLField(allow_null=True), "data": OrganisationSerializer(many=True)}
        ),
    )
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        return super().get(request, *args, **kwargs)  # type: ignore[return-value]


class OrganisationDetail(DetailAPIView):
    """One organisation."""

    serializer_class = OrganisationSerializer
    queryset = _organisations()
    lookup_field = "slug"

    @extend_schema(
        operation_id="read_partner",
        tags=["partners"],
        summary="One organisation by its slug.",
        description="Its names, kind and roles.",
    )
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        return super().get(request, *args, **kwargs)  # type: ignore[return-value]
