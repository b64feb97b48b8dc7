"""Requests a second of the API beside a bare WSGI callable with one hand-written ``json_agg``, behind the same server.

Run: ``make bench ARGS=api``. Reference (1.0): ``benchmarks.bare`` behind gunicorn as the image runs it (two workers of
four threads); the API is served the same way; four clients ask each in turns, a few seconds at a time. Both give the same
members of the same rows. "First" is a round over addresses none of which was asked before; "again" is a round over fifty,
as when many people look at the same maps. Printed: requests a second, and the median of the ratios of each round.
"""

import itertools
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.db import connection

from benchmarks import synthetic
from benchmarks.rounds import in_turns, table
from benchmarks.scratch import empty_database, make_references
from benchmarks.serving import requests_per_second, served
from sdg_targets.actions.imports import import_file
from sdg_targets.models import Dataset

LIMIT: Final = "0.6"
AGAIN: Final = 50
PROFILE_SERIES: Final = 40
Addresses = Sequence[tuple[str, str]]


def maps(shape: synthetic.Shape) -> Addresses:
    """One series and year for all areas: the reference's address and the API's."""
    pairs = itertools.product(
        range(1, shape.series + 1), range(synthetic.LAST_YEAR - shape.years + 1, synthetic.LAST_YEAR + 1)
    )
    asked = [f"series=S{series}&period={year}" for series, year in pairs]
    return [(f"/map?{one}", f"/api/v1/observations/?{one}&breakdown=_T&page_size=500") for one in asked]


def profiles(shape: synthetic.Shape) -> Addresses:
    """The newest values of forty series for one country."""
    chances = random.Random(7)  # noqa: S311 - addresses for a benchmark, not secrets
    found = []
    for area in itertools.islice(itertools.cycle(range(1, shape.areas + 1)), 2_000):
        series = ",".join(
            f"S{n}" for n in sorted(chances.sample(range(1, shape.series + 1), min(PROFILE_SERIES, shape.series)))
        )
        found.append((f"/profile?area=A{area}&series={series}", f"/api/v1/areas/A{area}/profile/?series={series}"))
    return found


def compare(name: str, ports: tuple[int, int], addresses: Addresses, rounds: int, seconds: float) -> None:
    """The reference and the API by turns: over all addresses, each asked once as long as there are any; then over a few."""
    bare, product = ports
    mixed = list(addresses)
    random.Random(11).shuffle(mixed)  # noqa: S311
    fresh = itertools.cycle(mixed)
    few = mixed[:AGAIN]

    def ask(port: int, place: int, chosen: Sequence[tuple[str, str]]) -> float:
        return requests_per_second(port, [one[place] for one in chosen], seconds)

    share = max(1, len(mixed) // rounds)
    for port, place in ((product, 1), (bare, 0)):  # each process begins, and keeps what is asked again
        requests_per_second(port, [one[place] for one in few], 2 * seconds)
    measured = in_turns(
        rounds,
        {
            f"{name}: one json_agg": lambda: ask(bare, 0, mixed),
            f"{name}: the API, first": lambda: ask(product, 1, list(itertools.islice(fresh, share))),
            f"{name}: the API, again": lambda: ask(product, 1, few),
        },
    )
    table(measured, unit="1/s", limits=dict.fromkeys(list(measured)[1:], LIMIT))


def main(shape: synthetic.Shape = synthetic.MILLION, rounds: int = 5, seconds: float = 2.0) -> None:
    with tempfile.TemporaryDirectory() as folder, empty_database(), connection.cursor() as cursor:
        make_references(cursor)
        import_file(synthetic.made(Path(folder), shape), dataset=Dataset.objects.get(), by=None)
        cursor.execute("vacuum analyze")
        with served("benchmarks.bare:application") as (bare, _), served("idm.wsgi:application") as (product, _):
            compare("series and year", (bare, product), maps(shape), rounds, seconds)
            compare("country profile", (bare, product), profiles(shape), rounds, seconds)


if __name__ == "__main__":
    main()
