"""What is kept beside the observations, against a walk through everything that is believed."""

from datetime import date
from decimal import Decimal

from sdg_targets.domain.periods import parse_period
from sdg_targets.models import OPEN, Latest, Observation, SeriesCoverage

#: An area, a period and the key of a breakdown.
Key = tuple[str, str, str]
Content = dict[Key, Decimal | None]


def check_what_is_kept(now: dict[str, Content]) -> None:
    """``Latest`` and ``SeriesCoverage`` are what a walk through everything believed now, by dataset, gives."""
    latest: dict[tuple[str, str, str], tuple[date, date, str, Decimal]] = {}
    coverage: dict[str, tuple[int, int, int, list[str]]] = {}
    for dataset, content in now.items():
        valued = {key: value for key, value in content.items() if value is not None}
        for (area, code, key), value in valued.items():
            period = parse_period(code)
            place = (period.end, period.start, code, value)
            latest[dataset, area, key] = max(latest.get((dataset, area, key), place), place)
        if valued:
            areas = {area for area, _code, _key in valued}
            periods = [p.code for p in sorted({parse_period(code) for _area, code, _key in valued})]
            coverage[dataset] = (len(valued), len(areas), len(areas - {"001"}), periods)
    assert {(o.dataset.code, o.area.code, o.breakdown.key): (o.period.code, o.value) for o in Latest.objects.with_names()} == {
        key: place[2:] for key, place in latest.items()
    }  # fmt: skip
    assert {
        c.dataset.code: (c.observations, c.areas, c.countries, c.periods)
        for c in SeriesCoverage.objects.select_related("dataset")
    } == coverage
    for o in Latest.objects.all():
        assert Observation.objects.get(pk=o.observation_id).known_to == OPEN
