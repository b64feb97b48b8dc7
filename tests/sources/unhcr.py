"""UNHCR: population, solutions, and the figures of IDMC and UNRWA shown beside its own."""

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path

from . import Source

PUBLISHER = "UNHCR"
VINTAGE = "2025.12.1"
#: Columns before the counts.
KEYS = 7
#: Counts of people who did not leave their country: 0 fills them in rows of two countries.
WITHIN = ("idps", "returned_idps")


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table, plain or gzip."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    yield from csv.DictReader(io.StringIO(text, newline=""))


def figures(path: Path) -> int:
    """Filled cells of the counts, without the zeros that fill the table.

    Zeros fill the displaced within a country where origin and asylum are two, and the years before the first of which
    the table has any other figure of the group.
    """
    table = list(rows(path))
    names = list(table[0])[KEYS:]
    first = {name: min(row["year"] for row in table if row[name] not in ("", "0")) for name in names}
    return sum(
        bool(row[name])
        and not (row[name] == "0" and (row["year"] < first[name] or (name in WITHIN and row["coo"] != row["coa"])))
        for row in table
        for name in names
    )


FILL = "Zeros that fill the table are no figures: of groups not yet counted in a year, of the displaced within two countries."
SOURCES = tuple(
    Source(PUBLISHER, f"data/unhcr/{name}", "UNHCR", figures, vintage=VINTAGE, why=why)
    for name, why in (("population.csv.gz", FILL), ("solutions.csv.gz", FILL), ("idmc.csv", ""), ("unrwa.csv", ""))
)
