"""Buffers that the product's own questions touch at one million and at ten million rows.

Run: ``make bench ARGS=growth`` (some minutes, some gigabytes of disk; the databases are dropped). The statements are those
that the product's queries and its API send, caught on their way and explained; only those that read figures count. There
are two ways to have a tenth of the rows: a tenth of the series (the growth that the limit is about: an answer stays the
same), and few years and breakdowns of each series (an answer grows too). Reference (1.0): the smaller database.
"""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import synthetic
from benchmarks.scratch import empty_database, make_references
from sdg_targets.actions.imports import import_file
from sdg_targets.models import Area, Dataset, Series
from sdg_targets.queries.cross_section import cross_section
from sdg_targets.queries.known_context import known_now
from sdg_targets.queries.timeseries import timeseries
from sdg_targets.web.kept import KEPT

LIMIT: Final = 1.5
#: A series with all its breakdowns, an area in the middle, a year, and the series of a profile.
SERIES, AREA, YEAR, PROFILE = "S4", "A125", "2020", ",".join(f"S{number}" for number in range(1, 21))
FEW_SERIES: Final = synthetic.Shape(series=20, years=25, breakdowns=29)


def _api(query: str) -> Callable[[], Any]:
    def ask() -> None:
        KEPT.clear()
        response = Client(headers={"host": "localhost"}).get(f"/api/v1/{query.format(area=AREA)}")
        if response.status_code != 200:
            raise SystemExit(f"{query} answered {response.status_code}.")

    return ask


def _series() -> Series:
    return Series.objects.get(code=SERIES)


QUESTIONS: Final[dict[str, Callable[[], Any]]] = {
    "map: the newest value of each country": lambda: cross_section(_series(), "", known_now()),
    "map: one year": lambda: cross_section(_series(), YEAR, known_now()),
    "profile: twenty series of a country": _api("areas/{area}/profile/?series=" + PROFILE),
    "chart: one series of a country": lambda: timeseries(_series(), [Area.objects.get(code=AREA)], known_now()),
    "table: series and year, all countries": _api(f"observations/?series={SERIES}&period={YEAR}&breakdown=_T"),
    "table: a page of a series": _api(f"observations/?series={SERIES}"),
    "table: a page of a country": _api("observations/?area={area}"),
}


def touched(question: Callable[[], Any]) -> int:
    """The buffers of all statements of a question that read figures, as the executor counts them."""
    question()  # what is looked up once in a process
    with CaptureQueriesContext(connection) as captured:
        question()
    return sum(_buffers(query["sql"]) for query in captured.captured_queries)


def _buffers(statement: str) -> int:
    setting, _semicolon, rest = statement.partition(";") if statement.startswith("set local") else ("", "", statement)
    prepared = rest.strip().startswith("execute")  # its tables stand in the plan
    if not prepared and "sdg_targets_observation" not in rest and "sdg_targets_latest" not in rest:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        if setting:
            cursor.execute(setting)
        cursor.execute("explain (analyze, buffers, format json) " + rest.replace("%", "%%"), [])
        (found,) = cursor.fetchone()
    plan = (found if isinstance(found, list) else json.loads(found))[0]["Plan"]
    if prepared and "sdg_targets_observation" not in json.dumps(plan):
        return 0
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


def filled(shape: synthetic.Shape) -> dict[str, int]:
    """What each question touches in a database of a shape."""
    with tempfile.TemporaryDirectory() as folder, empty_database(), connection.cursor() as cursor:
        make_references(cursor)
        record = import_file(synthetic.made(Path(folder), shape), dataset=Dataset.objects.get(), by=None)
        cursor.execute("vacuum analyze")
        print(f"{record.new:,} figures of {shape.series} series stand", flush=True)
        return {name: touched(question) for name, question in QUESTIONS.items()}


def main(
    large: synthetic.Shape = synthetic.TEN_MILLION,
    few_series: synthetic.Shape = FEW_SERIES,
    shallow: synthetic.Shape = synthetic.MILLION,
) -> None:
    narrow, thin, wide = filled(few_series), filled(shallow), filled(large)
    print(
        f"\n{'buffers touched':42} {'few series':>11} {'all':>7} {'x':>6}   {'few years and breakdowns':>25} {'x':>6}"
    )
    for name, most in wide.items():
        growth, depth = most / narrow[name], most / thin[name]
        print(f"{name:42} {narrow[name]:11} {most:7} {growth:6.2f}   {thin[name]:25} {depth:6.2f}")
    print(f"\nlimit of the growth with more series: {LIMIT}")


if __name__ == "__main__":
    main()
