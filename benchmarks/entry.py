"""Entering: what saving a cell and opening a grid cost beside an empty request of somebody who is signed in.

Reference (1.0): the choice between countries for somebody without one: session, person and mandates, and a page that says
that there is nothing. Measured inside one process, without a network: what the server itself takes.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from benchmarks.product import load_base
from benchmarks.scratch import empty_database
from idm.accounts.models import User
from sdg_targets.actions.submissions import open_submission
from sdg_targets.models import Area, Mandate, Round, RoundArea, RoundItem, Series

TURNS: Final = 60
SERIES: Final = 40
YEARS: Final = (2010, 2024)


def main() -> None:
    with empty_database():
        load_base()
        person, stranger, code = _people_and_round()
        client, reference = _client(person), _client(stranger)
        save = _Saver(client, f"/my/KEN/{code}/cells/")
        deeds: dict[str, Callable[[], Any]] = {
            "empty request, signed in (reference)": lambda: _get(reference, "/my/"),
            "who is signed in (JSON)": lambda: _get(client, f"/my/KEN/{code}/cells/"),
            "save a new cell": lambda: save(1),
            "save a cell again": save.again,
            "save 100 cells": lambda: save(100),
            "what the checks find": lambda: _get(client, f"/my/KEN/{code}/findings/"),
            "open one cell": lambda: _get(
                client, f"/my/KEN/{code}/cell/?series={save.series[0]}&period=2024&breakdown=_T&panel"
            ),
            f"open the grid: {SERIES} series x {YEARS[1] - YEARS[0] + 1} years": lambda: _get(
                client, f"/my/KEN/{code}/"
            ),
        }
        print(f"{'deed':44} {'ms':>8} {'x':>6}")
        base = 0.0
        for name, deed in deeds.items():
            turns = TURNS if name.startswith(("empty", "who", "save a")) else 5
            taken = statistics.median(_seconds(deed) for _turn in range(turns))
            base = base or taken
            print(f"{name:44} {1000 * taken:8.1f} {taken / base:6.1f}")


def _people_and_round() -> tuple[User, User, str]:
    """A focal point with a round of many series, and somebody without a country."""
    area, today = Area.objects.get(code="KEN"), timezone.localdate()
    person = User.objects.create_user("entry@example.org", name="Entry")
    Mandate.objects.create(user=person, role="focal_point", area=area)
    made = Round.objects.create(code="bench", name_en="Bench", opens_on=today, due_on=today)
    RoundArea.objects.create(round=made, area=area)
    for position, series in enumerate(Series.objects.order_by("code")[:SERIES]):
        RoundItem.objects.create(round=made, series=series, first_year=YEARS[0], last_year=YEARS[1], position=position)
    open_submission(round=made, area=area, by=person)
    return person, User.objects.create_user("stranger@example.org"), made.code


def _client(person: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client


class _Saver:
    """Saves cells that were not saved before, or the first of them again and again."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        self.series = list(RoundItem.objects.order_by("position").values_list("series__code", flat=True))
        years = range(YEARS[0], YEARS[1] + 1)
        self.places = iter([(series, year) for series in reversed(self.series) for year in years])
        self.version = 0

    def __call__(self, count: int) -> None:
        self._post([self._change(*next(self.places), 0) for _each in range(count)])

    def again(self) -> None:
        self._post([self._change(self.series[0], YEARS[1], self.version)])
        self.version += 1

    def _change(self, series: str, year: int, seen: int) -> dict[str, Any]:
        fields = {"value": str(seen + 1), "source": "A survey"}
        named = {"series": series, "period": str(year), "breakdown": "_T"}
        return named | {"seen": seen, "key": str(uuid4()), "fields": fields}

    def _post(self, cells: list[dict[str, Any]]) -> None:
        answer = self.client.post(self.address, {"cells": cells}, content_type="application/json")
        if answer.status_code != 200 or any(cell["outcome"] != "saved" for cell in answer.json()["cells"]):
            raise SystemExit(f"{answer.status_code}: {answer.content[:300]!r}")


def _get(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}.")


def _seconds(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
