"""The rules that figures must keep: the public page, made from the code that checks them."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sdg_targets.domain.rulebook import Scope
from sdg_targets.queries.rules import limits_by_kind, limits_set, rules_by_scope

#: Where rules compare different things: the others compare the same, which their heading says.
TOLD: Final = (Scope.CELL, Scope.SUBMISSION)


@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "sdg_targets/rule_list.html",
        {"scopes": rules_by_scope(), "told": TOLD, "kinds": limits_by_kind(), "limits": limits_set()},
    )
