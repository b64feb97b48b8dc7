"""What the checks find in a country's submission, for the script of the grid: by cell, asked for after it has saved."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sdg_targets.queries.due import filled_of_asked
from sdg_targets.queries.findings import FindingInWords, findings_of
from sdg_targets.queries.grid import place_of
from sdg_targets.web.private import data, private_data

from .mine import submission_or_404


@require_safe
@private_data
def findings(request: HttpRequest, iso3: str, code: str) -> HttpResponse:
    """Every finding of the submission (the checks set all its values side by side), and how many values are there."""
    submission = submission_or_404(request, iso3, code)
    found = findings_of(submission)
    filled = filled_of_asked([submission.pk]).get(submission.pk, 0)
    return data({"findings": [told_of(one) for one in found.found], "filled": filled})


def told_of(one: FindingInWords) -> dict[str, Any]:
    """A finding at its cell."""
    return {
        "place": "|".join(place_of(one.cell)),
        "rule": one.rule,
        "strength": str(one.strength),
        "text": one.text,
        "blocks": one.blocks,
    }
