"""Import, export, pages and API answers with the shipped figures, each beside the least that could be done.

Run: ``make bench ARGS=doors``. References (1.0): for the import, COPY of the same bytes into a table of text columns;
for the export, COPY of all current rows, unjoined; for pages and answers, ``/healthz``, which asks ``select 1``. The
program runs in this process: what a server and a network add is not in it. Printed: the best of several rounds.
"""

import gzip
import io
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

from benchmarks.scratch import scratch_database
from partners.actions.organisations import load_organisations
from sdg_targets.actions.catalogue import load_catalogue
from sdg_targets.actions.curation import shipped_files
from sdg_targets.actions.geography import load_areas
from sdg_targets.actions.imports import Options, import_file
from sdg_targets.actions.shipped import load_datasets, load_figures
from sdg_targets.models import Dataset

CSV = "/api/v1/observations/?format=csv"
ADDRESSES = (
    "/",
    "/indicators/10.c.1/",
    "/countries/KEN/",
    "/data/?series=SI_RMT_COST",
    "/api/v1/observations/?series=SI_RMT_COST&page_size=100",
    "/api/v1/indicators/",
)


def best(rounds: int, deed: Callable[[], Any]) -> float:
    """The shortest of several rounds, in seconds."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        deed()
        taken.append(time.perf_counter() - start)
    return min(taken)


def table(reference: str, least: float, others: dict[str, float]) -> None:
    print(f"\n{'what':58} {'ms':>9} {'x':>7}")
    for name, seconds in {f"{reference} (reference)": least, **others}.items():
        print(f"{name:58} {seconds * 1000:9.1f} {seconds / least:7.1f}", flush=True)


def imports(cursor: Any) -> None:
    """The largest shipped publication: first time, and again when nothing changes."""
    largest = max(shipped_files(), key=lambda shipped: shipped.path.stat().st_size)
    data = gzip.decompress(largest.path.read_bytes())
    columns = ", ".join(f'"{name}" text' for name in data.split(b"\n", 1)[0].decode().split(","))

    def bare() -> None:
        cursor.execute(f"drop table if exists bare; create unlogged table bare ({columns})")
        cursor.copy_expert("copy bare from stdin with (format csv, header)", io.BytesIO(data))

    least = best(3, bare)
    dataset = Dataset.objects.get(code=largest.dataset)
    options = Options(vintage=largest.vintage)

    def load() -> None:
        import_file(largest.path, dataset=dataset, by=None, options=options)

    with transaction.atomic():
        first, again = best(1, load), best(3, load)
        transaction.set_rollback(True)  # the publications before it come first, below
    rows = data.count(b"\n") - 1
    table(
        f"COPY of {rows:,} rows as text", least, {"import, all rows new": first, "import, the same file again": again}
    )


def exports(cursor: Any, client: Client) -> None:
    """Everything there is, as CSV."""

    def bare() -> None:
        cursor.copy_expert("copy sdg_targets_observation_current to stdout with (format csv, header)", io.BytesIO())

    def through_the_api() -> None:
        answer: Any = client.get(CSV)
        assert sum(map(len, answer.streaming_content)) > 1_000_000

    table("COPY of all current rows", best(5, bare), {f"GET {CSV}": best(5, through_the_api)})


def answers(client: Client) -> None:
    """Pages and API answers, whole."""

    def get(address: str) -> None:
        assert client.get(address).status_code == 200, address

    get("/healthz")
    seconds = {}
    for address in ADDRESSES:
        get(address)  # what is remembered for the whole process is not an answer's own
        seconds[f"GET {address}"] = best(5, lambda address=address: get(address))
    table("GET /healthz", best(20, lambda: get("/healthz")), seconds)


def main() -> None:
    with (
        scratch_database(synthetic=False) as cursor,
        override_settings(ALLOWED_HOSTS=[*settings.ALLOWED_HOSTS, "testserver"]),
    ):
        load_areas()
        load_catalogue()
        load_organisations()
        load_datasets()
        imports(cursor)
        load_figures()
        cursor.execute("vacuum analyze")
        exports(cursor, Client())
        answers(Client())


if __name__ == "__main__":
    main()
