"""Sources: whose figures these are, under which terms, which publications, and what each import did."""

from django.db.models import Count, Max, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sdg_targets.models import Dataset, Import, ImportState, SeriesCoverage

SHOWN = (ImportState.APPLIED, ImportState.UNCHANGED)


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    datasets = Dataset.objects.all()
    held = {
        row["dataset"]: row
        for row in SeriesCoverage.objects.values("dataset")
        .annotate(series_count=Count("series"), observation_count=Sum("observations"), newest=Max("last_end"))
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
    return render(
        request,
        "sdg_targets/source_detail.html",
        {"dataset": dataset, "coverage": coverage, "imports": imports[:50]},
    )
