"""Search: countries, targets, indicators and partners, by name in three languages or by code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.queries.organisations import find_organisations
from sdg_targets.queries.search import search


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    return render(
        request,
        "reports/search.html",
        {"text": text, "found": search(text), "organisations": find_organisations(text)},
    )
