"""A country's comment on a custodian's figure, written through the product's own deed."""

from typing import Any

from django.utils import timezone

from sdg_targets.actions.country_comments import propose_comment
from sdg_targets.models import CountryComment

from .catalogue import make_area, make_catalogue, make_dataset
from .observations import observe
from .submissions import period


def propose(
    by: Any,
    *,
    of: str | None = "2015",
    text: str = "Mobile money was left out.",
    figure: bool = True,
    area: str = "KEN",
) -> CountryComment:
    """A comment on the small catalogue's series; the figure that it is on is there, unless told otherwise."""
    _indicator, series = make_catalogue()[:2]
    if figure:
        observe(area, "2015", "8.4")
    return propose_comment(
        area=make_area(area),
        series=series,
        dataset=make_dataset(),
        period=period(of) if of else None,
        text=text,
        language="en",
        signed_by="Director General, Kenya National Bureau of Statistics",
        said_on=timezone.localdate(),
        by=by,
    )
