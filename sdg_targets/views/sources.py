"""Sources: whose figures these are, under which terms, which publications, and what each import did."""

from django.db.models import Count, Max, Min, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sdg_targets.models import Dataset, Import, ImportState, Refusal, SeriesCoverage

SHOWN = (ImportState.APPLIED, ImportState.UNCHANGED)
MOST_REFUSALS = 100


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    datasets = Dataset.objects.all()
    held = {
        row["dataset"]: row
        for row in SeriesCoverage.objects.values("dataset")
        .annotate(
            series_count=Count("series"),
            observation_count=Sum("observations"),
            oldest=Min("periods__0"),
            newest=Max("last_end"),
        )
        .order_by()
    }
    imports = Import.objects.filter(state__in=SHOWN).select_related("dataset", "revision")
    return render(
        request,
        "sdg_targets/source_list.html",
        {"datasets": [(dataset, held.get(dataset.pk)) for dataset in datasets], "imports": imports[:20]},
    )


@require_safe
def source_detail(request: HttpRequest, code: str) -> HttpResponse:
    dataset = Dataset.objects.filter(code=code).first()
    if dataset is None:
        raise Http404(_("There is no source with the code %(code)s.") % {"code": code[:40]})
    coverage = SeriesCoverage.objects.filter(dataset=dataset).select_related("series").order_by("series__code")
    imports = dataset.imports.filter(state__in=SHOWN).select_related("revision")
    refusals = list(
        Refusal.objects.filter(of_import__dataset=dataset, of_import__state__in=SHOWN)
        .select_related("of_import")
        .order_by("-of_import__started_at", "id")[: MOST_REFUSALS + 1]
    )
    return render(
        request,
        "sdg_targets/source_detail.html",
        {
            "dataset": dataset,
            "coverage": coverage,
            "imports": imports[:50],
            "refusals": refusals[:MOST_REFUSALS],
            "refusals_more": len(refusals) > MOST_REFUSALS,
        },
    )
