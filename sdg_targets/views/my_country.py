"""My country: what is due, how far it is, what came back and why, what is published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from sdg_targets.queries.my_country import overview_of
from sdg_targets.queries.submissions import countries_of
from sdg_targets.web.private import private

from .mine import country_or_404


@require_safe
@private
def mine(request: HttpRequest) -> HttpResponse:
    """The person's one country, or the choice between several."""
    countries = countries_of(request.user)
    if len(countries) == 1:
        return redirect("sdg_targets:my-country", countries[0].code)
    return render(request, "sdg_targets/my/countries.html", {"countries": countries})


@require_safe
@private
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    area = country_or_404(request, iso3)
    return render(request, "sdg_targets/my/country.html", {"area": area, "overview": overview_of(area, request.user)})
