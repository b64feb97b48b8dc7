"""Countries' comments beside the figures that they are on."""

from collections.abc import Iterable

from django import template

from sdg_targets.models import CountryComment
from sdg_targets.queries.figures import Figure

register = template.Library()


@register.filter
def on_figure(comments: Iterable[CountryComment], figure: Figure) -> list[CountryComment]:
    """Those of the comments that are on this figure, or on its whole series in this country and dataset."""
    return [
        comment
        for comment in comments or ()
        if (comment.series_id, comment.area_id, comment.dataset.code)
        == (figure.series_id, figure.area_id, figure.dataset)
        and (comment.period is None or comment.period.code == figure.period)
    ]
