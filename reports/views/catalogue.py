"""Goals, targets and the list of indicators."""

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sdg_targets.models import Goal, Indicator, Target
from sdg_targets.queries.catalogue import migration_indicators, number_of_countries
from sdg_targets.queries.world import standings


@require_safe
def goal_list(request: HttpRequest) -> HttpResponse:
    goals = Goal.objects.annotate(
        followed=Count("targets", filter=Q(targets__indicators__migration__isnull=False), distinct=True),
        targets_in_all=Count("targets", distinct=True),
    )
    return render(request, "reports/goal_list.html", {"goals": goals, "standings": standings()})


@require_safe
def goal_detail(request: HttpRequest, number: int) -> HttpResponse:
    goal = Goal.objects.filter(number=number).first()
    if goal is None:
        raise Http404(_("The Goals are numbered from 1 to 17."))
    targets = goal.targets.prefetch_related("indicators__migration")
    return render(request, "reports/goal_detail.html", {"goal": goal, "targets": targets})


@require_safe
def target_detail(request: HttpRequest, code: str) -> HttpResponse:
    target = Target.objects.select_related("goal").filter(code=code).first()
    if target is None:
        raise Http404(_("There is no target %(code)s. Codes look like 10.7 or 10.c.") % {"code": code[:20]})
    others = target.indicators.filter(migration=None)
    standing = next((s for s in standings() if s.target.pk == target.pk), None)
    return render(
        request,
        "reports/target_detail.html",
        {"target": target, "standing": standing, "others": others, "countries": number_of_countries()},
    )


@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    everything = Indicator.objects.filter(migration=None).select_related("target__goal")
    return render(
        request,
        "reports/indicator_list.html",
        {"entries": migration_indicators(), "others": everything, "countries": number_of_countries()},
    )
