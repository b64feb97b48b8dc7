"""The product as it is shipped: its imports, then its pages, API answers and exports over the shipped figures.

Reference (1.0) of imports: the first publication, a second for each row. Reference of answers: the API's list of Goals.
"""

import statistics
import time
from collections.abc import Callable

from django.test import Client

from benchmarks.scratch import empty_database
from partners.actions.organisations import load_organisations
from sdg_targets.actions.catalogue import load_catalogue
from sdg_targets.actions.geography import load_areas
from sdg_targets.actions.shipped import load_figures

ANSWERS = {
    "the API's list of Goals (reference)": "/api/v1/goals/",
    "API: a page of 100 observations": "/api/v1/observations/",
    "API: a page of 5,000 observations": "/api/v1/observations/?page_size=5000",
    "API: one country and indicator": "/api/v1/observations/?area=KEN&indicator=10.c.1",
    "API: latest values of an indicator": "/api/v1/observations/?indicator=17.3.2&latest=yes&page_size=500",
    "API: as of a release": "/api/v1/observations/?as_of=2019.Q3.G.01&area=KEN",
    "export: every figure as CSV": "/api/v1/observations/?format=csv",
    "export: the areas as CSV": "/api/v1/areas/?format=csv",
    "page: home": "/",
    "page: an indicator": "/indicators/10.c.1/",
    "page: a country": "/countries/KEN/",
    "page: the explorer": "/data/",
    "page: sources": "/sources/UNSD-SDG/",
    "page: partners": "/partners/",
}


def seconds(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def answer(address: str) -> int:
    """The bytes of an answer, read to its end."""
    response = Client(headers={"host": "localhost"}).get(address)
    body = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}.")
    return len(body)


def main() -> None:
    with empty_database():
        print(
            f"areas, catalogue and partners loaded in {seconds(load_base):.1f} s; again in {seconds(load_base):.2f} s"
        )
        print(f"four publications imported in {seconds(lambda: load_figures(say=print)):.1f} s; again in "
              f"{seconds(load_figures):.2f} s")  # fmt: skip
        print(f"\n{'answer':40} {'kB':>8} {'ms':>8} {'x':>6}")
        reference = None
        for name, address in ANSWERS.items():
            size = answer(address)
            taken = statistics.median(seconds(lambda address=address: answer(address)) for _turn in range(5))  # type: ignore[misc]
            reference = reference or taken
            print(f"{name:40} {size / 1000:8.1f} {1000 * taken:8.1f} {taken / reference:6.1f}")


def load_base() -> None:
    load_areas()
    load_catalogue()
    load_organisations()


if __name__ == "__main__":
    main()
