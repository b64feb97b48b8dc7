"""The streamed CSV of all figures, through the product's own view, beside COPY of the very same query.

Run: ``make bench ARGS=exports``. Reference (1.0): ``COPY (query) TO STDOUT`` of the statement that the view makes, read by
a client that throws it away. The view is asked over HTTP from gunicorn, one worker; the memory is what that worker holds
at most while it streams (resident, absolute). Printed: best of the rounds, and the median of the ratios of each round.
"""

import http.client
import tempfile
import threading
from pathlib import Path
from typing import Final

from django.db import connection

from benchmarks import synthetic
from benchmarks.rounds import in_turns, seconds, table
from benchmarks.scratch import empty_database, make_references
from benchmarks.serving import PATIENCE, served
from sdg_targets.actions.imports import import_file
from sdg_targets.models import Dataset, Observation
from sdg_targets.queries.observation_lists import observation_csv

REFERENCE: Final = "COPY (the same query) TO STDOUT"
ADDRESS: Final = "/api/v1/observations/?format=csv"
VIEW: Final = f"GET {ADDRESS}"
LIMITS: Final = {VIEW: "2 (aim 1.5)"}
MOST_MEMORY: Final = 128


class _Nowhere:
    """A file that counts what it is given and keeps nothing."""

    def __init__(self) -> None:
        self.size = 0

    def write(self, block: bytes) -> int:
        self.size += len(block)
        return len(block)


def copied() -> int:
    """The bytes of COPY."""
    sql, parameters = observation_csv(Observation.objects.current(), language="en")
    nowhere = _Nowhere()
    with connection.cursor() as cursor:
        text = cursor.mogrify(sql, parameters).decode()
        cursor.copy_expert(f"copy ({text}) to stdout with (format csv, header)", nowhere)
    return nowhere.size


def fetched(port: int) -> int:
    """The bytes of the view's answer, read as they come."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=10 * PATIENCE)
    client.request("GET", ADDRESS, headers={"Host": "localhost"})
    answer, size = client.getresponse(), 0
    while block := answer.read(1 << 16):
        size += len(block)
    client.close()
    return size


def resident(process: int) -> float:
    """What the workers of a server hold in memory, the largest of them, in MiB."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    pages = [int(Path(f"/proc/{child}/statm").read_text().split()[1]) for child in children]
    return max(pages) * 4096 / 1024**2


class _Watch:
    """Looks every fiftieth of a second at what a server's worker holds in memory."""

    def __init__(self, process: int) -> None:
        self.most = self.first = resident(process)
        self._process = process
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def _look(self) -> None:
        while not self._ended.wait(0.02):
            self.most = max(self.most, resident(self._process))

    def __enter__(self) -> "_Watch":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._thread.join()


def main(shape: synthetic.Shape = synthetic.MILLION, rounds: int = 3) -> None:
    with tempfile.TemporaryDirectory() as folder, empty_database(), connection.cursor() as cursor:
        make_references(cursor)
        import_file(synthetic.made(Path(folder), shape), dataset=Dataset.objects.get(), by=None)
        cursor.execute("vacuum analyze")
        with served("idm.wsgi:application", workers=1) as (port, process):
            if fetched(port) != copied():
                raise SystemExit("The view and COPY of its query do not give the same bytes.")
            with _Watch(process) as watch:
                deeds = {REFERENCE: lambda: seconds(copied), VIEW: lambda: seconds(lambda: fetched(port))}
                measured = in_turns(rounds, deeds)
        table(measured, unit="s", limits=LIMITS)
        print(
            f"\nthe worker held {watch.first:.0f} MiB before and {watch.most:.0f} MiB at most while it streamed"
            f" {copied() / 1e6:.0f} MB (limit {MOST_MEMORY} MiB)"
        )


if __name__ == "__main__":
    main()
