"""How far an import and an export are from the least that could be done with the same rows.

Run: ``.venv/bin/python -m benchmarks.limits``. References (1.0): COPY of the file's bytes into a table of text columns,
and COPY of all current rows, unjoined. Printed: the best of several rounds, and ratios.
"""

import gzip
import io
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.test import Client

from benchmarks.scratch import empty_database
from sdg_targets.actions.catalogue import load_catalogue
from sdg_targets.actions.curation import shipped_files
from sdg_targets.actions.geography import load_areas
from sdg_targets.actions.imports import Options, import_file
from sdg_targets.actions.shipped import load_datasets, load_figures
from sdg_targets.models import Dataset

CSV = "/api/v1/observations/?format=csv"


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


def main() -> None:
    with empty_database(), connection.cursor() as cursor:
        load_areas()
        load_catalogue()
        load_datasets()
        imports(cursor)
        load_figures()
        cursor.execute("vacuum analyze")
        exports(cursor, Client(headers={"host": "localhost"}))


if __name__ == "__main__":
    main()
