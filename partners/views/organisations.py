"""Organisations: the list, and what each does for which indicators."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partners.filtersets import OrganisationFilterSet
from partners.models import Organisation
from partners.queries.organisations import roles_by_target
from sdg_targets.domain.sorting import name_key


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    filterset = OrganisationFilterSet(request.GET, queryset=Organisation.objects.with_counts())
    language = request.LANGUAGE_CODE[:2]
    organisations = sorted(filterset.qs, key=lambda organisation: name_key(str(organisation.name), language))
    return render(request, "partners/organisation_list.html", {"filterset": filterset, "organisations": organisations})


@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = Organisation.objects.select_related("parent").filter(slug=slug).first()
    if organisation is None:
        raise Http404(_("There is no organisation at this address."))
    return render(
        request,
        "partners/organisation_detail.html",
        {"organisation": organisation, "by_target": roles_by_target(organisation)},
    )
