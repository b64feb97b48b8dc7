"""Synthetic figures of our shape, seeded: series x areas x years x breakdowns, as a file of the product's own CSV.

The same seed and size give the same bytes. Of every ``BROKEN_EACH`` rows one breaks a rule, each time another one, so that
an import of the file has errors to find and to place.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

SERIES: Final = 200
AREAS: Final = 250
LAST_YEAR: Final = 2024
#: One row in so many breaks a rule.
BROKEN_EACH: Final = 500
HEADING: Final = "series,area,period,breakdown,value,status,nature,unit,source,footnote\n"
AGES: Final = tuple(f"Y{first}T{first + 4}" for first in range(0, 60, 5))
_COLUMNS: Final = {name: place for place, name in enumerate(HEADING.strip().split(","))}


@dataclass(frozen=True, slots=True)
class Shape:
    """How many rows there are: every fourth series is broken down, the others have totals alone."""

    series: int = SERIES
    areas: int = AREAS
    years: int = 10
    breakdowns: int = 5

    @property
    def rows(self) -> int:
        broken_down = self.series // 4
        return self.areas * self.years * (self.series + broken_down * (self.breakdowns - 1))


#: A million rows, and ten million: more years, and many more breakdowns of the series that have any.
MILLION: Final = Shape()
TEN_MILLION: Final = Shape(years=25, breakdowns=29)


def breakdown_keys(count: int) -> tuple[str, ...]:
    """So many breakdown keys: the total, then sex, age, and both."""
    sexes, ages = ("SEX=F", "SEX=M"), tuple(f"AGE={age}" for age in AGES)
    both = tuple(f"{age};{sex}" for age in ages for sex in sexes)
    return ("_T", *sexes, *ages, *both)[:count]


def lines(shape: Shape, *, seed: int = 20, broken_each: int = BROKEN_EACH) -> Iterator[str]:
    """The lines of the file after its heading, in the order in which publishers write: series, area, breakdown, year."""
    chance = random.Random(seed)  # noqa: S311 - figures for a benchmark, not secrets
    years = range(LAST_YEAR - shape.years + 1, LAST_YEAR + 1)
    number = 0
    for series in range(1, shape.series + 1):
        keys = breakdown_keys(shape.breakdowns if series % 4 == 0 else 1)
        source = f'"Survey {series % 12} of the national office, tables of migration"'
        for area in range(1, shape.areas + 1):
            note = f"Figures of area {area} are provisional" if area % 10 == 0 else ""
            for key in keys:
                for year in years:
                    number += 1
                    line = f"S{series},A{area},{year},{key},{chance.random() * 100:.2f},A,C,PT,{source},{note}\n"
                    yield line if number % broken_each else _broken(line, number // broken_each)


def _with(column: str, text: str) -> Callable[[list[str]], None]:
    def change(cells: list[str]) -> None:
        cells[_COLUMNS[column]] = text

    return change


#: One slip for each turn: an unknown code, a letter for a value, a blank without a reason, and so on.
_SLIPS: Final = (
    _with("area", "ZZZ"),
    _with("value", "1;5"),
    _with("value", ""),
    _with("period", "20222"),
    _with("breakdown", "SEX=X"),
    _with("status", "?"),
    _with("series", "NO_SUCH"),
    _with("value", "100.01"),
)


def _broken(line: str, turn: int) -> str:
    # The only cell with a comma in it is the source, which stands after all that a slip changes.
    cells = line.split(",", 8)
    _SLIPS[turn % len(_SLIPS)](cells)
    return ",".join(cells)


def write(shape: Shape, stream: IO[str], *, seed: int = 20, broken_each: int = BROKEN_EACH) -> None:
    """Write the whole file."""
    stream.write(HEADING)
    stream.writelines(lines(shape, seed=seed, broken_each=broken_each))


def made(folder: Path, shape: Shape, *, broken_each: int = BROKEN_EACH) -> Path:
    """The file of a shape in a folder, written where it is not there yet."""
    path = folder / f"synthetic-{shape.rows}-{broken_each}.csv"
    if not path.exists():
        with path.open("w", encoding="utf-8") as stream:
            write(shape, stream, broken_each=broken_each)
    return path
