"""Organisations by kind, role, indicator and name; read only."""

from django.db.models import Prefetch, QuerySet

from partners.filtersets import OrganisationFilterSet
from partners.models import IndicatorRole, Organisation
from sdg_targets.web.documented import listed, single
from sdg_targets.web.lists import DetailAPIView, ListAPIView

from .serializers import OrganisationSerializer

EXAMPLE = {
    "slug": "world-bank",
    "name": {"en": "World Bank", "fr": "Banque mondiale", "es": "Banco Mundial"},
    "abbreviation": "World Bank",
    "kind": "un_agency",
    "url": "https://www.worldbank.org",
    "parent": None,
    "roles": [{"indicator": "10.c.1", "role": "custodian", "source": "Tier classification, 30 November 2022"}],
}


def _organisations() -> QuerySet[Organisation]:
    roles = IndicatorRole.objects.select_related("indicator").order_by("indicator__sort", "role")
    return Organisation.objects.select_related("parent").prefetch_related(Prefetch("roles", roles))


@listed(
    OrganisationSerializer, "partners", "Organisations and their roles for indicators.", row=EXAMPLE, tag="partners"
)
class OrganisationList(ListAPIView):
    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilterSet
    queryset = _organisations()


@single(OrganisationSerializer, "partner", "One organisation by its slug.", row=EXAMPLE, tag="partners")
class OrganisationDetail(DetailAPIView):
    serializer_class = OrganisationSerializer
    queryset = _organisations()
    lookup_field = "slug"
