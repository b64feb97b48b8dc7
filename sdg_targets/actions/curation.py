"""Curation: the product's own figures, made from the publishers' files (``make curate``).

Each publication (vintage) becomes one file in the product's own CSV format, gzip, rows sorted, with dataset, vintage
and retrieval date on each row; the same input gives the same bytes.
"""

import csv
import gzip
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sdg_targets.domain.rows import ObservationRow, Problem
from sdg_targets.formats import plain_csv, reading_of
from sdg_targets.formats.given import opened
from sdg_targets.models import Series
from sdg_targets.queries.code_maps import code_maps

FIGURES: Final = Path(__file__).resolve().parent.parent / "data" / "figures"
#: Where each vintage is in the folder of publishers' files, and what its files cannot say themselves.
_FOUND: Final = {
    "2019.Q2.G.01": ("data/un-sdg-2019/2019.Q2.G.01/long-json/*.json.gz", {}),
    "2019.Q3.G.01": ("data/un-sdg-2019/2019.Q3.G.01/long-json/*.json.gz", {}),
    "2020-10": ("data/un-sdg-ddf-2020-10/ddf--datapoints--*.csv", {}),
    "2021": (
        "data/owid/facilitate-orderly-safe-migration.csv",
        {
            "nature": "C",
            "unit": "NUMBER",
            "source": "UN DESA Population Division and IOM, passed on by Our World in Data",
        },
    ),
}


@dataclass(frozen=True, slots=True)
class Shipped:
    """One line of the list of shipped files."""

    file: str
    dataset: str
    vintage: str
    retrieved: str
    complete: bool
    origin: str

    @property
    def path(self) -> Path:
        return FIGURES / self.file


@dataclass(frozen=True, slots=True)
class Curated:
    """What was written for one vintage, and what was left out."""

    file: str
    rows: int
    size: int
    problems: tuple[Problem, ...]


def shipped_files() -> list[Shipped]:
    """The shipped files, in the order in which they were published."""
    with (FIGURES / "shipped.csv").open(encoding="utf-8", newline="") as stream:
        return [Shipped(**row | {"complete": row["complete"] == "yes"}) for row in csv.DictReader(stream)]


def curate(shared: Path, *, say: Callable[[str], None] = lambda line: None) -> list[Curated]:
    """Make every shipped file again from the publishers' files in ``shared``.

    Errors: ``FileNotFoundError`` where a publication is missing there.
    """
    done = []
    for shipped in shipped_files():
        result = _curate_one(shipped, shared)
        say(f"{result.file}: {result.rows:,} rows, {result.size:,} bytes, {len(result.problems)} left out")
        done.append(result)
    return done


def _curate_one(shipped: Shipped, shared: Path) -> Curated:
    pattern, given = _FOUND[shipped.vintage]
    paths = sorted(shared.glob(pattern))
    if not paths:
        raise FileNotFoundError(f"No file matches {shared / pattern}.")
    wanted = set(Series.objects.values_list("code", flat=True))
    rows: dict[tuple[str, ...], ObservationRow] = {}
    problems: list[Problem] = []
    carries = set(given)
    for path in paths:
        for item in _read(path, carries):
            if isinstance(item, Problem):
                problems.append(item)
            elif item.series in wanted and (shipped.vintage != "2021" or item.period == "2021"):
                # One series stands in several files under several indicators: one row of each is enough.
                row = replace(item, place="", **given)
                rows[(row.series, row.area, row.period, row.breakdown)] = row
    text = io.StringIO()
    provenance = {"dataset": shipped.dataset, "vintage": shipped.vintage, "retrieved": shipped.retrieved}
    count = plain_csv.write((rows[key] for key in sorted(rows)), text, carries=carries, provenance=provenance)
    packed = gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)
    shipped.path.write_bytes(packed)
    return Curated(shipped.file, count, len(packed), tuple(problems))


def _read(path: Path, carries: set[str]) -> Iterator[ObservationRow | Problem]:
    with opened(path) as stream:
        reading = reading_of(stream, code_maps)
        carries.update(reading.carries)
        yield from reading.items
