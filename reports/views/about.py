"""About these pages: what they are, how countries are counted, and what the words mean."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sdg_targets.models import Area
from sdg_targets.queries.catalogue import number_of_member_states


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    noted = Area.objects.countries_and_territories().exclude(footnote_en="").in_name_order(request.LANGUAGE_CODE)
    return render(
        request,
        "reports/about.html",
        {"member_states": number_of_member_states(), "countries": Area.objects.countries().count(), "noted": noted},
    )
