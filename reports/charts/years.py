"""The map of every year in one answer, for the year slider: one set of classes, and no year filled from another."""

from collections.abc import Sequence
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _

from sdg_targets.models import Series
from sdg_targets.queries.figures import Figure

from .frames import map_classes, shown, unit_words
from .render import shapes, urls
from .specs import plain
from .world_map import NOT_ASKED, MapData, MapValue, legend_of, world_map


def map_of_years(series: Series, figures: Sequence[Figure]) -> dict[str, Any]:
    """A specification without figures, its legend, the areas' names, and for each period ``{area: [class, words]}``.

    The classes are those of all periods together, so that a colour means the same in each. An area without a figure in
    a period is not in that period. Errors: ``ValueError`` where no figure has a value.
    """
    own = [f for f in figures if not f.is_aggregate]
    known = [f for f in own if f.value is not None and (f.word or not series.value_labels)]
    not_asked = [f for f in own if f.value is None and f.printed == "N"]
    _classes, labels, group = map_classes(series, known)
    some = (MapValue(f.area_code, f.area_name, NOT_ASKED, "") for f in not_asked[:1])
    data = MapData(tuple(some), labels, _("No figure"), shapes()["points"], unit_words(series), _("Not asked"))
    spec = world_map(data) | {"datasets": {"figures": []}}
    periods: dict[str, dict[str, list[Any]]] = {f.period: {} for f in sorted(own, key=lambda f: f.period_end)}
    for f in known:
        periods[f.period][f.area_code] = [group(f), shown(f)]
    for f in not_asked:
        periods[f.period][f.area_code] = [len(labels), _("Not asked")]
    return {
        "spec": urls(plain(spec), static("data/world.json")),
        "legend": legend_of(data),
        "labels": [*labels, _("Not asked")],
        "unit": unit_words(series),
        "names": {f.area_code: f.area_name for f in (*known, *not_asked)},
        "periods": periods,
    }
